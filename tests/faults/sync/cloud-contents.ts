import { format, type RowDataPacket } from 'mysql2';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { COLLECTION_ORDER } from '../../../src/shared/contracts/sync/collections';
import type { FieldConflict, Outcome } from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { type Databases, SYNCING } from './databases';

/** What the cloud holds of a record. */
export interface CloudRecord {
  readonly deleted: boolean;
  readonly record: Readonly<Record<string, unknown>>;
}

/** By collection and uid. */
export type CloudRecords = ReadonlyMap<SyncCollection, ReadonlyMap<string, CloudRecord>>;

/** Everything that the collections of a business hold. */
export async function readCloudRecords(
  databases: Databases,
  tenant: BusinessUid,
): Promise<CloudRecords> {
  const rows = await readRows(
    databases,
    tenant,
    'collection, uid, deleted, record',
    'sync_records',
  );
  const records = new Map(
    COLLECTION_ORDER.map((collection) => [collection, new Map<string, CloudRecord>()]),
  );
  for (const { collection, uid, deleted, record } of rows) {
    const held = records.get(collection as SyncCollection);
    held?.set(String(uid), {
      deleted: Boolean(deleted),
      record: JSON.parse(String(record)) as CloudRecord['record'],
    });
  }
  return records;
}

/** An outcome without the record, as it is stored; null where all was applied and nothing is to be told. */
export type StoredOutcome = Pick<Outcome, 'kind'> & {
  readonly notices?: readonly string[];
  readonly fields?: readonly FieldConflict[];
  readonly code?: string;
  readonly field?: string;
};

export interface ToldMutation {
  readonly uid: string;
  readonly outcome: StoredOutcome | null;
}

/** By UUID. */
export type ToldMutations = ReadonlyMap<string, ToldMutation>;

/** What became of every mutation that was told. */
export async function readTold(databases: Databases, tenant: BusinessUid): Promise<ToldMutations> {
  const rows = await readRows(databases, tenant, 'uuid, uid, outcome', 'sync_mutations');
  return new Map(
    rows.map(({ uuid, uid, outcome }) => [
      String(uuid),
      { uid: String(uid), outcome: parseOutcome(outcome as string | null) },
    ]),
  );
}

function parseOutcome(text: string | null): StoredOutcome | null {
  return text === null ? null : (JSON.parse(text) as StoredOutcome);
}

/** Rows of a table that each service has, asked for at once. */
async function readRows(
  databases: Databases,
  tenant: BusinessUid,
  columns: string,
  table: string,
): Promise<readonly RowDataPacket[]> {
  const found = await databases.runAll(
    SYNCING.map((service) =>
      format(`select ${columns} from ${databases.nameOf(service, table)} where tenant = ?`, [
        tenant,
      ]),
    ),
  );
  return found.flat();
}
