import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readBusiness } from '../../src/core/businesses/business-repository';
import { Session } from '../../src/core/businesses/session';
import { invoiceRecordOf } from '../../src/shared/sync/wire-records';
import type { BusinessContext } from '../../src/core/context';
import { insertClient } from '../../src/core/features/clients/client-repository';
import { bringBackIssued } from '../../src/core/features/invoices/bring-back';
import { newDraft } from '../../src/core/features/invoices/invoice-facts';
import type { NewInvoice } from '../../src/core/features/invoices/invoice-repository';
import { insertInvoices } from '../../src/core/features/invoices/invoice-repository';
import { insertPayments } from '../../src/core/features/payments/payment-repository';
import { readTaxCodes } from '../../src/core/features/settings/tax-code-repository';
import { readAllSeries } from '../../src/core/numbering/series-repository';
import { loadPdfRenderer } from '../../src/core/pdf/load-renderer';
import type { WriteScope } from '../../src/core/replica/replica';
import { newBusiness } from '../../src/shared/domain/business';
import { checkDraft } from '../../src/shared/domain/document-rules';
import type { SeriesUid } from '../../src/shared/domain/ids';
import { minor } from '../../src/shared/domain/money';
import type { Payment } from '../../src/shared/domain/payment';
import { ok } from '../../src/shared/domain/result';
import type { MadeUpClient, MadeUpInvoice } from './made-up-invoices';
import { madeUpClients, madeUpInvoices } from './made-up-invoices';

/** The data directory of an app with one business, for measuring. */
export interface Books {
  readonly dataDirectory: string;
  readonly context: BusinessContext;
  readonly clients: readonly MadeUpClient[];
  /** Invoices that are not written yet. */
  readonly invoices: Generator<MadeUpInvoice>;
  close(): void;
  /** Closes nothing: what runs on it has ended by then. */
  remove(): void;
}

const CLIENTS = 2_000;

/** Makes a business as a person does. */
export async function openBooks(invoiceCount: number): Promise<Books> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'doccentr-bench-'));
  const session = new Session({
    dataDirectory,
    now: () => new Date(),
    emit: () => undefined,
    pdfRenderer: loadPdfRenderer,
    fetchPaper: () => Promise.resolve(null),
    bringBack: bringBackIssued,
  });
  await session.create(
    newBusiness.parse({
      name: 'Benchmark Ltd',
      country: 'DE',
      currency: 'EUR',
      terms: { kind: 'net_days', days: 30 },
      timeZone: 'Europe/Berlin',
      tax: { name: 'VAT 19 %', rate: 19_000 },
      isDemo: false,
    }),
  );
  const { context } = session;
  if (context === null) throw new Error('the business did not open');
  const { replica } = context;
  const clients = madeUpClients(Math.min(CLIENTS, invoiceCount));
  replica.write((scope) => {
    for (const client of clients) insertMadeUpClient(scope, client);
    return ok(null);
  });
  const { business, taxCodes } = replica.read((scope) => ({
    business: readBusiness(scope),
    taxCodes: readTaxCodes(scope),
  }));
  return {
    dataDirectory,
    context,
    clients,
    invoices: madeUpInvoices(invoiceCount, business, clients, taxCodes),
    close: () => session.close(),
    remove: () => rmSync(dataDirectory, { recursive: true, force: true }),
  };
}

function insertMadeUpClient(scope: WriteScope, { uid, name, email }: MadeUpClient): void {
  insertClient(scope, {
    uid,
    name,
    email,
    contactName: '',
    phone: '',
    address: {
      line1: '1 Example Street',
      line2: '',
      postalCode: '10115',
      city: 'Berlin',
      region: '',
      country: 'DE',
    },
    vatNumber: '',
    companyNumber: '',
    currency: null,
    language: null,
    formats: null,
    terms: null,
    taxCodeUid: null,
    remindersPaused: false,
    notes: '',
    archivedAt: null,
    deletedAt: null,
    createdAt: scope.now,
    updatedAt: scope.now,
  });
}

/** The series that numbers of another program are kept in. */
export function importedSeries({ replica }: BusinessContext): SeriesUid {
  const imported = replica.read(readAllSeries).find(({ kind }) => kind === 'imported');
  if (imported === undefined) throw new Error('a business without a series for imported history');
  return imported.uid;
}

/**
 * Writes a batch of invoices through the core, in one transaction, as an import does: the content
 * is checked, its totals computed, documents, lines, search words, sums, payments, outbox and
 * activity written. Answers what became of each.
 */
export function writeThroughCore(
  { replica }: BusinessContext,
  seriesUid: SeriesUid,
  batch: readonly MadeUpInvoice[],
): readonly NewInvoice[] {
  const written = replica.write((scope) => {
    const records = batch.map((given) => toRecord(scope, given, seriesUid));
    const payments = records.flatMap(({ invoice }, index) => {
      const payment = toPayment(scope, invoice, batch[index]);
      return payment === null ? [] : [{ payment, currency: invoice.content.currency }];
    });
    insertInvoices(scope, records);
    insertPayments(scope, payments);
    for (const { invoice } of records) {
      scope.record({
        collection: 'invoices',
        uid: invoice.uid,
        action: 'imported',
        mutation: { kind: 'create', record: invoiceRecordOf(invoice, '') },
      });
    }
    for (const { payment } of payments) {
      scope.record({
        collection: 'payments',
        uid: payment.uid,
        action: 'imported',
        mutation: { kind: 'create', record: payment },
      });
    }
    return ok(records);
  });
  if (!written.ok) throw new Error('the core refused made-up invoices');
  return written.value;
}

/** A made-up invoice as the core keeps it: a draft, or issued by another program and imported. */
export function toRecord(
  scope: Pick<WriteScope, 'now'>,
  given: MadeUpInvoice,
  seriesUid: SeriesUid,
): NewInvoice {
  const { content, clientName, number, paidPart } = given;
  if (checkDraft(content).length > 0) throw new Error('made-up content is not accepted');
  const draft = newDraft(content, scope.now);
  if (number === null) return { invoice: draft, clientName };
  const issued = {
    ...draft,
    number,
    seriesUid,
    finalisedAt: `${content.issueDate}T00:00:00.000Z`,
    isImported: true,
    paid: minor(Math.round(draft.totals.total * paidPart)),
  };
  return { invoice: issued, clientName };
}

function toPayment(
  scope: WriteScope,
  invoice: NewInvoice['invoice'],
  given: MadeUpInvoice | undefined,
): Payment | null {
  if (given === undefined || invoice.paid === 0) return null;
  return {
    uid: given.paymentUid,
    invoiceUid: invoice.uid,
    date: invoice.content.dueDate,
    amount: invoice.paid,
    method: 'bank_transfer',
    reference: '',
    reverses: null,
    createdAt: scope.now,
  };
}
