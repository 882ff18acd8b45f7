import { eq, sql } from 'drizzle-orm';

import { fold } from '../../../shared/domain/fold';
import type { Order } from '../../../shared/domain/order';
import { order as orderSchema } from '../../../shared/domain/order';
import { computeTotals } from '../../../shared/domain/totals';
import { addWords, indexWords, removeWords } from '../../listing/search-index';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { orders } from '../../replica/schema';
import { insertOrderLines, readOrderLines, replaceOrderLines } from '../documents/document-lines';
import { orderWords } from '../documents/document-words';
import { numberSortOf } from '../documents/number-sort';
import type { NewRow } from '../documents/prepared-rows';
import { preparedInsert, preparedUpdate } from '../documents/prepared-rows';

/** An order with its place in the file. */
export interface StoredOrder {
  readonly id: number;
  /** The client's name now. */
  readonly clientName: string;
  readonly order: Order;
}

export type NewOrder = Omit<StoredOrder, 'id'>;

const byUid = prepared((db) =>
  db
    .select()
    .from(orders)
    .where(eq(orders.uid, sql.placeholder('uid')))
    .prepare(),
);

/** One order, deleted ones included; null when this replica has none of that uid. */
export function findOrder(scope: ReadScope, uid: string): StoredOrder | null {
  const row = byUid(scope.db).get({ uid });
  if (row === undefined) return null;
  const lines = readOrderLines(scope, row.id);
  const { content, ...rest } = orderSchema
    .omit({ totals: true })
    .parse({ ...row, content: { ...row, lines } });
  const order = { ...rest, content, totals: computeTotals(content) };
  return { id: row.id, clientName: row.clientName, order };
}

const insert = preparedInsert(orders);
const update = preparedUpdate(orders);

export function insertOrder(scope: WriteScope, record: NewOrder): StoredOrder {
  const { order, clientName } = record;
  const id = insert(scope, toRow(order, clientName));
  insertOrderLines(scope, id, order.content.lines);
  addWords(scope, 'orders_search', id, orderWords(order, clientName));
  return { ...record, id };
}

/** Stores a changed order with its lines and search words, in the caller's transaction. */
export function saveOrder(scope: WriteScope, before: StoredOrder, after: NewOrder): StoredOrder {
  const { id } = before;
  update(scope, id, toRow(after.order, after.clientName));
  const { lines } = after.order.content;
  if (JSON.stringify(lines) !== JSON.stringify(before.order.content.lines)) {
    replaceOrderLines(scope, id, lines);
  }
  changeWords(scope, id, wordsIfStanding(before), wordsIfStanding(after));
  return { ...after, id };
}

function toRow(order: Order, clientName: string): NewRow<typeof orders> {
  const { content, totals } = order;
  return {
    uid: order.uid,
    number: order.number,
    numberSort: numberSortOf(order.number),
    status: order.status,
    clientUid: content.clientUid,
    clientName,
    clientSort: fold(clientName),
    currency: content.currency,
    orderDate: content.orderDate,
    buyerReference: content.buyerReference,
    notes: content.notes,
    pricesIncludeTax: content.pricesIncludeTax,
    discount: content.discount,
    subtotal: totals.subtotal,
    discountAmount: totals.discount,
    net: totals.net,
    tax: totals.tax,
    total: totals.total,
    deletedAt: order.deletedAt,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}

/** What the index holds of an order; null for deleted ones, which nothing finds. */
function wordsIfStanding({ order, clientName }: NewOrder): string | null {
  return order.deletedAt === null ? orderWords(order, clientName) : null;
}

function changeWords(
  scope: WriteScope,
  id: number,
  before: string | null,
  after: string | null,
): void {
  if (before === after) return;
  if (after === null) removeWords(scope, 'orders_search', id);
  else indexWords(scope, 'orders_search', id, after);
}
