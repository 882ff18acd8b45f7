import type { DocumentContent } from '../../../../src/shared/domain/invoice';
import type { Totals } from '../../../../src/shared/domain/totals';

/** A document's content without its lines, which have a table of their own. */
export type DocumentHead = Omit<DocumentContent, 'lines'>;

/** The columns that follow from a document's content. */
export function contentColumns(content: DocumentContent, totals: Totals) {
  return {
    head: headOf(content),
    clientUid: content.clientUid,
    currency: content.currency,
    exchangeRate: content.exchangeRate?.rate ?? null,
    issueDate: content.issueDate,
    dueDate: content.dueDate,
    buyerReference: content.buyerReference,
    notes: content.notes,
    net: totals.net,
    tax: totals.tax,
    total: totals.total,
  };
}

function headOf(content: DocumentContent): DocumentHead {
  const head: DocumentHead & { lines?: DocumentContent['lines'] } = { ...content };
  delete head.lines;
  return head;
}
