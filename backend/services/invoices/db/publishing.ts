import { and, asc, eq, inArray } from 'drizzle-orm';

import type { SyncCollection } from '../../../../src/shared/contracts/sync/collections';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { isSameValue } from '../../../../src/shared/sync/field-paths';
import type { Database, Transaction } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import { syncRecords } from '../../../kit/database/kit-tables';
import type { IdempotencyClaim } from '../../../kit/http/handlers';
import { isRefusal, transactOnce } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import type { Publications } from '../../../kit/sync/publish-records';
import { publishAll } from '../../../kit/sync/publish-records';
import { readRecords } from '../../../kit/sync/sync-records';
import type { Publication } from '../../../kit/sync/synced-collection';
import {
  documentRecordOf,
  invoiceRecordOf,
  paymentRecordOf,
  sendRecordOf,
} from '../sync/wire-records';
import type { NotedPaper, TenantChanges } from './changes';
import { collectChanges } from './changes';
import { findItems, lineOf } from './invoice-repository';
import type { SendRow } from './rows';
import { assets, frozenDocuments, sends } from './schema';
import { readEntriesOfSends } from './timeline-repository';

/** A transaction whose changes are told to devices and services as its last act. */
export async function changing<T>(
  db: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return transact(db, (transaction) => published(transaction, () => work(transaction)));
}

/** The same once per `Idempotency-Key`; a refusal changes and tells nothing. */
export async function changingOnce<T>(
  db: Database,
  tenant: BusinessUid,
  claim: IdempotencyClaim | null,
  work: (transaction: Transaction) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  return transactOnce(db, tenant, claim, (transaction) =>
    published(transaction, () => work(transaction)),
  );
}

async function published<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
  const { result, changes } = await collectChanges(transaction, work);
  if (isRefusal(result)) return result;
  // In one order, so that two transactions of several businesses do not wait for each other.
  for (const [tenant, own] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const publications = await publicationsOf(transaction, tenant, own);
    await publishAll(transaction, tenant, publications, own.events);
  }
  return result;
}

/** The records of all that a transaction has changed of a business, but for one collection's. */
export async function publicationsOf(
  transaction: Transaction,
  tenant: BusinessUid,
  all: TenantChanges,
  without?: SyncCollection,
): Promise<readonly Publications[]> {
  const changes = { ...all, ...(without === undefined ? {} : NOTHING_OF[without]) };
  const papers = await papersOf(transaction, tenant, [...changes.papers.values()]);
  const logos = papers.flatMap(({ logoSha256 }) => logoSha256 ?? []);
  const publications = [
    { collection: 'assets', changes: await newAssets(transaction, tenant, logos) },
    { collection: 'invoices', changes: await invoicesOf(transaction, tenant, changes) },
    {
      collection: 'payments',
      changes: [...changes.payments.values()].map((row) => kept(row.uid, paymentRecordOf(row))),
    },
    { collection: 'sends', changes: await sendsOf(transaction, tenant, changes.sends) },
    {
      collection: 'documents',
      changes: papers.map(({ record }) => kept(record.uid, record)),
    },
  ] as const;
  return publications.filter((one) => one.changes.length > 0);
}

/** What is left out when a collection's records are written by somebody else. */
const NOTHING_OF: Readonly<Partial<Record<SyncCollection, Partial<TenantChanges>>>> = {
  invoices: { invoices: new Map() },
  payments: { payments: new Map() },
  sends: { sends: new Map() },
  documents: { papers: new Map() },
};

function kept<R>(uid: string, record: R) {
  return { uid, record, deleted: false };
}

async function invoicesOf(
  transaction: Transaction,
  tenant: BusinessUid,
  { invoices, lines }: TenantChanges,
): Promise<readonly Publication<'invoices'>[]> {
  const missing = [...invoices.values()].filter(({ id }) => !lines.has(id)).map(({ id }) => id);
  const items = Map.groupBy(
    await findItems(transaction, tenant, missing),
    (item) => item.invoiceId,
  );
  return [...invoices.values()].map((row) => {
    const own = lines.get(row.id) ?? (items.get(row.id) ?? []).map(lineOf);
    const record = invoiceRecordOf(row, own);
    return { uid: row.uid, record, deleted: row.deletedAt !== null };
  });
}

async function sendsOf(
  transaction: Transaction,
  tenant: BusinessUid,
  noted: ReadonlyMap<string, SendRow | null>,
): Promise<readonly Publication<'sends'>[]> {
  if (noted.size === 0) return [];
  const uids = [...noted.keys()];
  const missing = uids.filter((uid) => noted.get(uid) === null);
  const found =
    missing.length === 0
      ? []
      : await transaction
          .select()
          .from(sends)
          .where(and(eq(sends.tenant, tenant), inArray(sends.sendUid, missing)));
  const read = new Map(found.map((row) => [row.sendUid, row]));
  const entries = Map.groupBy(
    await readEntriesOfSends(transaction, tenant, uids),
    (entry) => entry.sendUid,
  );
  const told = await readRecords(transaction, tenant, 'sends', missing);
  return uids.flatMap((uid) => {
    const row = noted.get(uid) ?? read.get(uid);
    if (row === undefined) return [];
    const record = sendRecordOf(row, entries.get(uid) ?? []);
    // A message that came twice notes an entry that stands there already: nobody has to hear of it.
    return isSameValue(told.get(uid)?.record, record) ? [] : [kept(uid, record)];
  });
}

async function papersOf(
  transaction: Transaction,
  tenant: BusinessUid,
  noted: readonly NotedPaper[],
) {
  if (noted.length === 0) return [];
  const uids = noted.map(({ uid }) => uid);
  const rows = await transaction
    .select()
    .from(frozenDocuments)
    .where(and(eq(frozenDocuments.tenant, tenant), inArray(frozenDocuments.invoiceUid, uids)));
  return rows.flatMap(({ invoiceUid, document, logoSha256 }) => {
    const paper = noted.find((one) => one.uid === invoiceUid);
    if (paper === undefined) return [];
    const record = documentRecordOf(paper.uid, document, logoSha256, paper.sha256);
    return [{ record, logoSha256 }];
  });
}

/** Logos that devices were never told of. */
async function newAssets(
  transaction: Transaction,
  tenant: BusinessUid,
  sha256s: readonly string[],
): Promise<readonly Publication<'assets'>[]> {
  if (sha256s.length === 0) return [];
  const wanted = [...new Set(sha256s)].sort();
  const told = await transaction
    .select({ uid: syncRecords.uid })
    .from(syncRecords)
    .where(
      and(
        eq(syncRecords.tenant, tenant),
        eq(syncRecords.collection, 'assets'),
        inArray(syncRecords.uid, wanted),
      ),
    );
  const known = new Set(told.map(({ uid }) => uid));
  const missing = wanted.filter((sha256) => !known.has(sha256));
  if (missing.length === 0) return [];
  const rows = await transaction
    .select()
    .from(assets)
    .where(and(eq(assets.tenant, tenant), inArray(assets.sha256, missing)))
    .orderBy(asc(assets.sha256));
  return rows.map(({ sha256, data }) => kept(sha256, { uid: sha256, data }));
}
