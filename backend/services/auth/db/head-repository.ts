import { and, eq, inArray, lt, ne, or, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/mysql-core';

import type { SyncCollection } from '../../../../src/shared/contracts/sync/collections';
import type { Head, Heads } from '../../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { collectionHeads, syncHeads } from './schema';

/**
 * Keeps where a collection of another service stands. Events arrive in any order and more than
 * once: within an epoch the highest version stands, and of two epochs the one told of later.
 */
export async function storeHead(
  db: Database,
  tenant: BusinessUid,
  { collection, epoch, version }: Head & { readonly collection: SyncCollection },
  movedAt: Date,
): Promise<void> {
  await db
    .insert(collectionHeads)
    .values({ tenant, collection, epoch, version, movedAt })
    .onDuplicateKeyUpdate({ set: { version: sql`${collectionHeads.version}` } });
  await db
    .update(collectionHeads)
    .set({ epoch, version, movedAt: sql`greatest(${collectionHeads.movedAt}, ${movedAt})` })
    .where(
      and(
        eq(collectionHeads.tenant, tenant),
        eq(collectionHeads.collection, collection),
        or(
          and(eq(collectionHeads.epoch, epoch), lt(collectionHeads.version, version)),
          and(ne(collectionHeads.epoch, epoch), lt(collectionHeads.movedAt, movedAt)),
        ),
      ),
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
