import { inArray, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/mysql-core';

import type { SyncCollection } from '../../../../src/shared/contracts/sync/collections';
import type { Head, Heads } from '../../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { collectionHeads, syncHeads } from './schema';

/**
 * Keeps where a collection of another service stands. Events arrive in any order and more than
 * once: within an epoch the highest version stands, and of two epochs the one told of later. Each
 * assignment sees what those before it made of the row, so their order matters.
 */
export async function storeHead(
  db: Database,
  tenant: BusinessUid,
  { collection, epoch, version }: Head & { readonly collection: SyncCollection },
  movedAt: Date,
): Promise<void> {
  const moment = sql.param(movedAt, collectionHeads.movedAt);
  const isLaterEpoch = sql`epoch <> ${epoch} and moved_at < ${moment}`;
  const isAhead = sql`epoch = ${epoch} and version < ${version}`;
  await db.execute(
    sql`insert into ${collectionHeads} (tenant, collection, epoch, version, moved_at)
        values (${tenant}, ${collection}, ${epoch}, ${version}, ${moment})
        on duplicate key update
          version = if((${isLaterEpoch}) or (${isAhead}), ${version}, version),
          epoch = if(${isLaterEpoch}, ${epoch}, epoch),
          moved_at = greatest(moved_at, ${moment})`,
  );
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
