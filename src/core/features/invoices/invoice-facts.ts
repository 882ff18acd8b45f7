import type { Instant } from '../../../shared/domain/calendar-date';
import type { InvoiceUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import { ZERO } from '../../../shared/domain/money';
import { computeTotals } from '../../../shared/domain/totals';

/** A new draft. The content has passed `checkDraft`. */
export function newDraft(
  content: DocumentContent,
  now: Instant,
  origin: Partial<Pick<Invoice, 'kind' | 'orderUid' | 'correctsUid'>> = {},
): Invoice {
  return {
    uid: newUid<InvoiceUid>(),
    kind: 'invoice',
    orderUid: null,
    correctsUid: null,
    ...origin,
    content,
    totals: computeTotals(content),
    number: null,
    seriesUid: null,
    period: null,
    sequence: null,
    finalisedAt: null,
    pdfSha256: null,
    isImported: false,
    remindersPaused: false,
    paid: ZERO,
    credited: ZERO,
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}
