import type { BusinessUid, OrderUid } from '../../../../src/shared/domain/ids';
import { checkpoint } from '../../../kit/checkpoint';
import type { Database, Transaction } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import type { ReceivedEvent } from '../../../kit/messaging/message';
import { PoisonMessageError } from '../../../kit/messaging/message-errors';
import { recordEvent } from '../../../kit/messaging/outbox';
import { together } from '../../../kit/messaging/together';
import type { ToldEvent } from '../../../kit/sync/publish-records';
import type { EventHandlers } from '../../../kit/run-service';
import { findOrderId, lockOrder, lockOrdersByUid, saveOrder } from '../db/order-repository';
import { publishProgress } from '../db/publish';
import { lockWaitingOrders, showOrders } from '../sync/orders-collection';
import type { ToldClient } from '../db/projections';
import {
  adoptDocuments,
  readDocuments,
  storeBusiness,
  storeClients,
  storeDocument,
} from '../db/projections';
import { withDocuments } from '../domain/invoicing';

/** What orders learn from other services; each event has its effect once, by its revision. */
export function createEventHandlers(db: Database): EventHandlers {
  const store = together<ToldClient>((told) => applyClients(db, told));
  const applyClient = (event: ReceivedEvent<'ClientCreated' | 'ClientUpdated' | 'ClientDeleted'>) =>
    store({ tenant: tenantOf(event), ...event.data });
  return {
    BusinessUpdated: (event) => storeBusiness(db, tenantOf(event), event.data),
    ClientCreated: applyClient,
    ClientUpdated: applyClient,
    ClientDeleted: applyClient,
    InvoiceCreated: (event) => applyDocument(db, event),
    InvoiceUpdated: (event) => applyDocument(db, event),
  };
}

/** Orders of devices may have come before their client. */
async function applyClients(db: Database, told: readonly ToldClient[]): Promise<void> {
  await transact(db, async (transaction) => {
    await storeClients(transaction, told);
    for (const [tenant, waiting] of await lockWaitingOrders(transaction, told)) {
      const events: ToldEvent[] = [];
      await showOrders(transaction, tenant, waiting, (name, data) => {
        events.push({ name, data } as ToldEvent);
      });
      for (const { name, data } of events) await recordEvent(transaction, name, tenant, data);
    }
  });
}

function tenantOf({ tenant, name }: ReceivedEvent): BusinessUid {
  if (tenant === null) throw new PoisonMessageError(`${name} names no tenant`);
  return tenant;
}

async function applyDocument(
  db: Database,
  event: ReceivedEvent<'InvoiceCreated'> | ReceivedEvent<'InvoiceUpdated'>,
): Promise<void> {
  const tenant = tenantOf(event);
  const { id, revision, order_id, order_uid: orderUid, order_lines: takings, deleted } = event.data;
  await transact(db, async (transaction) => {
    const orderId = order_id ?? (await orderIdOf(transaction, tenant, orderUid));
    const told = { invoiceId: id, revision, orderId, orderUid, takings, deleted };
    const concerned = await storeDocument(transaction, tenant, told);
    // An order that is kept at this moment sees the document, or is seen here.
    const late = orderId === null ? await lateOrderOf(transaction, tenant, orderUid) : null;
    for (const one of late === null ? concerned : [late, ...concerned]) {
      await bringInLine(transaction, tenant, one);
    }
    checkpoint(event.name, 'before-commit');
  });
  checkpoint(event.name, 'after-commit');
}

/** What a device made names its order by uid alone. */
async function orderIdOf(
  transaction: Transaction,
  tenant: BusinessUid,
  uid: OrderUid | null,
): Promise<number | null> {
  return uid === null ? null : findOrderId(transaction, tenant, uid);
}

async function lateOrderOf(
  transaction: Transaction,
  tenant: BusinessUid,
  uid: OrderUid | null,
): Promise<number | null> {
  if (uid === null) return null;
  const order = (await lockOrdersByUid(transaction, tenant, [uid])).get(uid);
  if (order === undefined) return null;
  await adoptDocuments(transaction, tenant, order);
  return order.id;
}

/** Sums up anew what the documents of an order take of its lines, under the order's lock. */
async function bringInLine(
  transaction: Transaction,
  tenant: BusinessUid,
  orderId: number,
): Promise<void> {
  const stored = await lockOrder(transaction, tenant, orderId);
  if (stored === null) return;
  const changed = withDocuments(stored, await readDocuments(transaction, tenant, orderId));
  if (changed === stored) return;
  const saved = await saveOrder(transaction, tenant, stored, {
    ...stored,
    ...changed,
    revision: stored.revision + 1,
    updatedAt: new Date(),
  });
  await publishProgress(transaction, tenant, saved);
}
