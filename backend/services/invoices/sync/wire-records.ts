import type {
  DocumentRecord,
  InvoiceRecord,
  PaymentRecord,
  SendRecord,
} from '../../../../src/shared/contracts/sync/records';
import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { InvoiceUid } from '../../../../src/shared/domain/ids';
import type { LineItem } from '../../../../src/shared/domain/line-item';
import type { Totals } from '../../../../src/shared/domain/totals';
import { contentColumns } from '../domain/content-columns';
import type { KnownEntry } from '../domain/timeline';
import { orderTimeline } from '../domain/timeline';
import type { InvoiceRow, PaymentRow, SendRow } from '../db/rows';

/** Rows of this service as they travel, and back. Nothing is lost on the way in either direction. */

/** An invoice or credit note as devices know it. */
export function invoiceRecordOf(row: InvoiceRow, lines: readonly LineItem[]): InvoiceRecord {
  return {
    ...row.head,
    lines: [...lines],
    uid: row.uid,
    kind: row.kind,
    orderUid: row.orderUid,
    correctsUid: row.correctsUid,
    number: row.number,
    seriesUid: row.seriesUid,
    period: row.period,
    sequence: row.sequence,
    finalisedAt: row.finalisedAt?.toISOString() ?? null,
    pdfSha256: row.pdfSha256,
    isImported: row.isImported,
    remindersPaused: row.remindersPaused,
    clientName: row.clientName,
    duplicateOf: row.duplicateOf,
    createdAt: row.createdAt.toISOString(),
  };
}

/** The columns that a device decides; `totals` are those of the paper where there is one. */
export function invoiceColumnsOf(record: InvoiceRecord, totals: Totals) {
  return {
    ...contentColumns(contentOfRecord(record), totals),
    uid: record.uid,
    kind: record.kind,
    orderUid: record.orderUid,
    correctsUid: record.correctsUid,
    number: record.number,
    seriesUid: record.seriesUid,
    period: record.period,
    sequence: record.sequence,
    finalisedAt: record.finalisedAt === null ? null : new Date(record.finalisedAt),
    pdfSha256: record.pdfSha256,
    isImported: record.isImported,
    remindersPaused: record.remindersPaused,
    clientName: record.clientName,
    duplicateOf: record.duplicateOf,
    createdAt: new Date(record.createdAt),
  };
}

/** What a person wrote on a document. */
export function contentOfRecord(record: InvoiceRecord) {
  return {
    clientUid: record.clientUid,
    currency: record.currency,
    exchangeRate: record.exchangeRate,
    issueDate: record.issueDate,
    terms: record.terms,
    dueDate: record.dueDate,
    supply: record.supply,
    buyerReference: record.buyerReference,
    notes: record.notes,
    paymentReference: record.paymentReference,
    language: record.language,
    formats: record.formats,
    pricesIncludeTax: record.pricesIncludeTax,
    discount: record.discount,
    bankAccountUid: record.bankAccountUid,
    lines: record.lines,
  };
}

export function paymentRecordOf(row: PaymentRow): PaymentRecord {
  return {
    invoiceUid: row.invoiceUid,
    date: row.date,
    amount: row.amount,
    method: row.method,
    reference: row.reference,
    uid: row.uid,
    reverses: row.reversesUid,
    createdAt: row.createdAt.toISOString(),
  };
}

/** A send with all that happened to it. */
export function sendRecordOf(row: SendRow, entries: readonly KnownEntry[]): SendRecord {
  return {
    uid: row.sendUid,
    invoiceUid: row.invoiceUid,
    kind: row.kind,
    ...row.mail,
    requestedAt: row.requestedAt.toISOString(),
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
    wantedAttempt: row.wantedAttempt,
    state: row.state,
    reason: row.reason,
    attempt: row.attempt,
    settledAt: row.settledAt?.toISOString() ?? null,
    steps: orderTimeline(entries).map(({ step, state, at, attempt, ...entry }) => ({
      step,
      state,
      at,
      attempt,
      step_attempt: entry.step_attempt,
      reason: entry.reason,
      details: entry.details,
    })),
  };
}

/** The paper of a finalised document, its logo by reference. */
export function documentRecordOf(
  uid: InvoiceUid,
  frozen: FrozenDocument,
  logoSha256: string | null,
  sha256: string,
): DocumentRecord {
  const logo = logoSha256 === null ? null : { sha256: logoSha256 };
  return { uid, frozen: { ...frozen, logo }, sha256 };
}
