import { and, eq, inArray, isNull } from 'drizzle-orm';

import type { EventData } from '../../../../src/shared/contracts/events/events';
import type {
  BusinessUid,
  ClientUid,
  InvoiceUid,
  OrderUid,
} from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { isOneOf } from '../../../kit/database/is-one-of';
import type { ToldClient } from './projections';
import { clients, invoices, orders } from './schema';

/**
 * Devices refer to clients, orders and documents by uid; REST shows ids. What a uid means may become
 * known before or after the document that names it (R20), so both sides look for the other: a
 * document when it is stored, what it names when its event comes.
 */

/** Documents of clients that were not known when they came, now that they are. */
export async function nameClients(db: Database, told: readonly ToldClient[]): Promise<void> {
  const pairs = told.map(({ tenant, state }) => [tenant, state.uid] as const);
  // Waits for who is storing such a document at this moment.
  const nameless = await db
    .selectDistinct({ tenant: invoices.tenant, uid: invoices.clientUid })
    .from(invoices)
    .where(and(isOneOf(invoices.tenant, invoices.clientUid, pairs), isNull(invoices.clientId)))
    .for('update');
  for (const { tenant, uid } of nameless) {
    const known = told.find((one) => one.tenant === tenant && one.state.uid === uid);
    if (known === undefined) continue;
    await db
      .update(invoices)
      .set({ clientId: known.state.id })
      .where(
        and(
          eq(invoices.tenant, tenant),
          eq(invoices.clientUid, known.state.uid),
          isNull(invoices.clientId),
        ),
      );
  }
}

/** Documents of an order that was not known when they came, now that it is. */
export async function nameOrder(
  db: Database,
  tenant: BusinessUid,
  { id, uid, number }: Pick<EventData<'OrderUpdated'>, 'id' | 'uid' | 'number'>,
): Promise<void> {
  await db
    .update(invoices)
    .set({ orderId: id, orderNumber: number })
    .where(and(eq(invoices.tenant, tenant), eq(invoices.orderUid, uid), isNull(invoices.orderId)));
}

/** The ids of clients that are known here. */
export async function clientIdsOf(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly (ClientUid | null)[],
): Promise<ReadonlyMap<ClientUid, number>> {
  const wanted = wantedOf(uids);
  if (wanted.length === 0) return new Map();
  const rows = await transaction
    .select({ uid: clients.uid, id: clients.id })
    .from(clients)
    .where(and(eq(clients.tenant, tenant), inArray(clients.uid, wanted)));
  return new Map(rows.map(({ uid, id }) => [uid, id]));
}

export interface KnownOrder {
  readonly id: number;
  readonly number: string;
}

/** The orders that are known here. */
export async function ordersOf(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly (OrderUid | null)[],
): Promise<ReadonlyMap<OrderUid, KnownOrder>> {
  const wanted = wantedOf(uids);
  if (wanted.length === 0) return new Map();
  const rows = await transaction
    .select({ uid: orders.uid, id: orders.id, number: orders.number })
    .from(orders)
    .where(and(eq(orders.tenant, tenant), inArray(orders.uid, wanted)));
  return new Map(rows.map(({ uid, id, number }) => [uid, { id, number }]));
}

/** The ids of documents that are here. */
export async function invoiceIdsOf(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly (InvoiceUid | null)[],
): Promise<ReadonlyMap<InvoiceUid, number>> {
  const wanted = wantedOf(uids);
  if (wanted.length === 0) return new Map();
  const rows = await transaction
    .select({ uid: invoices.uid, id: invoices.id })
    .from(invoices)
    .where(and(eq(invoices.tenant, tenant), inArray(invoices.uid, wanted)));
  return new Map(rows.map(({ uid, id }) => [uid, id]));
}

function wantedOf<U extends string>(uids: readonly (U | null)[]): U[] {
  return [...new Set(uids)].filter((uid): uid is U => uid !== null);
}
