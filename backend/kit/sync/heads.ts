import { randomUUID } from 'node:crypto';

import { and, eq, sql } from 'drizzle-orm';
import type { ResultSetHeader } from 'mysql2';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../../src/shared/contracts/sync/collections';
import type { Heads } from '../../../src/shared/contracts/sync/protocol';
import type { EventName } from '../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Database, Transaction } from '../database/database';
import { transact } from '../database/database';
import { outbox, syncHeads } from '../database/kit-tables';

type Scope = Database | Transaction;
export type HeadRow = Pick<typeof syncHeads.$inferSelect, 'epoch' | 'version' | 'tombstoneFloor'>;

/** What tells the auth service, which keeps the poll, that a collection has changes. */
const MOVED_EVENTS: Readonly<Partial<Record<ServiceName, EventName>>> = {
  clients: 'ClientsMoved',
  orders: 'OrdersMoved',
  invoices: 'InvoicesMoved',
};

/** Their events: each tells the newest state, whatever was told before. */
export const MOVED_EVENT_NAMES: ReadonlySet<string> = new Set(Object.values(MOVED_EVENTS));

/** The event of a collection's owner; null for the auth service, which looks for itself. */
export function movedEventOf(collection: SyncCollection): EventName | null {
  return MOVED_EVENTS[SYNC_COLLECTIONS[collection].service] ?? null;
}

function isHead(tenant: BusinessUid, collection: SyncCollection) {
  return and(eq(syncHeads.tenant, tenant), eq(syncHeads.collection, collection));
}

/** Where a collection stands. Its first use gives it an epoch; never inside a transaction. */
export async function ensureHead(
  db: Database,
  tenant: BusinessUid,
  collection: SyncCollection,
): Promise<HeadRow> {
  const found = await readHead(db, tenant, collection);
  if (found !== null) return found;
  await db
    .insert(syncHeads)
    .values({ tenant, collection, epoch: randomUUID(), version: 0 })
    .onDuplicateKeyUpdate({ set: { version: sql`${syncHeads.version}` } });
  const made = await readHead(db, tenant, collection);
  if (made === null) throw new Error(`the head of ${collection} is not there`);
  return made;
}

async function readHead(
  scope: Scope,
  tenant: BusinessUid,
  collection: SyncCollection,
): Promise<HeadRow | null> {
  const { epoch, version, tombstoneFloor } = syncHeads;
  const [row] = await scope
    .select({ epoch, version, tombstoneFloor })
    .from(syncHeads)
    .where(isHead(tenant, collection));
  return row ?? null;
}

/** Where the collections of this service stand, as far as anybody used them. */
export async function headsOf(db: Database, tenant: BusinessUid): Promise<Heads> {
  const rows = await db.select().from(syncHeads).where(eq(syncHeads.tenant, tenant));
  return Object.fromEntries(
    rows.map(({ collection, epoch, version }) => [collection, { epoch, version }]),
  );
}

/**
 * Advances a collection by `count` changes and holds its row until the commit, so that versions
 * become visible in their order (R50). Returns the newest version.
 */
export async function advanceHead(
  transaction: Transaction,
  tenant: BusinessUid,
  collection: SyncCollection,
  count: number,
): Promise<number> {
  const [header] = (await transaction
    .insert(syncHeads)
    .values({ tenant, collection, epoch: randomUUID(), version: count })
    .onDuplicateKeyUpdate({
      set: { version: sql`last_insert_id(${syncHeads.version} + ${count})` },
    })) as unknown as [ResultSetHeader];
  // A row that was not there begins at `count`, and tells no id.
  return header.insertId === 0 ? count : header.insertId;
}

/**
 * Begins another life of every collection (R60): the last step of putting back a backup of a
 * service's database, before the service runs again. Devices push again what the backup lacks.
 * Returns how many collections there are.
 */
export async function renewEpochs(db: Database): Promise<number> {
  return transact(db, async (transaction) => {
    const heads = await transaction.select().from(syncHeads).for('update');
    for (const { tenant, collection, version } of heads) {
      const epoch = randomUUID();
      const own = tenant as BusinessUid;
      await transaction.update(syncHeads).set({ epoch }).where(isHead(own, collection));
      const name = movedEventOf(collection);
      if (name === null) continue;
      await transaction.insert(outbox).values({
        eventId: randomUUID(),
        name,
        tenant,
        occurredAt: new Date(),
        trace: {},
        data: { collection, epoch, version },
      });
    }
    return heads.length;
  });
}
