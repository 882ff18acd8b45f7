import { asc, isNull } from 'drizzle-orm';

import type { InvoiceUid } from '../../../shared/domain/ids';
import type { Invoice } from '../../../shared/domain/invoice';
import { documentContent } from '../../../shared/domain/invoice';
import type { MinorUnits } from '../../../shared/domain/money';
import { ZERO } from '../../../shared/domain/money';
import { computeTotals } from '../../../shared/domain/totals';
import { isSameValue } from '../../../shared/sync/field-paths';
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
import type { ReadScope, WriteScope } from '../../replica/replica';
import { invoices } from '../../replica/schema';
import type { CollectionAdapter, RecordReference, SyncedRecord } from '../collection-adapter';
import { creditsOf, duplicateOf, knownInvoices, noteDuplicate } from './invoice-facts';
import { flagNumbersUsedTwice, keepPeriods } from './issued-numbers';
import { titleOf } from './orders';
import { settleAmounts } from './settled-amounts';

export const invoicesAdapter: CollectionAdapter<'invoices'> = {
  collection: 'invoices',

  read(scope, uid) {
    const stored = findInvoice(scope, uid);
    return stored === null ? null : recordOf(scope, stored);
  },

  store(scope, records) {
    const facts = factsOf(scope, records);
    const added = new Map<string, NewInvoice>();
    const changed: InvoiceUid[] = [];
    for (const pulled of records) {
      const { record } = pulled;
      if (record.duplicateOf !== null) noteDuplicate(scope, record.uid, record.duplicateOf);
      if (!facts.known.has(record.uid)) {
        added.set(record.uid, storedFrom(facts, pulled, null));
        continue;
      }
      const stored = findInvoice(scope, record.uid);
      // Most of what comes for a record that is here is this device's own change.
      if (stored === null || isSameValue(recordOf(scope, stored), pulled)) continue;
      saveInvoice(scope, stored, storedFrom(facts, pulled, stored));
      changed.push(record.uid);
    }
    insertInvoices(scope, [...added.values()]);
    const news = records.filter(({ record: { uid } }) => added.has(uid) || changed.includes(uid));
    recountCredits(scope, news);
    keepPeriods(scope, news);
    flagNumbersUsedTwice(scope, news);
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

function recordOf(scope: ReadScope, { invoice, clientName }: StoredInvoice) {
  return {
    record: invoiceRecordOf(invoice, clientName, duplicateOf(scope, invoice.uid)),
    deleted: invoice.deletedAt !== null,
  };
}

/** What storing a page needs to know of the replica, asked once for all of its records. */
interface PageFacts {
  readonly now: WriteScope['now'];
  /** The uids of the page that the replica has. */
  readonly known: ReadonlySet<string>;
  /** What credit notes that came before come to, by the invoice. */
  readonly credits: ReadonlyMap<string, MinorUnits>;
  readonly clientName: (uid: string | null) => string | null;
}

function factsOf(scope: WriteScope, records: readonly SyncedRecord<'invoices'>[]): PageFacts {
  const uids = records.map(({ record }) => record.uid);
  const names = new Map<string, string | null>();
  return {
    now: scope.now,
    known: knownInvoices(scope, uids),
    credits: creditsOf(scope, uids),
    clientName: (uid) => {
      if (uid === null) return null;
      let name = names.get(uid);
      if (name === undefined) {
        name = readClient(scope, uid)?.name ?? null;
        names.set(uid, name);
      }
      return name;
    },
  };
}

function storedFrom(
  facts: PageFacts,
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
    credited: before?.credited ?? facts.credits.get(uid) ?? ZERO,
    // What was issued exists for ever (R41).
    deletedAt: deleted && finalisedAt === null ? (before?.deletedAt ?? facts.now) : null,
    createdAt,
    updatedAt: before === null ? facts.now : nextUpdatedAt(before.updatedAt, facts.now),
  };
  const clientName =
    finalisedAt === null
      ? (facts.clientName(content.clientUid) ?? stored?.clientName ?? '')
      : record.clientName;
  return { invoice, clientName };
}

/** What credit notes come to counts on the invoice, whichever came first. */
function recountCredits(scope: WriteScope, records: readonly SyncedRecord<'invoices'>[]): void {
  const corrected = new Set(
    records.flatMap(({ record: { kind, correctsUid } }) =>
      kind === 'credit_note' && correctsUid !== null ? [correctsUid] : [],
    ),
  );
  if (corrected.size === 0) return;
  const credits = creditsOf(scope, [...corrected]);
  const amounts = [...corrected].map(
    (uid) => [uid, { credited: credits.get(uid) ?? ZERO }] as const,
  );
  settleAmounts(scope, new Map(amounts));
}
