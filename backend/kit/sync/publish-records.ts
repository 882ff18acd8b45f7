import { randomUUID } from 'node:crypto';

import { escape, raw } from 'mysql2';

import type { EventData, EventName } from '../../../src/shared/contracts/events/events';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { COLLECTION_ORDER, SYNC_COLLECTIONS } from '../../../src/shared/contracts/sync/collections';
import { MAX_BATCH } from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Transaction } from '../database/database';
import { insertRows } from '../database/insert-rows';
import { outbox, syncRecords } from '../database/kit-tables';
import { fillsOutbox } from '../messaging/outbox';
import { currentTrace } from '../telemetry/telemetry';
import { advanceHead, movedEventOf } from './heads';
import type { Publication } from './synced-collection';

/** An event to be told with the records. */
export type ToldEvent = {
  [N in EventName]: { readonly name: N; readonly data: EventData<N> };
}[EventName];

/** The changed records of one collection. */
export interface Publications<C extends SyncCollection = SyncCollection> {
  readonly collection: C;
  readonly changes: readonly Publication<C>[];
}

/**
 * Tells devices of records that were changed by other ways than sync: the last thing in the
 * transaction that changes them, which holds the lock of the service's own row. `events` are told
 * to other services along with it, by one statement.
 */
export async function publishRecords<C extends SyncCollection>(
  transaction: Transaction,
  tenant: BusinessUid,
  collection: C,
  changes: readonly Publication<C>[],
  events: readonly ToldEvent[] = [],
): Promise<void> {
  await publishAll(transaction, tenant, [{ collection, changes }], events);
}

/** The same for several collections of one service. */
export async function publishAll(
  transaction: Transaction,
  tenant: BusinessUid,
  publications: readonly Publications[],
  events: readonly ToldEvent[] = [],
): Promise<void> {
  const sets = publications.map(({ collection, changes }) => ({
    collection,
    records: changes.map(({ uid, record, deleted }) => ({
      uid,
      deleted,
      isNew: false,
      text: textOf(collection, record),
    })),
  }));
  await writeRecords(transaction, tenant, sets, events, new Date());
}

/** The text of a record as it is kept and sent: its schema's fields in the schema's order. */
export function textOf(collection: SyncCollection, record: unknown): string {
  return JSON.stringify(SYNC_COLLECTIONS[collection].record.parse(record));
}

/** A record as it is to stand in `sync_records`. */
export interface RecordText {
  readonly uid: string;
  readonly deleted: boolean;
  readonly text: string;
  /** Nobody has seen it under a lock: when it is there after all, the insert fails. */
  readonly isNew: boolean;
}

export interface RecordSet {
  readonly collection: SyncCollection;
  readonly records: readonly RecordText[];
}

/**
 * Writes records under new versions and tells the events, the heads' locks last and in one order
 * for all (R50). Returns the version of each record.
 */
export async function writeRecords(
  transaction: Transaction,
  tenant: BusinessUid,
  sets: readonly RecordSet[],
  events: readonly ToldEvent[],
  now: Date,
): Promise<ReadonlyMap<SyncCollection, ReadonlyMap<string, number>>> {
  const versions = new Map<SyncCollection, ReadonlyMap<string, number>>();
  const moved: MovedHead[] = [];
  const rows: { readonly isNew: boolean; readonly row: typeof syncRecords.$inferInsert }[] = [];
  for (const { collection, records } of inOrder(sets)) {
    const head = await advanceHead(transaction, tenant, collection, records.length);
    const own = records.map(({ uid, deleted, text, isNew }, index) => ({
      isNew,
      row: {
        tenant,
        collection,
        uid,
        deleted,
        version: head - records.length + 1 + index,
        record: text,
        bytes: Buffer.byteLength(text),
        changedAt: now,
      },
    }));
    versions.set(collection, new Map(own.map(({ row }) => [row.uid, row.version])));
    rows.push(...own);
    moved.push({ collection, version: head });
  }
  const rowsOf = (isNewWanted: boolean) =>
    rows.filter(({ isNew }) => isNew === isNewWanted).map(({ row }) => row);
  await insertRows(transaction, syncRecords, rowsOf(true));
  await insertRows(transaction, syncRecords, rowsOf(false), {
    overwriteBut: ['tenant', 'collection', 'uid'],
  });
  await tell(transaction, tenant, events, moved, now);
  return versions;
}

function inOrder(sets: readonly RecordSet[]): readonly RecordSet[] {
  const filled = sets.filter(({ records }) => records.length > 0);
  for (const { collection, records } of filled) {
    // R51; what has more to change does it in several transactions.
    if (records.length > MAX_BATCH) throw new Error(`${records.length} ${collection} at once`);
  }
  const place = ({ collection }: RecordSet) => COLLECTION_ORDER.indexOf(collection);
  return filled.toSorted((one, other) => place(one) - place(other));
}

interface MovedHead {
  readonly collection: SyncCollection;
  readonly version: number;
}

/** One event for each collection, whatever the number of records; the epoch is read on the way. */
async function tell(
  transaction: Transaction,
  tenant: BusinessUid,
  events: readonly ToldEvent[],
  moved: readonly MovedHead[],
  now: Date,
): Promise<void> {
  const trace = currentTrace();
  const common = () => ({ eventId: randomUUID(), tenant, occurredAt: now, trace });
  const told = events.map(({ name, data }) => ({ ...common(), name, data }));
  const heads = moved.flatMap(({ collection, version }) => {
    const name = movedEventOf(collection);
    const epoch = `(select h.epoch from sync_heads h where h.tenant = ${escape(tenant)} and h.collection = ${escape(collection)})`;
    const data = raw(
      `concat('{"collection":"', ${escape(collection)}, '","epoch":"', ${epoch}, '","version":${version}}')`,
    );
    return name === null ? [] : [{ ...common(), name, data }];
  });
  await insertRows(transaction, outbox, [...told, ...heads]);
  if (told.length + heads.length > 0) fillsOutbox(transaction);
}
