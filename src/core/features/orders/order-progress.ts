import type { OrderLineProgress } from '../../../shared/domain/order-rules';
import { orderStatusAfter, reservedQuantities } from '../../../shared/domain/order-rules';
import type { OrderStatus } from '../../../shared/domain/order';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { findInvoicesOfOrder } from '../invoices/invoice-repository';
import { nextUpdatedAt } from '../documents/updated-at';
import type { StoredOrder } from './order-repository';
import { findOrder, saveOrder } from './order-repository';

/** How much of each line of an order became invoices. */
export function progressOfOrder(
  scope: ReadScope,
  stored: StoredOrder,
): readonly OrderLineProgress[] {
  const documents = findInvoicesOfOrder(scope, stored.order.uid).map(({ invoice }) => ({
    kind: invoice.kind,
    isFinalised: invoice.finalisedAt !== null,
    isDeleted: invoice.deletedAt !== null,
    lines: invoice.content.lines,
  }));
  return reservedQuantities(stored.order, documents);
}

/**
 * Brings the status of an order in line with its documents (DOMAIN 5), in the transaction that
 * changed one of them. Nothing happens for documents of no order.
 */
export function refreshOrderStatus(scope: WriteScope, orderUid: string | null): void {
  const stored = orderUid === null ? null : findOrder(scope, orderUid);
  // Sync may bring a document before its order.
  if (stored === null || stored.order.deletedAt !== null) return;
  changeOrderStatus(scope, stored, orderStatusAfter(stored.order, progressOfOrder(scope, stored)));
}

/** Stores another status and tells outbox and activity; nothing when it is the same. */
export function changeOrderStatus(
  scope: WriteScope,
  stored: StoredOrder,
  status: OrderStatus,
): StoredOrder {
  const { order } = stored;
  if (order.status === status) return stored;
  const updatedAt = nextUpdatedAt(order.updatedAt, scope.now);
  const saved = saveOrder(scope, stored, { ...stored, order: { ...order, status, updatedAt } });
  scope.record({
    collection: 'orders',
    uid: order.uid,
    action: 'status_changed',
    mutation: { kind: 'patch', fields: { status: { from: order.status, to: status } } },
  });
  return saved;
}
