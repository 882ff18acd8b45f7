import { and, eq } from 'drizzle-orm';

import type { OrderRecord } from '../../../../src/shared/contracts/sync/records';
import type { BusinessUid, ClientUid } from '../../../../src/shared/domain/ids';
import { computeTotals } from '../../../../src/shared/domain/totals';
import type { Transaction } from '../../../kit/database/database';
import type { ApplyContext, SyncedCollection } from '../../../kit/sync/synced-collection';
import { readRecords } from '../../../kit/sync/sync-records';
import { stateOf } from '../api/order-view';
import type { StoredOrder } from '../db/order-repository';
import { insertToldOrder, lockOrdersByUid, saveOrder } from '../db/order-repository';
import { productIdsOf } from '../db/product-repository';
import { clientIdsOf } from '../db/projections';
import { waitingOrders } from '../db/schema';
import { linesOfWire } from '../domain/wire-order';

/** Orders of REST that a batch is about, locked. */
type Prepared = ReadonlyMap<string, StoredOrder>;

interface ToldOrder {
  readonly uid: string;
  readonly after: OrderRecord;
  readonly isDeleted: boolean;
}

type Tell = ApplyContext['record'];

/** Orders as devices change them. REST shows those that have a client it knows, and a line. */
export const ordersCollection: SyncedCollection<'orders', Prepared> = {
  name: 'orders',

  prepare: (transaction, tenant, mutations) =>
    lockOrdersByUid(transaction, tenant, [...new Set(mutations.map(({ uid }) => uid))]),

  apply: (transaction, tenant, changes, prepared, { now, record }) =>
    storeOrders(transaction, tenant, changes, prepared, now, record),
};

async function storeOrders(
  transaction: Transaction,
  tenant: BusinessUid,
  told: readonly ToldOrder[],
  prepared: Prepared,
  now: Date,
  tell: Tell,
): Promise<void> {
  const clientUids = told.flatMap(({ after }) => after.clientUid ?? []);
  const clientIds = await clientIdsOf(transaction, tenant, clientUids);
  const productUids = told.flatMap(({ after }) =>
    after.lines.flatMap(({ productUid }) => productUid ?? []),
  );
  const productIds = await productIdsOf(transaction, tenant, productUids);
  for (const { uid, after, isDeleted } of told) {
    const stored = prepared.get(uid) ?? null;
    const clientId = after.clientUid === null ? null : (clientIds.get(after.clientUid) ?? null);
    await noteWaiting(transaction, tenant, after, clientId === null);
    const isShown = clientId !== null && after.lines.length > 0;
    if (stored === null && !isShown) continue;
    const next = {
      uid: after.uid,
      clientId: clientId ?? stored?.clientId ?? 0,
      status: after.status,
      orderDate: after.orderDate,
      currency: after.currency,
      buyerReference: after.buyerReference,
      notes: after.notes,
      pricesIncludeTax: after.pricesIncludeTax,
      total: computeTotals(after).total,
      lines: isShown ? linesOfWire(after, stored?.lines ?? [], productIds) : (stored?.lines ?? []),
      revision: (stored?.revision ?? 0) + 1,
      number: after.number,
      // What REST cannot show is not there for it.
      deletedAt: isDeleted || !isShown ? (stored?.deletedAt ?? now) : null,
      createdAt: stored?.createdAt ?? now,
      updatedAt: now,
    };
    if (stored === null) {
      tell('OrderCreated', stateOf(await insertToldOrder(transaction, tenant, next)));
    } else {
      const saved = await saveOrder(transaction, tenant, stored, { ...next, id: stored.id });
      tell('OrderUpdated', stateOf(saved));
    }
  }
}

async function noteWaiting(
  transaction: Transaction,
  tenant: BusinessUid,
  { uid, clientUid }: OrderRecord,
  isClientUnknown: boolean,
): Promise<void> {
  if (clientUid !== null && isClientUnknown) {
    await transaction
      .insert(waitingOrders)
      .values({ tenant, uid, clientUid })
      .onDuplicateKeyUpdate({ set: { clientUid } });
    return;
  }
  await transaction
    .delete(waitingOrders)
    .where(and(eq(waitingOrders.tenant, tenant), eq(waitingOrders.uid, uid)));
}

/** Orders that waited for a client which has now been told of: REST shows them from here on. */
export async function showWaitingOrders(
  transaction: Transaction,
  tenant: BusinessUid,
  clientUid: ClientUid,
  tell: Tell,
): Promise<void> {
  const waiting = await transaction
    .select({ uid: waitingOrders.uid })
    .from(waitingOrders)
    .where(and(eq(waitingOrders.tenant, tenant), eq(waitingOrders.clientUid, clientUid)))
    .for('update');
  if (waiting.length === 0) return;
  const uids = waiting.map(({ uid }) => uid);
  const prepared = await lockOrdersByUid(transaction, tenant, uids);
  const records = await readRecords(transaction, tenant, 'orders', uids);
  const told = [...records.values()].map(({ uid, record, deleted }) => ({
    uid,
    after: record,
    isDeleted: deleted,
  }));
  await storeOrders(transaction, tenant, told, prepared, new Date(), tell);
}
