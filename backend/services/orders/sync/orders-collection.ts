import { and, eq, inArray } from 'drizzle-orm';

import type { OrderRecord } from '../../../../src/shared/contracts/sync/records';
import type { BusinessUid, ClientUid, OrderUid } from '../../../../src/shared/domain/ids';
import { computeTotals, oversizedAmounts } from '../../../../src/shared/domain/totals';
import type { Transaction } from '../../../kit/database/database';
import { isOneOf } from '../../../kit/database/is-one-of';
import type { ApplyContext, SyncedCollection } from '../../../kit/sync/synced-collection';
import { readRecords } from '../../../kit/sync/sync-records';
import { stateOf } from '../api/order-view';
import type { StoredOrder, ToldRow } from '../db/order-repository';
import { insertToldOrders, lockOrdersByUid, saveOrder } from '../db/order-repository';
import { productIdsOf } from '../db/product-repository';
import {
  adoptDocuments,
  clientIdsOf,
  lockClientIdsOf,
  lockEarlyDocuments,
  readDocuments,
} from '../db/projections';
import { waitingOrders } from '../db/schema';
import { withDocuments } from '../domain/invoicing';
import { linesOfWire } from '../domain/wire-order';

/** Orders of REST that a batch is about, locked. */
type Prepared = ReadonlyMap<string, StoredOrder>;

interface ToldOrder {
  readonly uid: string;
  readonly after: OrderRecord;
  readonly isDeleted: boolean;
}

type Tell = ApplyContext['record'];

/** Characters that the database has for a number. */
const NUMBER_LENGTH = 50;

/** Orders as devices change them. REST shows those that have a client it knows, and a line. */
export const ordersCollection: SyncedCollection<'orders', Prepared> = {
  name: 'orders',

  prepare: (transaction, tenant, mutations) =>
    lockOrdersByUid(transaction, tenant, [...new Set(mutations.map(({ uid }) => uid))]),

  decide({ after }) {
    // What REST could not show, nor anybody add up.
    if (after.number.length > NUMBER_LENGTH) {
      return { kind: 'reject', code: 'too_big', field: 'number' };
    }
    const [oversized] = oversizedAmounts(after);
    return oversized === undefined
      ? { kind: 'accept' }
      : { kind: 'reject', code: oversized.code, field: oversized.field };
  },

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
  const clientIds = await findClients(transaction, tenant, told);
  const productUids = told.flatMap(({ after }) =>
    after.lines.flatMap(({ productUid }) => productUid ?? []),
  );
  const productIds = await productIdsOf(transaction, tenant, productUids);
  const added: ToldRow[] = [];
  for (const one of told) {
    const stored = prepared.get(one.uid) ?? null;
    const next = rowOf(one, stored, clientIds, productIds, now);
    if (stored !== null) {
      const saved = await saveOrder(transaction, tenant, stored, { ...next, id: stored.id });
      tell('OrderUpdated', stateOf(saved));
    } else if (isShown(one.after, clientIds)) {
      added.push(next);
    }
  }
  const created = await insertToldOrders(transaction, tenant, added);
  const uids = created.map(({ uid }) => uid);
  const early = await lockEarlyDocuments(transaction, tenant, uids);
  for (const order of created) {
    tell('OrderCreated', stateOf(order));
    if (early.has(order.uid)) await takeDocuments(transaction, tenant, order);
  }
}

/** What documents that came before their order take of it; its status is what the device said. */
async function takeDocuments(
  transaction: Transaction,
  tenant: BusinessUid,
  order: StoredOrder,
): Promise<void> {
  await adoptDocuments(transaction, tenant, order);
  const documents = await readDocuments(transaction, tenant, order.id);
  const { lines } = withDocuments(order, documents);
  await saveOrder(transaction, tenant, order, { ...order, lines });
}

function isShown({ clientUid, lines }: OrderRecord, clientIds: ClientIds): boolean {
  return clientUid !== null && clientIds.has(clientUid) && lines.length > 0;
}

function rowOf(
  { after, isDeleted }: ToldOrder,
  stored: StoredOrder | null,
  clientIds: ClientIds,
  productIds: ReadonlyMap<string, number>,
  now: Date,
): ToldRow {
  const isVisible = isShown(after, clientIds);
  const clientId = after.clientUid === null ? undefined : clientIds.get(after.clientUid);
  const lines = stored?.lines ?? [];
  return {
    uid: after.uid,
    clientId: clientId ?? stored?.clientId ?? 0,
    status: after.status,
    orderDate: after.orderDate,
    currency: after.currency,
    buyerReference: after.buyerReference,
    notes: after.notes,
    pricesIncludeTax: after.pricesIncludeTax,
    total: computeTotals(after).total,
    lines: isVisible ? linesOfWire(after, lines, productIds) : lines,
    revision: (stored?.revision ?? 0) + 1,
    number: after.number,
    // What REST cannot show is not there for it.
    deletedAt: isDeleted || !isVisible ? (stored?.deletedAt ?? now) : null,
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  };
}

type ClientIds = ReadonlyMap<string, number>;

/**
 * The clients of orders as far as they were told of; the others' orders are noted as waiting. The
 * event of a client stores it first and then looks who waits, under locks as here, so that whichever
 * comes second sees the other.
 */
async function findClients(
  transaction: Transaction,
  tenant: BusinessUid,
  told: readonly ToldOrder[],
): Promise<ClientIds> {
  const uids = told.flatMap(({ after }) => after.clientUid ?? []);
  const known = await clientIdsOf(transaction, tenant, uids);
  await transaction.delete(waitingOrders).where(
    and(
      eq(waitingOrders.tenant, tenant),
      inArray(
        waitingOrders.uid,
        told.map(({ after }) => after.uid),
      ),
    ),
  );
  const waiting = told.flatMap(({ after: { uid, clientUid } }) =>
    clientUid === null || known.has(clientUid) ? [] : [{ tenant, uid, clientUid }],
  );
  if (waiting.length === 0) return known;
  await transaction.insert(waitingOrders).values(waiting);
  return lockClientIdsOf(transaction, tenant, uids);
}

/** Orders that wait for one of these clients, held, by their business. */
export async function lockWaitingOrders(
  transaction: Transaction,
  told: readonly {
    readonly tenant: BusinessUid;
    readonly uid: ClientUid;
    readonly deleted: boolean;
  }[],
): Promise<ReadonlyMap<BusinessUid, readonly OrderUid[]>> {
  const standing = told.filter(({ deleted }) => !deleted);
  if (standing.length === 0) return new Map();
  const rows = await transaction
    .select({ tenant: waitingOrders.tenant, uid: waitingOrders.uid })
    .from(waitingOrders)
    .where(
      isOneOf(
        waitingOrders.tenant,
        waitingOrders.clientUid,
        standing.map(({ tenant, uid }) => [tenant, uid]),
      ),
    )
    .for('update');
  const byTenant = Map.groupBy(rows, ({ tenant }) => tenant);
  return new Map([...byTenant].map(([tenant, own]) => [tenant, own.map(({ uid }) => uid)]));
}

/** Orders whose client has been told of now: REST shows them from here on. */
export async function showOrders(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly OrderUid[],
  tell: Tell,
): Promise<void> {
  const prepared = await lockOrdersByUid(transaction, tenant, uids);
  const records = await readRecords(transaction, tenant, 'orders', uids);
  const told = [...records.values()].map(({ uid, record, deleted }) => ({
    uid,
    after: record,
    isDeleted: deleted,
  }));
  await storeOrders(transaction, tenant, told, prepared, new Date(), tell);
}
