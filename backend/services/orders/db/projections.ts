import { and, eq, inArray, isNull, sql } from 'drizzle-orm';

import type { BusinessSettings } from '../../../../src/shared/contracts/events/events';
import type { BusinessUid, ClientUid, OrderUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { storeIfNewer } from '../../../kit/database/store-if-newer';
import type { OrderDocument } from '../domain/invoicing';
import type { Taking } from './schema';
import { businesses, clients, orderDocuments } from './schema';

type Scope = Database | Transaction;

/** What others told, each applied only when it is newer. */

/** Whether a client stands; null when nothing is known of it. */
export async function isClientStanding(
  scope: Scope,
  tenant: BusinessUid,
  id: number,
): Promise<boolean | null> {
  const [row] = await scope
    .select({ deleted: clients.deleted })
    .from(clients)
    .where(and(eq(clients.tenant, tenant), eq(clients.id, id)));
  return row === undefined ? null : !row.deleted;
}

/** What is kept of a client of others. */
export type ToldClient = typeof clients.$inferSelect;

export async function storeClients(scope: Scope, told: readonly ToldClient[]): Promise<void> {
  const rows = told.map(({ tenant, id, uid, revision, deleted }) => ({
    ...{ tenant, id, uid },
    ...{ revision, deleted },
  }));
  await storeIfNewer(scope, clients, ...rows);
}

/** The ids of clients by their uids, as far as they were told of. */
export async function clientIdsOf(
  scope: Scope,
  tenant: BusinessUid,
  uids: readonly ClientUid[],
): Promise<ReadonlyMap<string, number>> {
  return uids.length === 0 ? new Map() : idsByUid(await selectClients(scope, tenant, uids));
}

/** The same, waiting for whoever is about to tell of one of them. */
export async function lockClientIdsOf(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly ClientUid[],
): Promise<ReadonlyMap<string, number>> {
  return idsByUid(await selectClients(transaction, tenant, uids).for('update'));
}

function selectClients(scope: Scope, tenant: BusinessUid, uids: readonly ClientUid[]) {
  return scope
    .select({ id: clients.id, uid: clients.uid })
    .from(clients)
    .where(and(eq(clients.tenant, tenant), inArray(clients.uid, [...uids])));
}

function idsByUid(rows: readonly { readonly id: number; readonly uid: string }[]) {
  return new Map(rows.map(({ id, uid }) => [uid, id]));
}

/** The uid of a client that was told of. */
export async function clientUidOf(
  scope: Scope,
  tenant: BusinessUid,
  id: number,
): Promise<ClientUid | null> {
  const [row] = await scope
    .select({ uid: clients.uid })
    .from(clients)
    .where(and(eq(clients.tenant, tenant), eq(clients.id, id)));
  return row?.uid ?? null;
}

export type BusinessRow = Omit<typeof businesses.$inferSelect, 'tenant' | 'revision'>;

/** What orders start from; null when nothing is known of the business. */
export async function findBusiness(scope: Scope, tenant: BusinessUid): Promise<BusinessRow | null> {
  const { currency, timeZone, pricesIncludeTax } = businesses;
  const [row] = await scope
    .select({ currency, timeZone, pricesIncludeTax })
    .from(businesses)
    .where(eq(businesses.tenant, tenant));
  return row ?? null;
}

export async function storeBusiness(
  scope: Scope,
  tenant: BusinessUid,
  told: { readonly revision: number; readonly settings: BusinessSettings },
): Promise<void> {
  const { currency, timeZone, pricesIncludeTax } = told.settings;
  await storeIfNewer(scope, businesses, {
    tenant,
    revision: told.revision,
    currency,
    timeZone,
    pricesIncludeTax,
  });
}

/** What an event tells of a document. */
export interface ToldDocument {
  readonly invoiceId: number;
  readonly revision: number;
  readonly orderId: number | null;
  readonly orderUid: OrderUid | null;
  readonly takings: readonly Taking[];
  readonly deleted: boolean;
}

/**
 * Keeps what is told of a document if it is newer, and holds its row. Returns the orders that it
 * concerns now and did before; none when nothing was to be done.
 */
export async function storeDocument(
  transaction: Transaction,
  tenant: BusinessUid,
  told: ToldDocument,
): Promise<readonly number[]> {
  const key = and(eq(orderDocuments.tenant, tenant), eq(orderDocuments.invoiceId, told.invoiceId));
  // Made first, so that there is a row to lock and two messages at once take turns.
  await transaction
    .insert(orderDocuments)
    .values({ tenant, ...told, revision: 0, orderId: null, takings: [] })
    .onDuplicateKeyUpdate({ set: { revision: sql`${orderDocuments.revision}` } });
  const [before] = await transaction.select().from(orderDocuments).where(key).for('update');
  if (before === undefined || before.revision >= told.revision) return [];
  await transaction.update(orderDocuments).set(told).where(key);
  const concerned = [before.orderId, told.orderId].filter((id) => id !== null);
  // In one order always, so that two documents of the same orders do not wait for each other.
  return [...new Set(concerned)].sort((a, b) => a - b);
}

/**
 * Documents that were told of before their order, given to it now that it is kept. Waits for those
 * that are being told of at this moment.
 */
export async function adoptDocuments(
  transaction: Transaction,
  tenant: BusinessUid,
  order: { readonly id: number; readonly uid: OrderUid },
): Promise<void> {
  await transaction
    .update(orderDocuments)
    .set({ orderId: order.id })
    .where(
      and(
        eq(orderDocuments.tenant, tenant),
        eq(orderDocuments.orderUid, order.uid),
        isNull(orderDocuments.orderId),
      ),
    );
}

/** Which of the orders were named by documents that came before them; waits as `adoptDocuments`. */
export async function lockEarlyDocuments(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly OrderUid[],
): Promise<ReadonlySet<OrderUid>> {
  if (uids.length === 0) return new Set();
  const rows = await transaction
    .select({ uid: orderDocuments.orderUid })
    .from(orderDocuments)
    .where(and(eq(orderDocuments.tenant, tenant), inArray(orderDocuments.orderUid, [...uids])))
    .for('update');
  return new Set(rows.flatMap(({ uid }) => uid ?? []));
}

/** The documents of an order, deleted ones included. */
export async function readDocuments(
  scope: Scope,
  tenant: BusinessUid,
  orderId: number,
): Promise<readonly OrderDocument[]> {
  return scope
    .select({ deleted: orderDocuments.deleted, takings: orderDocuments.takings })
    .from(orderDocuments)
    .where(and(eq(orderDocuments.tenant, tenant), eq(orderDocuments.orderId, orderId)));
}
