import { and, eq, isNull } from 'drizzle-orm';

import type { BusinessUid, ClientUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { orders, waitingOrders } from './schema';

/** Whether an order names the client, also one that waits to hear of him. */
export async function hasOrders(
  db: Database,
  tenant: BusinessUid,
  client: { readonly id: number; readonly uid: ClientUid },
): Promise<boolean> {
  const [stored, waiting] = await Promise.all([
    db
      .select({ id: orders.id })
      .from(orders)
      .where(
        and(eq(orders.tenant, tenant), eq(orders.clientId, client.id), isNull(orders.deletedAt)),
      )
      .limit(1),
    db
      .select({ uid: waitingOrders.uid })
      .from(waitingOrders)
      .where(and(eq(waitingOrders.tenant, tenant), eq(waitingOrders.clientUid, client.uid)))
      .limit(1),
  ]);
  return stored.length + waiting.length > 0;
}
