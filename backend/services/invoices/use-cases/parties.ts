import type { ClientState } from '../../../../src/shared/contracts/events/events';
import type { OrderAnswer } from '../../../../src/shared/contracts/events/order-answer';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Refusal } from '../../../kit/http/refusal';
import { invalid } from '../../../kit/http/refusal';
import type { InvoicesContext } from '../context';

/** The client that a new document or a change names; deleted and archived ones are refused. */
export async function clientFor(
  context: InvoicesContext,
  tenant: BusinessUid,
  id: number,
): Promise<ClientState | Refusal> {
  const client = await context.directory.client(tenant, id);
  if (client === null || client.deleted) return refuseField('client_id', 'client_unknown');
  return client.archived ? refuseField('client_id', 'client_archived') : client;
}

/** The order that a new document is made from. */
export async function orderFor(
  context: InvoicesContext,
  tenant: BusinessUid,
  id: number | null | undefined,
  clientId: number,
): Promise<OrderAnswer | Refusal | null> {
  if (id === null || id === undefined) return null;
  const order = await context.directory.order(tenant, id);
  if (order === null || order.deleted) return refuseField('order_id', 'order_unknown');
  if (order.status === 'cancelled') return refuseField('order_id', 'order_cancelled');
  return order.client_id === clientId ? order : refuseField('order_id', 'order_of_another_client');
}

function refuseField(field: string, code: string): Refusal {
  return invalid([{ field, code }]);
}
