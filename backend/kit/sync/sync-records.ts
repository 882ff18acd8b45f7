import { and, eq, inArray } from 'drizzle-orm';

import type { SyncCollection, SyncRecord } from '../../../src/shared/contracts/sync/collections';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Database, Transaction } from '../database/database';
import { syncRecords } from '../database/kit-tables';

/** A record as the cloud keeps it. */
export interface KeptRecord<C extends SyncCollection = SyncCollection> {
  readonly uid: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly record: SyncRecord<C>;
}

/** Records by their uids, deleted ones too; those that are not here are left out. */
export async function readRecords<C extends SyncCollection>(
  scope: Database | Transaction,
  tenant: BusinessUid,
  collection: C,
  uids: readonly string[],
): Promise<ReadonlyMap<string, KeptRecord<C>>> {
  if (uids.length === 0) return new Map();
  return byUid<C>(await select(scope, tenant, collection, uids));
}

/** The same, held until the transaction ends. */
export async function lockRecords<C extends SyncCollection>(
  transaction: Transaction,
  tenant: BusinessUid,
  collection: C,
  uids: readonly string[],
): Promise<ReadonlyMap<string, KeptRecord<C>>> {
  if (uids.length === 0) return new Map();
  return byUid<C>(await select(transaction, tenant, collection, uids).for('update'));
}

function select(
  scope: Database | Transaction,
  tenant: BusinessUid,
  collection: SyncCollection,
  uids: readonly string[],
) {
  const { uid, version, deleted, record } = syncRecords;
  return scope
    .select({ uid, version, deleted, record })
    .from(syncRecords)
    .where(
      and(
        eq(syncRecords.tenant, tenant),
        eq(syncRecords.collection, collection),
        inArray(syncRecords.uid, [...uids]),
      ),
    );
}

interface Row {
  readonly uid: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly record: string;
}

function byUid<C extends SyncCollection>(rows: readonly Row[]): ReadonlyMap<string, KeptRecord<C>> {
  // The text was made from a record that its schema had parsed.
  return new Map(
    rows.map((row) => [row.uid, { ...row, record: JSON.parse(row.record) as SyncRecord<C> }]),
  );
}
