import type { Invoice } from '../../../shared/domain/invoice';
import type { Result } from '../../../shared/domain/result';
import { ok, refused, refusedFor } from '../../../shared/domain/result';
import type { InvoiceUid, SeriesUid } from '../../../shared/domain/ids';
import type { PdfRenderer } from '../../../shared/pdf/renderer';
import { readBusiness } from '../../businesses/business-repository';
import { invoiceRecordOf } from '../../../shared/sync/wire-records';
import type { BusinessContext, UseCases } from '../../context';
import type { LedgerEntry } from '../../numbering/ledger';
import type { TakenNumber } from '../../numbering/take-number';
import { peekNumber, takeNumber } from '../../numbering/take-number';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { insertDocument, packFrozen, queueAsset, sha256Of } from '../documents/frozen-store';
import { readClient } from '../documents/parties';
import { nextUpdatedAt } from '../documents/updated-at';
import { refreshOrderStatus } from '../orders/order-progress';
import { applyCredit } from './apply-credit';
import { findDraft } from './draft-checks';
import type { FinaliseSubject } from './finalise-checks';
import { findingsOf } from './finalise-checks';
import type { StoredInvoice } from './invoice-repository';
import { findInvoice, saveInvoice } from './invoice-repository';
import { freezeStored } from './freeze-stored';

export const finaliseUseCases: UseCases<'invoices.checkFinalise' | 'invoices.finalise'> = {
  'invoices.checkFinalise': async (context, { uid }) => {
    const renderer = await context.pdfRenderer();
    return context.replica.read((scope) => {
      const found = findDraft(scope, uid);
      if (!found.ok) return found;
      const { invoice } = found.value;
      const { kind, content } = invoice;
      const taken = peekNumber(scope, context, kind, content.issueDate);
      const subject = subjectOf(scope, context, renderer, found.value, taken);
      return ok({
        number: taken.number,
        total: invoice.totals.total,
        currency: content.currency,
        recipient: subject.client?.name ?? '',
        ...copyOf(findingsOf(scope, subject, renderer)),
      });
    });
  },

  'invoices.finalise': async (context, { uid, expectedUpdatedAt }) => {
    // Loading fonts waits for files; from here on nothing else can come in between.
    const renderer = await context.pdfRenderer();
    return finalise(context, renderer, uid, expectedUpdatedAt);
  },
};

function copyOf(findings: ReturnType<typeof findingsOf>) {
  return { blockers: [...findings.blockers], warnings: [...findings.warnings] };
}

function subjectOf(
  scope: ReadScope,
  context: BusinessContext,
  renderer: PdfRenderer,
  stored: StoredInvoice,
  taken: TakenNumber,
): FinaliseSubject {
  const { invoice } = stored;
  return {
    invoice,
    business: readBusiness(scope),
    client: readClient(scope, invoice.content.clientUid),
    today: context.today(),
    taken,
    frozen: freezeStored(scope, renderer, invoice, issuedAs(taken, context.now().toISOString())),
  };
}

function issuedAs(taken: TakenNumber, finalisedAt: string) {
  const { number, period, sequence } = taken;
  return { number, seriesUid: taken.seriesUid as SeriesUid, period, sequence, finalisedAt };
}

/**
 * Takes the number, freezes the document, makes its bytes and stores all of it in one transaction.
 * The ledger hears of it as the last step before the commit, and again after it: a crash anywhere
 * in between is settled at the next start (see settle-ledger.ts).
 */
function finalise(
  context: BusinessContext,
  renderer: PdfRenderer,
  uid: InvoiceUid,
  expectedUpdatedAt: string | undefined,
): Result<Invoice> {
  const intended: LedgerEntry[] = [];
  try {
    return context.replica.write((scope) => {
      const found = findDraft(scope, uid);
      if (!found.ok) return found;
      const { invoice } = found.value;
      if (expectedUpdatedAt !== undefined && invoice.updatedAt !== expectedUpdatedAt) {
        return refused('', 'changed_meanwhile');
      }
      const taken = takeNumber(scope, context, invoice.kind, invoice.content.issueDate);
      if (!taken.ok) return taken;
      const subject = subjectOf(scope, context, renderer, found.value, taken.value);
      const { blockers } = findingsOf(scope, subject, renderer);
      if (blockers.length > 0) return refusedFor(blockers);
      const { issued, entry } = issue(scope, context, renderer, found.value, subject);
      intended.push(entry);
      context.ledger.intend(entry);
      return ok(issued);
    });
  } finally {
    for (const entry of intended) settle(context, entry);
  }
}

/** Confirms what was committed, gives back what was not. */
function settle(context: BusinessContext, entry: LedgerEntry): void {
  const stored = context.replica.read((scope) => findInvoice(scope, entry.invoiceUid));
  if (stored?.invoice.number === entry.number) context.ledger.confirm(entry);
  else context.ledger.withdraw(entry);
}

function issue(
  scope: WriteScope,
  context: BusinessContext,
  renderer: PdfRenderer,
  stored: StoredInvoice,
  { frozen, taken, client }: FinaliseSubject,
): { readonly issued: Invoice; readonly entry: LedgerEntry } {
  const { invoice } = stored;
  const pdf = Buffer.from(renderer.render(frozen));
  const sha256 = sha256Of(pdf);
  const packed = packFrozen(frozen);
  const { number, seriesUid, period, sequence } = taken;
  const issued: Invoice = {
    ...invoice,
    number,
    seriesUid: seriesUid as SeriesUid,
    period,
    sequence,
    finalisedAt: frozen.issued?.finalisedAt ?? scope.now,
    pdfSha256: sha256,
    updatedAt: nextUpdatedAt(invoice.updatedAt, scope.now),
  };
  saveInvoice(scope, stored, { invoice: issued, clientName: client?.name ?? stored.clientName });
  insertDocument(scope, stored.id, { frozen: packed, pdf, sha256 });
  queueAsset(scope, packed.asset);
  scope.record({
    collection: 'invoices',
    uid: invoice.uid,
    action: 'finalised',
    mutation: {
      kind: 'finalise',
      record: invoiceRecordOf(issued, client?.name ?? stored.clientName),
      frozen: packed.document,
      sha256,
    },
  });
  if (invoice.correctsUid !== null) applyCredit(scope, invoice.correctsUid, issued.totals.total);
  refreshOrderStatus(scope, invoice.orderUid);
  if (packed.asset !== null) context.ledger.keepAsset(packed.asset.sha256, packed.asset.data);
  const place = { seriesUid, period, sequence };
  return {
    issued,
    entry: { ...place, number, invoiceUid: invoice.uid, frozen: packed.json, sha256, pdf },
  };
}
