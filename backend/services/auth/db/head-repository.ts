import type { SQL } from 'drizzle-orm';
import { inArray, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/mysql-core';

import type { SyncCollection } from '../../../../src/shared/contracts/sync/collections';
import type { Head, Heads } from '../../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { collectionHeads, syncHeads } from './schema';

/** Where a collection of another service stands, and when that was told. */
export interface ToldHead extends Head {
  readonly tenant: BusinessUid;
  readonly collection: SyncCollection;
  readonly movedAt: Date;
}

/**
 * Keeps where collections of other services stand. Events arrive in any order and more than once:
 * within an epoch the highest version stands, and of two epochs the one told of later. Each
 * assignment sees what those before it made of the row, so their order matters.
 */
export async function storeHeads(db: Database, heads: readonly ToldHead[]): Promise<void> {
  if (heads.length === 0) return;
  // In one order, so that two statements at once do not wait for each other.
  const rows = heads.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)).map(rowOf);
  const isLaterEpoch = sql`epoch <> values(epoch) and moved_at < values(moved_at)`;
  const isAhead = sql`epoch = values(epoch) and version < values(version)`;
  await db.execute(
    sql`insert into ${collectionHeads} (tenant, collection, epoch, version, moved_at)
        values ${sql.join(rows, sql`, `)}
        on duplicate key update
          version = if((${isLaterEpoch}) or (${isAhead}), values(version), version),
          epoch = if(${isLaterEpoch}, values(epoch), epoch),
          moved_at = greatest(moved_at, values(moved_at))`,
  );
}

function keyOf({ tenant, collection }: ToldHead): string {
  return `${tenant} ${collection}`;
}

function rowOf({ tenant, collection, epoch, version, movedAt }: ToldHead): SQL {
  const moment = sql.param(movedAt, collectionHeads.movedAt);
  return sql`(${tenant}, ${collection}, ${epoch}, ${version}, ${moment})`;
}

/** Where all collections of some businesses stand: settings here, the others as they were told. */
export async function headsOfTenants(
  db: Database,
  tenants: readonly BusinessUid[],
): Promise<ReadonlyMap<string, Heads>> {
  const [own, told] = [syncHeads, collectionHeads].map((table) =>
    db
      .select({
        tenant: table.tenant,
        collection: table.collection,
        epoch: table.epoch,
        version: table.version,
      })
      .from(table)
      .where(inArray(table.tenant, [...tenants])),
  );
  if (own === undefined || told === undefined) throw new Error('two tables make two queries');
  const found = new Map<string, Heads>();
  for (const { tenant, collection, epoch, version } of await unionAll(own, told)) {
    found.set(tenant, { ...found.get(tenant), [collection]: { epoch, version } });
  }
  return found;
}
