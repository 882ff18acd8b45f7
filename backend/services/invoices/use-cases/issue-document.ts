import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent, InvoiceKind } from '../../../../src/shared/domain/invoice';
import { ZERO } from '../../../../src/shared/domain/money';
import type { Totals } from '../../../../src/shared/domain/totals';
import { computeTotals } from '../../../../src/shared/domain/totals';
import type { Transaction } from '../../../kit/database/database';
import { readLogo } from '../db/frozen-repository';
import type { InvoiceRow, NewInvoice } from '../db/invoice-repository';
import { takeNumber } from '../db/numbers';
import type { DocumentHead } from '../db/schema';
import type { OrderReference } from '../domain/creation';
import type { PaperSubject } from '../domain/paper';
import { freezeDocument } from '../domain/paper';

type IssuedColumns = Pick<
  InvoiceRow,
  'number' | 'seriesUid' | 'period' | 'sequence' | 'finalisedAt'
>;

/**
 * Takes the number of a document and freezes its paper. What was checked before is frozen here: in
 * the transaction that stores both, so that a number never stands without its document.
 */
export async function issueDocument(
  transaction: Transaction,
  tenant: BusinessUid,
  subject: PaperSubject,
  now: Date,
): Promise<{ readonly columns: IssuedColumns; readonly frozen: FrozenDocument }> {
  const logo = await readLogo(transaction, tenant, subject.paper.logoSha256);
  const taken = await takeNumber(transaction, tenant, subject.kind, subject.content.issueDate);
  const finalisedAt = now.toISOString();
  const frozen = freezeDocument(subject, { ...taken, finalisedAt }, logo);
  return { columns: { ...taken, finalisedAt: now }, frozen };
}

/** The columns that follow from a document's content. */
export function contentColumns(content: DocumentContent, totals: Totals) {
  return {
    head: headOf(content),
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

/** The row of a new draft. */
export function draftRow(
  draft: {
    readonly tenant: BusinessUid;
    readonly uid: InvoiceUid;
    readonly kind: InvoiceKind;
    readonly clientId: number;
    readonly order: OrderReference | null;
    readonly correctsId: number | null;
    readonly content: DocumentContent;
  },
  now: Date,
): NewInvoice {
  const { order, content } = draft;
  return {
    tenant: draft.tenant,
    uid: draft.uid,
    kind: draft.kind,
    revision: 1,
    clientId: draft.clientId,
    orderId: order?.id ?? null,
    orderUid: order?.uid ?? null,
    orderNumber: order?.number ?? '',
    correctsId: draft.correctsId,
    ...contentColumns(content, computeTotals(content)),
    number: null,
    seriesUid: null,
    period: null,
    sequence: null,
    finalisedAt: null,
    paid: ZERO,
    credited: ZERO,
    deliveryState: null,
    deliverySendUid: null,
    deliveryAttempt: null,
    deliveryReason: null,
    deliveryAt: null,
    sentAt: null,
    pdfSha256: null,
    remindersPaused: false,
    reminderStep: 0,
    overdueNotedOn: null,
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** The order that a stored document was made from. */
export function orderOf(invoice: InvoiceRow): OrderReference | null {
  const { orderId, orderUid, orderNumber } = invoice;
  return orderId === null || orderUid === null
    ? null
    : { id: orderId, uid: orderUid, number: orderNumber };
}
