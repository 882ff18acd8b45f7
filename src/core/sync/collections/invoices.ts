import { and, asc, eq, isNull, isNotNull, sql } from 'drizzle-orm';

import type { InvoiceRecord } from '../../../shared/contracts/sync/records';
import type { InvoiceUid } from '../../../shared/domain/ids';
import { invoiceUid } from '../../../shared/domain/ids';
import type { Invoice } from '../../../shared/domain/invoice';
import { documentContent } from '../../../shared/domain/invoice';
import type { MinorUnits } from '../../../shared/domain/money';
import { minor, ZERO } from '../../../shared/domain/money';
import { computeTotals } from '../../../shared/domain/totals';
import { pick } from '../../../shared/sync/pick';
import { invoiceRecordOf } from '../../../shared/sync/wire-records';
import { readClient } from '../../features/documents/parties';
import { nextUpdatedAt } from '../../features/documents/updated-at';
import type { NewInvoice, StoredInvoice } from '../../features/invoices/invoice-repository';
import {
  findInvoice,
  insertInvoices,
  saveInvoice,
} from '../../features/invoices/invoice-repository';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { duplicates, invoices, seriesPeriods } from '../../replica/schema';
import type { CollectionAdapter, RecordReference, SyncedRecord } from '../collection-adapter';
import { titleOf } from './orders';

export const invoicesAdapter: CollectionAdapter<'invoices'> = {
  collection: 'invoices',

  read(scope, uid) {
    const stored = findInvoice(scope, uid);
    if (stored === null) return null;
    const { invoice, clientName } = stored;
    return {
      record: invoiceRecordOf(invoice, clientName, duplicateOf(scope, uid)),
      deleted: invoice.deletedAt !== null,
    };
  },

  store(scope, records) {
    const added: NewInvoice[] = [];
    const deleted: InvoiceUid[] = [];
    const corrected = new Set<string>();
    for (const pulled of records) {
      const { record } = pulled;
      const stored = findInvoice(scope, record.uid);
      const next = storedFrom(scope, pulled, stored);
      if (record.duplicateOf !== null) noteDuplicate(scope, record.uid, record.duplicateOf);
      if (record.kind === 'credit_note' && record.correctsUid !== null) {
        corrected.add(record.correctsUid);
      }
      if (stored !== null) saveInvoice(scope, stored, next);
      else {
        added.push({ ...next, invoice: { ...next.invoice, deletedAt: null } });
        if (next.invoice.deletedAt !== null) deleted.push(record.uid);
      }
    }
    insertInvoices(scope, added);
    for (const uid of deleted) {
      const stored = findInvoice(scope, uid);
      if (stored === null) continue;
      saveInvoice(scope, stored, {
        ...stored,
        invoice: { ...stored.invoice, deletedAt: scope.now },
      });
    }
    for (const uid of corrected) recountCredits(scope, uid);
    keepPeriods(scope, records);
    scope.touch(['invoices']);
    return [];
  },

  referencesOf({ clientUid, orderUid, correctsUid, lines }) {
    const references: RecordReference[] = [];
    if (clientUid !== null) references.push({ collection: 'clients', uid: clientUid });
    if (orderUid !== null) references.push({ collection: 'orders', uid: orderUid });
    if (correctsUid !== null) references.push({ collection: 'invoices', uid: correctsUid });
    for (const { productUid } of lines) {
      if (productUid !== null) references.push({ collection: 'products', uid: productUid });
    }
    return references;
  },
  title(scope, uid) {
    const stored = findInvoice(scope, uid);
    return stored === null ? '' : titleOf(stored.invoice.number, stored.clientName);
  },
  uids: (scope) =>
    scope.db
      .select({ uid: invoices.uid })
      .from(invoices)
      .where(isNull(invoices.deletedAt))
      .orderBy(asc(invoices.id))
      .all()
      .map(({ uid }) => uid),
};

function storedFrom(
  scope: WriteScope,
  { record, deleted }: SyncedRecord<'invoices'>,
  stored: StoredInvoice | null,
): NewInvoice {
  const before = stored?.invoice ?? null;
  const content = pick(documentContent, record);
  const { uid, kind, orderUid, correctsUid, number, seriesUid, period, sequence } = record;
  const { finalisedAt, pdfSha256, isImported, remindersPaused, createdAt } = record;
  const invoice: Invoice = {
    uid,
    kind,
    content,
    totals: before?.finalisedAt ? before.totals : computeTotals(content),
    orderUid,
    correctsUid,
    number,
    seriesUid,
    period,
    sequence,
    finalisedAt,
    pdfSha256,
    isImported,
    remindersPaused,
    // A payment waits for its invoice, a credit note does not.
    paid: before?.paid ?? ZERO,
    credited: before?.credited ?? creditsOf(scope, uid),
    deletedAt: deleted ? (before?.deletedAt ?? scope.now) : null,
    createdAt,
    updatedAt: before === null ? scope.now : nextUpdatedAt(before.updatedAt, scope.now),
  };
  const clientName =
    finalisedAt === null
      ? (readClient(scope, content.clientUid)?.name ?? stored?.clientName ?? '')
      : record.clientName;
  return { invoice, clientName };
}

const creditSum = prepared((db) =>
  db
    .select({ total: sql<number>`coalesce(sum(${invoices.total}), 0)` })
    .from(invoices)
    .where(and(eq(invoices.correctsUid, sql.placeholder('uid')), isNotNull(invoices.finalisedAt)))
    .prepare(),
);

function creditsOf(scope: ReadScope, uid: string): MinorUnits {
  return minor(creditSum(scope.db).get({ uid })?.total ?? 0);
}

/** What credit notes come to counts on the invoice, whichever came first. */
function recountCredits(scope: WriteScope, uid: string): void {
  const stored = findInvoice(scope, uid);
  if (stored === null) return;
  const credited = creditsOf(scope, uid);
  if (credited === stored.invoice.credited) return;
  saveInvoice(scope, stored, { ...stored, invoice: { ...stored.invoice, credited } });
}

const raisePeriod = prepared((db) =>
  db
    .insert(seriesPeriods)
    .values({
      seriesUid: sql.placeholder('seriesUid'),
      period: sql.placeholder('period'),
      start: sql.placeholder('start'),
      last: sql.placeholder('last'),
    })
    .onConflictDoUpdate({
      target: [seriesPeriods.seriesUid, seriesPeriods.period],
      set: { start: sql`min(start, excluded.start)`, last: sql`max(last, excluded.last)` },
    })
    .prepare(),
);

/** Where the series of other devices stand, by the documents that came. */
function keepPeriods(scope: WriteScope, records: readonly SyncedRecord<'invoices'>[]): void {
  const ranges = new Map<
    string,
    { seriesUid: string; period: number; start: number; last: number }
  >();
  for (const { record } of records) {
    const { seriesUid, period, sequence } = record;
    if (seriesUid === null || period === null || sequence === null) continue;
    const key = `${seriesUid} ${period}`;
    const known = ranges.get(key);
    if (known === undefined) {
      ranges.set(key, { seriesUid, period, start: sequence, last: sequence });
    } else {
      known.start = Math.min(known.start, sequence);
      known.last = Math.max(known.last, sequence);
    }
  }
  for (const range of ranges.values()) raisePeriod(scope.db).run({ ...range });
}

const findDuplicate = prepared((db) =>
  db
    .select({ duplicateOf: duplicates.duplicateOf })
    .from(duplicates)
    .where(eq(duplicates.uid, sql.placeholder('uid')))
    .prepare(),
);

/** The document that was finalised first from the same draft; null for nearly all. */
export function duplicateOf(scope: ReadScope, uid: string): InvoiceRecord['duplicateOf'] {
  const found = findDuplicate(scope.db).get({ uid });
  return found === undefined ? null : invoiceUid.parse(found.duplicateOf);
}

function noteDuplicate(scope: WriteScope, uid: string, of: string): void {
  scope.db.insert(duplicates).values({ uid, duplicateOf: of }).onConflictDoNothing().run();
}
