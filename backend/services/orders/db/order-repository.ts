import { and, asc, eq, getTableColumns, gt, inArray, isNull, notInArray, sql } from 'drizzle-orm';

import type { BusinessUid, OrderUid } from '../../../../src/shared/domain/ids';
import type { OrderStatus } from '../../../../src/shared/domain/order';
import type { Database, Transaction } from '../../../kit/database/database';
import { insertRows } from '../../../kit/database/insert-rows';
import type { Page } from '../../../kit/http/paging';
import { MAX_PAGE_LINES, pageBefore, pageOf } from '../../../kit/http/paging';
import type { OrderLine } from '../domain/items';
import type { Order } from '../domain/order';
import { orderNumber } from '../domain/order';
import { orderItems, orderNumbers, orders } from './schema';
import { taxColumnsOf, taxOf } from './tax-columns';

type Scope = Database | Transaction;

/** A line as it is kept. */
export interface StoredLine extends OrderLine {
  readonly id: number;
}

/** An order as it is kept. */
export interface StoredOrder extends Order {
  readonly id: number;
  readonly revision: number;
  readonly number: string;
  readonly lines: readonly StoredLine[];
  readonly deletedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface OrderFilter {
  /** Goes on after this id. */
  readonly after: number;
  readonly limit: number;
  readonly status: OrderStatus | undefined;
  readonly clientId: number | undefined;
}

/** A page of orders that are not deleted, by id: `limit` of them at most. */
export async function listOrders(
  db: Database,
  tenant: BusinessUid,
  { after, limit, status, clientId }: OrderFilter,
): Promise<Page<StoredOrder>> {
  const found = await db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.tenant, tenant),
        gt(orders.id, after),
        isNull(orders.deletedAt),
        status === undefined ? undefined : eq(orders.status, status),
        clientId === undefined ? undefined : eq(orders.clientId, clientId),
      ),
    )
    .orderBy(asc(orders.id))
    .limit(limit + 1);
  const page = pageOf(found, limit);
  const end = await endOfRoom(db, tenant, page.rows);
  const { rows, nextCursor } = end === null ? page : pageBefore(end, page.rows);
  const whole = await withLines(db, tenant, rows);
  return { rows: whole.filter((order) => order.deletedAt === null), nextCursor };
}

/** The first of the orders that a page has no room for, with the lines of those before it. */
async function endOfRoom(
  db: Database,
  tenant: BusinessUid,
  rows: readonly OrderRow[],
): Promise<number | null> {
  if (rows.length === 0) return null;
  const ids = rows.map((row) => row.id);
  const [line] = await db
    .select({ orderId: orderItems.orderId })
    .from(orderItems)
    .where(and(eq(orderItems.tenant, tenant), inArray(orderItems.orderId, ids)))
    .orderBy(asc(orderItems.orderId), asc(orderItems.id))
    .limit(1)
    .offset(MAX_PAGE_LINES);
  return line?.orderId ?? null;
}

/** An order of the tenant, also a deleted one. */
export async function findOrder(
  scope: Scope,
  tenant: BusinessUid,
  id: number,
): Promise<StoredOrder | null> {
  const rows = await scope.select().from(orders).where(isOrder(tenant, id));
  const [found] = await withLines(scope, tenant, rows);
  return found ?? null;
}

/** The id of an order by its uid; null when it is not here. */
export async function findOrderId(
  scope: Database | Transaction,
  tenant: BusinessUid,
  uid: OrderUid,
): Promise<number | null> {
  const [row] = await scope
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.tenant, tenant), eq(orders.uid, uid)));
  return row?.id ?? null;
}

/** The same, held until the transaction ends. */
export async function lockOrder(
  transaction: Transaction,
  tenant: BusinessUid,
  id: number,
): Promise<StoredOrder | null> {
  const rows = await transaction.select().from(orders).where(isOrder(tenant, id)).for('update');
  const [found] = await withLines(transaction, tenant, rows);
  return found ?? null;
}

/** Orders by their uids, deleted ones too, held until the transaction ends. */
export async function lockOrdersByUid(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly string[],
): Promise<ReadonlyMap<string, StoredOrder>> {
  if (uids.length === 0) return new Map();
  const rows = await transaction
    .select()
    .from(orders)
    .where(and(eq(orders.tenant, tenant), inArray(orders.uid, [...uids] as OrderUid[])))
    .for('update');
  const found = await withLines(transaction, tenant, rows);
  return new Map(found.map((order) => [order.uid, order]));
}

/** An order as a device told it, under the number that it has. */
export type ToldRow = Omit<StoredOrder, 'id' | 'lines'> & { readonly lines: readonly OrderLine[] };

/** Keeps orders that a device told of for the first time: two statements for all. */
export async function insertToldOrders(
  transaction: Transaction,
  tenant: BusinessUid,
  told: readonly ToldRow[],
): Promise<readonly StoredOrder[]> {
  if (told.length === 0) return [];
  const rows = told.map(({ lines: _, ...row }) => ({ ...row, tenant }));
  // Rows of one insert get consecutive ids, in every lock mode of MySQL and MariaDB.
  const insertId = await insertRows(transaction, orders, rows);
  const lineRows = told.flatMap(({ lines }, index) =>
    lines.map((line, position) => toRow(tenant, insertId + index, { ...line, id: null }, position)),
  );
  let lineId = await insertRows(transaction, orderItems, lineRows);
  return told.map((order, index) => ({
    ...order,
    id: insertId + index,
    lines: order.lines.map((line) => ({ ...line, id: lineId++ })),
  }));
}

type OrderRow = typeof orders.$inferSelect;

/**
 * Orders with their lines. A change may commit between the two reads: the lines come with the
 * revision of their order, and an order that has moved on meanwhile is read again, so that none is
 * ever half old and half new.
 */
async function withLines(
  scope: Scope,
  tenant: BusinessUid,
  rows: readonly OrderRow[],
): Promise<readonly StoredOrder[]> {
  const lines = await readLines(
    scope,
    tenant,
    rows.map((row) => row.id),
  );
  const moved = rows.filter((row) => lines.get(row.id)?.revision !== row.revision);
  if (moved.length === 0) {
    return rows.map((row) => ({ ...row, lines: lines.get(row.id)?.lines ?? [] }));
  }
  const ids = moved.map((row) => row.id);
  const again = await scope
    .select()
    .from(orders)
    .where(and(eq(orders.tenant, tenant), inArray(orders.id, ids)));
  const newer = new Map(again.map((row) => [row.id, row]));
  return withLines(
    scope,
    tenant,
    rows.map((row) => newer.get(row.id) ?? row),
  );
}

interface LinesOfOrder {
  readonly revision: number;
  readonly lines: StoredLine[];
}

/** Every order has at least one line. */
async function readLines(
  scope: Scope,
  tenant: BusinessUid,
  orderIds: readonly number[],
): Promise<ReadonlyMap<number, LinesOfOrder>> {
  const found = new Map<number, LinesOfOrder>();
  if (orderIds.length === 0) return found;
  const rows = await scope
    .select({ line: getTableColumns(orderItems), revision: orders.revision })
    .from(orderItems)
    .innerJoin(orders, and(eq(orders.tenant, orderItems.tenant), eq(orders.id, orderItems.orderId)))
    .where(and(eq(orderItems.tenant, tenant), inArray(orderItems.orderId, [...orderIds])))
    .orderBy(asc(orderItems.orderId), asc(orderItems.position));
  for (const { line, revision } of rows) {
    const known = found.get(line.orderId);
    if (known === undefined) found.set(line.orderId, { revision, lines: [toLine(line)] });
    else known.lines.push(toLine(line));
  }
  return found;
}

function toLine(row: typeof orderItems.$inferSelect): StoredLine {
  return {
    id: row.id,
    uid: row.uid,
    productId: row.productId,
    productName: row.productName,
    unit: row.unit,
    quantity: row.quantity,
    unitPrice: row.unitPrice,
    tax: taxOf(row),
    total: row.total,
    invoiced: row.invoiced,
  };
}

/** Keeps a new order under the next number of its year; the number falls back if this fails. */
export async function insertOrder(
  transaction: Transaction,
  tenant: BusinessUid,
  order: Order,
  now: Date,
): Promise<StoredOrder> {
  const number = await takeNumber(transaction, tenant, Number(order.orderDate.slice(0, 4)));
  const { lines, ...content } = order;
  const row = {
    ...content,
    revision: 1,
    number,
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  const [{ insertId }] = await transaction.insert(orders).values({ ...row, tenant });
  return { ...row, id: insertId, lines: await insertLines(transaction, tenant, insertId, lines) };
}

/** The next number of the year; its row stays locked until the transaction ends, so none is lost. */
async function takeNumber(
  transaction: Transaction,
  tenant: BusinessUid,
  year: number,
): Promise<string> {
  await transaction
    .insert(orderNumbers)
    .values({ tenant, year, last: 1 })
    .onDuplicateKeyUpdate({ set: { last: sql`${orderNumbers.last} + 1` } });
  const [row] = await transaction
    .select({ last: orderNumbers.last })
    .from(orderNumbers)
    .where(and(eq(orderNumbers.tenant, tenant), eq(orderNumbers.year, year)));
  if (row === undefined) throw new Error('the number that was taken is not there');
  return orderNumber(year, row.last);
}

async function insertLines(
  transaction: Transaction,
  tenant: BusinessUid,
  orderId: number,
  lines: readonly OrderLine[],
): Promise<readonly StoredLine[]> {
  const [{ insertId }] = await transaction
    .insert(orderItems)
    .values(lines.map((line, position) => toRow(tenant, orderId, line, position)));
  // Rows of one insert get consecutive ids, in every lock mode of MySQL and MariaDB.
  return lines.map((line, index) => ({ ...line, id: insertId + index }));
}

function toRow(tenant: BusinessUid, orderId: number, line: OrderLine, position: number) {
  const { id, tax, ...values } = line;
  return {
    ...values,
    ...(id === null ? {} : { id }),
    ...taxColumnsOf(tax),
    tenant,
    orderId,
    position,
  };
}

/** Keeps an order that `lockOrder` has locked; returns it with the ids of its new lines. */
export async function saveOrder(
  transaction: Transaction,
  tenant: BusinessUid,
  before: StoredOrder,
  after: Omit<StoredOrder, 'lines'> & { readonly lines: readonly OrderLine[] },
): Promise<StoredOrder> {
  const { id, lines, ...row } = after;
  await transaction.update(orders).set(row).where(isOrder(tenant, id));
  if (lines === before.lines) return { ...after, lines: before.lines };
  const kept = lines.flatMap((line) => (line.id === null ? [] : [line.id]));
  if (before.lines.some((line) => !kept.includes(line.id))) {
    await transaction
      .delete(orderItems)
      .where(
        and(
          eq(orderItems.tenant, tenant),
          eq(orderItems.orderId, id),
          kept.length === 0 ? undefined : notInArray(orderItems.id, kept),
        ),
      );
  }
  await writeLines(transaction, tenant, id, lines);
  const stored = await readLines(transaction, tenant, [id]);
  return { ...after, lines: stored.get(id)?.lines ?? [] };
}

/** Changes the lines that have an id, adds the others. */
async function writeLines(
  transaction: Transaction,
  tenant: BusinessUid,
  orderId: number,
  lines: readonly OrderLine[],
): Promise<void> {
  const rows = lines.map((line, position) => toRow(tenant, orderId, line, position));
  const known = rows.filter((row) => 'id' in row);
  const added = rows.filter((row) => !('id' in row));
  const sent = (name: string) => sql`values(${sql.identifier(name)})`;
  if (known.length > 0) {
    await transaction
      .insert(orderItems)
      .values(known)
      .onDuplicateKeyUpdate({
        set: {
          position: sent('position'),
          productId: sent('product_id'),
          productName: sent('product_name'),
          unit: sent('unit'),
          quantity: sent('quantity'),
          unitPrice: sent('unit_price'),
          taxName: sent('tax_name'),
          taxCategory: sent('tax_category'),
          taxRate: sent('tax_rate'),
          taxReason: sent('tax_reason'),
          total: sent('total'),
          invoiced: sent('invoiced'),
        },
      });
  }
  if (added.length > 0) await transaction.insert(orderItems).values(added);
}

function isOrder(tenant: BusinessUid, id: number) {
  return and(eq(orders.tenant, tenant), eq(orders.id, id));
}
