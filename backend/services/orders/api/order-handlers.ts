import type { orderRoutes } from '../../../../src/shared/contracts/rest-v1/orders';
import { dayInZone } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { checkOrderTransition } from '../../../../src/shared/domain/order-rules';
import type { Database, Transaction } from '../../../kit/database/database';
import type { Handlers } from '../../../kit/http/handlers';
import { isRefusal, transactOnce } from '../../../kit/http/idempotency';
import { DEFAULT_LIMIT } from '../../../kit/http/paging';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, invalid, notFound, refusalOf } from '../../../kit/http/refusal';
import type { Directory } from '../adapters/directory';
import type { StoredOrder } from '../db/order-repository';
import { findOrder, insertOrder, listOrders, lockOrder, saveOrder } from '../db/order-repository';
import { findStandingProducts } from '../db/product-repository';
import { readDocuments } from '../db/projections';
import { publishOrder } from '../db/publish';
import { invoicedLineIssues, statusFor } from '../domain/invoicing';
import type { Order, OrderChange } from '../domain/order';
import { changedOrder, isSameOrder, newOrder } from '../domain/order';
import { viewOf } from './order-view';

type OrderHandlers = Pick<
  Handlers<typeof orderRoutes>,
  'listOrders' | 'createOrder' | 'getOrder' | 'updateOrder' | 'deleteOrder'
>;

export function createOrderHandlers(db: Database, directory: Directory): OrderHandlers {
  return {
    async listOrders({ member, query }) {
      const { rows, nextCursor } = await listOrders(db, member.tenant, {
        after: query.cursor ?? 0,
        limit: query.limit ?? DEFAULT_LIMIT,
        status: query.status,
        clientId: query.client_id,
      });
      return { status: 200, body: rows.map(viewOf), nextCursor };
    },

    async getOrder({ member, params }) {
      const order = await findOrder(db, member.tenant, params.orderId);
      if (order === null || order.deletedAt !== null) return notFound('order');
      return answerWith(order);
    },

    createOrder: ({ member: { tenant }, body, idempotency }) =>
      transactOnce(db, tenant, idempotency, async (transaction) => {
        const now = new Date();
        const business = await directory.business(transaction, tenant);
        const today = dayInZone(now, business.timeZone);
        const order = newOrder(body, { ...business, today });
        if (!order.ok) return refusalOf(order.error);
        const refusal = await checkReferences(transaction, tenant, order.value, null);
        if (refusal !== null) return refusal;
        const created = await insertOrder(transaction, tenant, order.value, now);
        await publishOrder(transaction, tenant, created, 'OrderCreated');
        return { status: 201 as const, body: viewOf(created), revision: created.revision };
      }),

    updateOrder: ({ member: { tenant }, params, body, ifMatch }) =>
      change(tenant, params.orderId, ifMatch, async (transaction, stored) => {
        const before = orderOf(stored);
        const after = changedBy(before, body);
        if (isRefusal(after)) return after;
        if (isSameOrder(before, after)) return answerWith(stored);
        const refusal = await checkReferences(transaction, tenant, after, before);
        if (refusal !== null) return refusal;
        const changed = await saveOrder(transaction, tenant, stored, {
          ...stored,
          ...after,
          lines: body.items === undefined ? stored.lines : after.lines,
          revision: stored.revision + 1,
          updatedAt: new Date(),
        });
        await publishOrder(transaction, tenant, changed, 'OrderUpdated');
        return answerWith(changed);
      }),

    deleteOrder: ({ member: { tenant }, params, ifMatch }) =>
      change(tenant, params.orderId, ifMatch, async (transaction, stored) => {
        const documents = await readDocuments(transaction, tenant, stored.id);
        if (documents.some((document) => !document.deleted)) return conflict('order_has_documents');
        const now = new Date();
        const deleted = await saveOrder(transaction, tenant, stored, {
          ...stored,
          revision: stored.revision + 1,
          deletedAt: now,
          updatedAt: now,
        });
        await publishOrder(transaction, tenant, deleted, 'OrderUpdated');
        return { status: 204 as const, body: undefined };
      }),
  };

  /** Changes an order under its row's lock, if the caller has seen its newest state. */
  function change<T>(
    tenant: BusinessUid,
    id: number,
    ifMatch: number | null,
    work: (transaction: Transaction, stored: StoredOrder) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    return transactOnce(db, tenant, null, async (transaction) => {
      const stored = await lockOrder(transaction, tenant, id);
      if (stored === null || stored.deletedAt !== null) return notFound('order');
      if (ifMatch !== null && ifMatch !== stored.revision) return conflict('stale_revision');
      return work(transaction, stored);
    });
  }

  /** Whether client and products exist; those that the order had already may be gone. */
  async function checkReferences(
    transaction: Transaction,
    tenant: BusinessUid,
    order: Order,
    before: Order | null,
  ): Promise<Refusal | null> {
    const isNewClient = order.clientId !== before?.clientId;
    if (isNewClient && !(await directory.hasClient(transaction, tenant, order.clientId))) {
      return invalid([{ field: 'client_id', code: 'client_unknown' }]);
    }
    const had = new Set(before?.lines.map((line) => line.productId));
    const isNew = (id: number | null): id is number => id !== null && !had.has(id);
    const wanted = new Set(order.lines.map((line) => line.productId).filter(isNew));
    const standing = await findStandingProducts(transaction, tenant, [...wanted]);
    const issues = order.lines.flatMap(({ productId }, index) =>
      isNew(productId) && !standing.has(productId)
        ? [{ field: `items.${index}.product_id`, code: 'product_unknown' }]
        : [],
    );
    return issues.length > 0 ? invalid(issues) : null;
  }
}

/**
 * The order after a change, or what forbids it: 409 for a status that cannot follow, for the
 * content of a cancelled order, and for lines that became invoices; 400 for bad input. Changed
 * lines bring the status in line with what was invoiced unless the change names one.
 */
function changedBy(before: Order, change: OrderChange): Order | Refusal {
  const content = changedOrder(before, change);
  if (!content.ok) return refusalOf(content.error);
  const after = content.value;
  const status = change.status ?? before.status;
  if (!checkOrderTransition(before.status, status).ok) {
    return conflict('transition_forbidden', [
      {
        field: 'status',
        code: 'transition_forbidden',
        params: { from: before.status, to: status },
      },
    ]);
  }
  if (isSameOrder(before, after)) return { ...before, status };
  if (before.status === 'cancelled' && status === 'cancelled') return conflict('order_cancelled');
  const issues = invoicedLineIssues(before.lines, after.lines);
  if (issues.length > 0) {
    return conflict(
      'order_invoiced',
      issues.map(({ field, code, params }) => ({ field, code, params: { ...params } })),
    );
  }
  const isByLines = change.items !== undefined && change.status === undefined;
  return { ...after, status: isByLines ? statusFor(status, after.lines) : status };
}

function answerWith(order: StoredOrder) {
  return { status: 200 as const, body: viewOf(order), revision: order.revision };
}

/** What a person described, without what the service keeps about it. */
function orderOf(stored: StoredOrder): Order {
  return {
    uid: stored.uid,
    clientId: stored.clientId,
    status: stored.status,
    orderDate: stored.orderDate,
    currency: stored.currency,
    buyerReference: stored.buyerReference,
    notes: stored.notes,
    pricesIncludeTax: stored.pricesIncludeTax,
    total: stored.total,
    lines: stored.lines,
  };
}
