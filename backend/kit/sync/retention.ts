import { and, eq, gt, lt, lte, max, sql } from 'drizzle-orm';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { MAX_BATCH } from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Database } from '../database/database';
import { transact } from '../database/database';
import { syncHeads, syncRecords } from '../database/kit-tables';
import type { Logger } from '../telemetry/log';
import { describeError } from '../telemetry/log';

/** How long a device may be away without having to pull everything again. */
export const TOMBSTONE_DAYS = 180;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Collections that are looked at in one turn. */
const MAX_COLLECTIONS = 1_000;

/**
 * Forgets tombstones that are older than `TOMBSTONE_DAYS` (R56). First the floor of a collection is
 * raised: from then on a cursor below it is expired. What lies below the floor is removed by a later
 * turn, so that no pull that was let in before misses a deletion. Returns how many were removed.
 */
export async function pruneTombstones(db: Database, now: Date): Promise<number> {
  const removed = await removeBelowFloors(db);
  await raiseFloors(db, new Date(now.getTime() - TOMBSTONE_DAYS * DAY_MS));
  return removed;
}

async function removeBelowFloors(db: Database): Promise<number> {
  const heads = await db
    .select({
      tenant: syncHeads.tenant,
      collection: syncHeads.collection,
      floor: syncHeads.tombstoneFloor,
    })
    .from(syncHeads)
    .where(gt(syncHeads.tombstoneFloor, 0));
  let removed = 0;
  for (const { tenant, collection, floor } of heads) {
    for (let count = MAX_BATCH; count === MAX_BATCH; removed += count) {
      const [header] = await db
        .delete(syncRecords)
        .where(
          and(
            eq(syncRecords.tenant, tenant),
            eq(syncRecords.collection, collection),
            eq(syncRecords.deleted, true),
            lte(syncRecords.version, floor),
          ),
        )
        .limit(MAX_BATCH);
      count = header.affectedRows;
    }
  }
  return removed;
}

async function raiseFloors(db: Database, before: Date): Promise<void> {
  const { tenant, collection, version } = syncRecords;
  const old = await db
    .select({ tenant, collection, newest: max(version) })
    .from(syncRecords)
    .where(and(eq(syncRecords.deleted, true), lt(syncRecords.changedAt, before)))
    .groupBy(tenant, collection)
    .limit(MAX_COLLECTIONS);
  for (const { tenant: owner, collection: name, newest } of old) {
    if (newest !== null) await raiseFloor(db, owner as BusinessUid, name, newest);
  }
}

async function raiseFloor(
  db: Database,
  tenant: BusinessUid,
  collection: SyncCollection,
  floor: number,
): Promise<void> {
  await transact(db, async (transaction) => {
    await transaction
      .update(syncHeads)
      .set({ tombstoneFloor: sql`greatest(${syncHeads.tombstoneFloor}, ${floor})` })
      .where(and(eq(syncHeads.tenant, tenant), eq(syncHeads.collection, collection)));
  });
}

/** Prunes once an hour until stopped. */
export function startRetention(db: Database, log: Logger): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = pruneTombstones(db, new Date()).then(
      (removed) => {
        if (removed > 0) log.info({ removed }, 'old tombstones were removed');
      },
      (error: unknown) => log.error(describeError(error), 'old tombstones could not be removed'),
    );
  }, HOUR_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
