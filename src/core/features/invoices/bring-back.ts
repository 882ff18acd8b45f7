import { sql } from 'drizzle-orm';

import type { FrozenDocument } from '../../../shared/domain/frozen-document';
import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import { numberSeries } from '../../../shared/domain/number-series';
import { ok } from '../../../shared/domain/result';
import type { PdfRenderer } from '../../../shared/pdf/renderer';
import { invoiceRecordOf } from '../../../shared/sync/wire-records';
import type { BusinessContext } from '../../context';
import type { LedgerEntry } from '../../numbering/ledger';
import { insertSeries, readAllSeries } from '../../numbering/series-repository';
import type { WriteScope } from '../../replica/replica';
import { seriesPeriods } from '../../replica/schema';
import {
  insertDocument,
  packFrozen,
  queueAsset,
  sha256Of,
  unpackFrozen,
} from '../documents/frozen-store';
import { nextUpdatedAt } from '../documents/updated-at';
import { refreshOrderStatus } from '../orders/order-progress';
import { applyCredit } from './apply-credit';
import { newDraft } from './invoice-facts';
import { findInvoice, insertInvoice, saveInvoice } from './invoice-repository';

/**
 * Brings issued documents that the replica lacks back from the ledger: after a restored backup or
 * an empty start they legally exist all the same. Answers how many. Each comes in a transaction
 * of its own, so that what a crash cuts off goes on at the next start.
 */
export async function bringBackIssued(context: BusinessContext): Promise<number> {
  if (!isLedgerAhead(context)) return 0;
  const renderer = await context.pdfRenderer();
  bringBackSeries(context);
  let count = 0;
  for (const entry of context.ledger.entries()) {
    const stored = context.replica.read((scope) => findInvoice(scope, entry.invoiceUid));
    if (stored !== null && stored.invoice.number !== null) continue;
    bringBack(context, renderer, entry);
    count += 1;
  }
  return count;
}

/** Whether the ledger knows a number beyond the last one of the replica. */
function isLedgerAhead({ replica, ledger }: BusinessContext): boolean {
  const last = replica.connection
    .prepare<[string, number], number>(
      'SELECT last FROM series_periods WHERE series_uid = ? AND period = ?',
    )
    .pluck();
  return ledger
    .issuedPlaces()
    .some(({ seriesUid, period, sequence }) => sequence > (last.get(seriesUid, period) ?? 0));
}

/**
 * The series of those documents, where the backup is older than they are. This device takes no
 * number from what it lost once: a copy of it may have gone on with it.
 */
function bringBackSeries({ replica, ledger }: BusinessContext): void {
  const json = ledger.recall('series');
  if (json === null) return;
  const remembered = numberSeries.array().parse(JSON.parse(json));
  const result = replica.write((scope) => {
    const known = new Set(readAllSeries(scope).map(({ uid }) => uid));
    for (const one of remembered) {
      if (!known.has(one.uid)) insertSeries(scope, one);
    }
    return ok(undefined);
  });
  if (!result.ok) throw new Error('series could not be brought back');
}

function bringBack(context: BusinessContext, renderer: PdfRenderer, entry: LedgerEntry): void {
  const frozen = unpackFrozen(entry.frozen, (sha256) => context.ledger.asset(sha256));
  // The bytes are kept as long as any backup; the same renderer makes them again after that.
  const pdf = entry.pdf ?? Buffer.from(renderer.render(frozen));
  const result = context.replica.write((scope) => {
    insertIssued(scope, entry, frozen, pdf);
    return ok(undefined);
  });
  if (!result.ok) throw new Error(`${entry.number} could not be brought back`);
}

function insertIssued(
  scope: WriteScope,
  entry: LedgerEntry,
  frozen: FrozenDocument,
  pdf: Buffer,
): void {
  const draft = findInvoice(scope, entry.invoiceUid);
  const sha256 = sha256Of(pdf);
  const issued = issuedInvoice(frozen, draft?.invoice ?? null, sha256, scope.now);
  const record = { invoice: issued, clientName: frozen.client.name };
  const stored = draft ? saveInvoice(scope, draft, record) : insertInvoice(scope, record);
  const packed = packFrozen(frozen);
  insertDocument(scope, stored.id, { frozen: packed, pdf, sha256 });
  const { seriesUid, period, sequence } = entry;
  scope.db
    .insert(seriesPeriods)
    .values({ seriesUid, period, start: sequence, last: sequence })
    .onConflictDoUpdate({
      target: [seriesPeriods.seriesUid, seriesPeriods.period],
      set: { last: sql`max(last, excluded.last)` },
    })
    .run();
  queueAsset(scope, packed.asset);
  scope.record({
    collection: 'invoices',
    uid: issued.uid,
    action: 'restored',
    mutation: {
      kind: 'finalise',
      record: invoiceRecordOf(issued, frozen.client.name),
      frozen: packed.document,
      sha256,
    },
  });
  if (issued.correctsUid !== null) applyCredit(scope, issued.correctsUid, issued.totals.total);
  refreshOrderStatus(scope, issued.orderUid);
}

/** The record behind a frozen document; what the paper does not show comes from its draft. */
function issuedInvoice(
  frozen: FrozenDocument,
  draft: Invoice | null,
  pdfSha256: string,
  now: string,
): Invoice {
  const { issued } = frozen;
  if (issued === null) throw new Error('the ledger keeps issued documents only');
  const base = draft ?? newDraft(contentOf(frozen), now);
  return {
    ...base,
    uid: frozen.invoiceUid,
    kind: frozen.kind,
    content: contentOf(frozen),
    totals: frozen.totals,
    orderUid: frozen.orderUid,
    correctsUid: frozen.corrects?.invoiceUid ?? null,
    number: issued.number,
    seriesUid: issued.seriesUid,
    period: issued.period,
    sequence: issued.sequence,
    finalisedAt: issued.finalisedAt,
    pdfSha256,
    deletedAt: null,
    createdAt: draft?.createdAt ?? issued.finalisedAt,
    updatedAt: nextUpdatedAt(base.updatedAt, now),
  };
}

function contentOf(frozen: FrozenDocument): DocumentContent {
  return {
    clientUid: frozen.clientUid,
    currency: frozen.currency,
    exchangeRate: frozen.exchangeRate,
    issueDate: frozen.issueDate,
    terms: frozen.terms,
    dueDate: frozen.dueDate,
    supply: frozen.supply,
    buyerReference: frozen.buyerReference,
    notes: frozen.notes,
    // The paper prints the number where the content leaves the reference empty.
    paymentReference:
      frozen.paymentReference === frozen.issued?.number ? '' : frozen.paymentReference,
    language: frozen.language,
    formats: frozen.formats,
    pricesIncludeTax: frozen.pricesIncludeTax,
    discount: frozen.discount,
    bankAccountUid: frozen.bankAccount?.uid ?? null,
    lines: frozen.lines,
  };
}
