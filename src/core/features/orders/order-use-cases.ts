import { checkDraft } from '../../../shared/domain/document-rules';
import { bankAccountFor } from '../../../shared/domain/freeze';
import type { LineUid, OrderUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import { orderContent } from '../../../shared/domain/order';
import type { Order, OrderContent } from '../../../shared/domain/order';
import { checkOrderTransition, invoiceContentFromOrder } from '../../../shared/domain/order-rules';
import type { Issue, Result } from '../../../shared/domain/result';
import { notFound, ok, refused, refusedFor } from '../../../shared/domain/result';
import { computeTotals } from '../../../shared/domain/totals';
import { diffFields } from '../../../shared/sync/diff-fields';
import { orderRecordOf } from '../../../shared/sync/wire-records';
import { readBusiness } from '../../businesses/business-repository';
import type { BusinessContext, UseCases } from '../../context';
import { takeNumber } from '../../numbering/take-number';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { editOnBase } from '../../sync/edit-on-base';
import { readClient } from '../documents/parties';
import { nextUpdatedAt } from '../documents/updated-at';
import { blankContent } from '../invoices/blank-content';
import { clientIssues } from '../invoices/draft-checks';
import { createDraft } from '../invoices/draft-use-cases';
import { newDraft } from '../invoices/invoice-facts';
import { findInvoicesOfOrder } from '../invoices/invoice-repository';
import { relatedDocument } from '../invoices/invoice-view';
import { invoicedLineIssues } from './invoiced-lines';
import { countOrders, listOrders } from './order-list';
import { changeOrderStatus, progressOfOrder, refreshOrderStatus } from './order-progress';
import type { StoredOrder } from './order-repository';
import { findOrder, insertOrder, saveOrder } from './order-repository';

type OrderMethods =
  | 'orders.list'
  | 'orders.count'
  | 'orders.get'
  | 'orders.create'
  | 'orders.update'
  | 'orders.setStatus'
  | 'orders.delete'
  | 'orders.restore'
  | 'orders.createInvoice';

export const orderUseCases: UseCases<OrderMethods> = {
  'orders.list': (context, input) => context.replica.read((scope) => listOrders(scope, input)),

  'orders.count': (context, input) =>
    context.replica.read((scope) => ok(countOrders(scope, input))),

  'orders.get': (context, { uid }) =>
    context.replica.read((scope) => {
      const stored = findOrder(scope, uid);
      if (stored === null) return notFound('order', uid);
      const { order, clientName } = stored;
      const client = readClient(scope, order.content.clientUid);
      return ok({
        order,
        clientName: client?.name ?? (clientName === '' ? null : clientName),
        progress: [...progressOfOrder(scope, stored)],
        documents: findInvoicesOfOrder(scope, uid).map(({ invoice }) => ({
          ...relatedDocument(invoice),
          kind: invoice.kind,
        })),
      });
    }),

  'orders.create': (context, { content }) => createOrder(context, content),

  'orders.update': (context, { uid, content, base }) =>
    context.replica.write((scope) => updateOrder(scope, uid, content, base)),

  'orders.setStatus': (context, { uid, status }) =>
    context.replica.write((scope) => {
      const found = findStanding(scope, uid);
      if (!found.ok) return found;
      const allowed = checkOrderTransition(found.value.order.status, status);
      if (!allowed.ok) return allowed;
      return ok(changeOrderStatus(scope, found.value, status).order);
    }),

  'orders.delete': (context, { uid }) =>
    context.replica.write((scope) => {
      const found = findStanding(scope, uid);
      if (!found.ok) return found;
      if (findInvoicesOfOrder(scope, uid).length > 0) return refused('', 'order_has_documents');
      const { order, clientName } = found.value;
      saveOrder(scope, found.value, { order: { ...order, deletedAt: scope.now }, clientName });
      scope.record({
        collection: 'orders',
        uid,
        action: 'deleted',
        mutation: { kind: 'delete', record: orderRecordOf(order) },
      });
      return ok({});
    }),

  'orders.restore': (context, { uid }) =>
    context.replica.write((scope) => restoreOrder(scope, uid)),

  'orders.createInvoice': (context, { uid, lines }) =>
    context.replica.write((scope) => {
      const found = findStanding(scope, uid);
      if (!found.ok) return found;
      const { order } = found.value;
      const progress = progressOfOrder(scope, found.value);
      const ordered = invoiceContentFromOrder(order, progress, lines ?? 'open', {
        newLineUid: () => newUid<LineUid>(),
      });
      if (!ordered.ok) return ordered;
      const business = readBusiness(scope);
      const client = readClient(scope, order.content.clientUid);
      const blank = blankContent(business, client, context.today());
      const content = {
        ...blank,
        ...ordered.value,
        notes: ordered.value.notes || blank.notes,
        bankAccountUid: bankAccountFor(business, ordered.value.currency),
      };
      return ok(createDraft(scope, newDraft(content, scope.now, { orderUid: uid })));
    }),
};

/** The order of that uid. Refused with `deleted` when another window deleted it meanwhile. */
function findStanding(scope: ReadScope, uid: string): Result<StoredOrder> {
  const stored = findOrder(scope, uid);
  if (stored === null) return notFound('order', uid);
  return stored.order.deletedAt === null ? ok(stored) : refused('', 'deleted');
}

function contentIssues(
  scope: ReadScope,
  content: OrderContent,
  had: string | null,
): readonly Issue[] {
  return [...checkDraft(content), ...clientIssues(scope, content.clientUid, had)];
}

function createOrder(context: BusinessContext, content: OrderContent): Result<Order> {
  const created = context.replica.write((scope) => {
    const issues = contentIssues(scope, content, null);
    if (issues.length > 0) return refusedFor(issues);
    const taken = takeNumber(scope, context, 'order', content.orderDate);
    if (!taken.ok) return taken;
    const order: Order = {
      uid: newUid<OrderUid>(),
      number: taken.value.number,
      status: 'pending',
      content,
      totals: computeTotals(content),
      deletedAt: null,
      createdAt: scope.now,
      updatedAt: scope.now,
    };
    const clientName = readClient(scope, content.clientUid)?.name ?? '';
    insertOrder(scope, { order, clientName });
    const { uid } = order;
    scope.record({
      collection: 'orders',
      uid,
      action: 'created',
      mutation: { kind: 'create', record: orderRecordOf(order) },
    });
    return ok({ order, place: taken.value });
  });
  if (!created.ok) return created;
  // A crash before this is caught up at the next start (see settle-ledger.ts).
  const { seriesUid, period, sequence } = created.value.place;
  context.ledger.raise({ seriesUid, period, sequence });
  return ok(created.value.order);
}

function updateOrder(
  scope: WriteScope,
  uid: string,
  typed: OrderContent,
  base: OrderContent | undefined,
): Result<Order> {
  const found = findStanding(scope, uid);
  if (!found.ok) return found;
  const before = found.value;
  const { order } = before;
  const edit = { base, typed, stored: order.content };
  const content = editOnBase(scope, 'orders', uid, orderContent, edit);
  const fields = diffFields(order.content, content);
  if (Object.keys(fields).length === 0) return ok(order);
  if (order.status === 'cancelled') return refused('', 'order_cancelled');
  const issues = [
    ...contentIssues(scope, content, order.content.clientUid),
    ...invoicedLineIssues(progressOfOrder(scope, before), order.content, content),
  ];
  if (issues.length > 0) return refusedFor(issues);
  const changed: Order = {
    ...order,
    content,
    totals: computeTotals(content),
    updatedAt: nextUpdatedAt(order.updatedAt, scope.now),
  };
  const hasNewClient = content.clientUid !== order.content.clientUid;
  const clientName = hasNewClient
    ? (readClient(scope, content.clientUid)?.name ?? '')
    : before.clientName;
  saveOrder(scope, before, { order: changed, clientName });
  scope.record({
    collection: 'orders',
    uid,
    action: 'edited',
    mutation: { kind: 'patch', fields, before: order.content },
  });
  refreshOrderStatus(scope, uid);
  return ok(findOrder(scope, uid)?.order ?? changed);
}

function restoreOrder(scope: WriteScope, uid: string): Result<Order> {
  const stored = findOrder(scope, uid);
  if (stored === null) return notFound('order', uid);
  const { order } = stored;
  if (order.deletedAt === null) return ok(order);
  const client = readClient(scope, order.content.clientUid);
  if (client?.deletedAt) return refused('clientUid', 'client_deleted');
  const clientName = client?.name ?? stored.clientName;
  const updatedAt = nextUpdatedAt(order.updatedAt, scope.now);
  const restored = { ...order, deletedAt: null, updatedAt };
  saveOrder(scope, stored, { order: restored, clientName });
  scope.record({ collection: 'orders', uid, action: 'restored', mutation: { kind: 'restore' } });
  return ok(restored);
}
