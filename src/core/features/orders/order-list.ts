import type { SQL } from 'drizzle-orm';
import { and, desc, eq, gte, inArray, isNull, lt, lte, sql } from 'drizzle-orm';

import type { MethodOutput, ParsedInput } from '../../../shared/contracts/app-api';
import type { OrderRow } from '../../../shared/contracts/app-api/orders';
import type { DomainError, Result } from '../../../shared/domain/result';
import type { Direction, Page, ReadLimit } from '../../listing/pages';
import { isAfter, isBeyond, limitTo, orderBy, preparedByShape } from '../../listing/pages';
import { isMatchBeyond, readSearchedPage, searchOf } from '../../listing/searched-list';
import { ordersSearch } from '../../listing/search-index';
import type { ReadScope } from '../../replica/replica';
import type { ReplicaDb } from '../../replica/replica-db';
import { orders } from '../../replica/schema';

type ListInput = ParsedInput<'orders.list'>;
type CountInput = ParsedInput<'orders.count'>;
type SortColumn = ListInput['sort']['by'];

interface FilterShape {
  readonly statuses: readonly string[] | null;
  readonly clientUid: boolean;
  readonly from: boolean;
  readonly to: boolean;
}

/** Each has an index with `id` (see the migration). */
const SORT_COLUMNS = {
  orderDate: orders.orderDate,
  number: orders.numberSort,
  clientName: orders.clientSort,
  total: orders.total,
} as const satisfies Record<SortColumn, unknown>;

const columns = {
  id: orders.id,
  uid: orders.uid,
  number: orders.number,
  clientUid: orders.clientUid,
  clientName: orders.clientName,
  orderDate: orders.orderDate,
  status: orders.status,
  currency: orders.currency,
  total: orders.total,
};

function shapeOf(filter: CountInput): FilterShape {
  return {
    statuses: filter.statuses === undefined ? null : [...new Set(filter.statuses)].sort(),
    clientUid: filter.clientUid !== undefined,
    from: filter.from !== undefined,
    to: filter.to !== undefined,
  };
}

function valuesOf({ clientUid, from, to }: CountInput): Record<string, unknown> {
  return { clientUid, from, to };
}

function conditionsOf(shape: FilterShape): SQL | undefined {
  return and(
    isNull(orders.deletedAt),
    shape.statuses === null ? undefined : inArray(orders.status, [...shape.statuses]),
    shape.clientUid ? eq(orders.clientUid, sql.placeholder('clientUid')) : undefined,
    shape.from ? gte(orders.orderDate, sql.placeholder('from')) : undefined,
    shape.to ? lte(orders.orderDate, sql.placeholder('to')) : undefined,
  );
}

interface SortedShape extends FilterShape {
  readonly by: SortColumn;
  readonly direction: Direction;
  readonly hasPlace: boolean;
  readonly limit: ReadLimit;
}

const sorted = preparedByShape((db: ReplicaDb, shape: SortedShape) => {
  const column = SORT_COLUMNS[shape.by];
  const order = { column, id: orders.id, direction: shape.direction };
  return db
    .select({
      ...columns,
      sortKey: sql<string | number>`${column}`,
      isBeyond: isBeyond(order),
    })
    .from(orders)
    .where(and(conditionsOf(shape), shape.hasPlace ? isAfter(order) : undefined))
    .orderBy(...orderBy(order))
    .limit(limitTo(shape.limit))
    .prepare();
});

const isMatch = sql`${ordersSearch.words} MATCH ${sql.placeholder('match')}`;

/** Matches come newest first: the index holds them in that order, so a page reads no more. */
const found = preparedByShape(
  (db: ReplicaDb, shape: FilterShape & { hasPlace: boolean; limit: ReadLimit }) =>
    db
      .select({
        ...columns,
        sortKey: sql<string | number>`${orders.id}`,
        isBeyond: isMatchBeyond(orders.id),
      })
      .from(ordersSearch)
      .crossJoin(orders)
      .where(
        and(
          isMatch,
          shape.hasPlace ? lt(ordersSearch.rowid, sql.placeholder('id')) : undefined,
          eq(orders.id, ordersSearch.rowid),
          conditionsOf(shape),
        ),
      )
      .orderBy(desc(ordersSearch.rowid))
      .limit(limitTo(shape.limit))
      .prepare(),
);

/** One page of orders, filtered, and sorted or searched. */
export function listOrders(
  scope: ReadScope,
  input: ListInput,
): Result<Page<OrderRow>, DomainError> {
  const { by, direction } = input.sort;
  const values = valuesOf(input);
  const shape = shapeOf(input);
  return readSearchedPage(searchOf(scope, 'orders_search', input.search), input, {
    order: `${by} ${direction}`,
    sorted: (span, limit) =>
      sorted(scope.db, { ...shape, by, direction, hasPlace: span.isContinued, limit }).all({
        ...values,
        ...span.values,
      }),
    matches: (match, span, limit) =>
      found(scope.db, { ...shape, hasPlace: span.isContinued, limit }).all({
        ...values,
        ...span.values,
        match,
      }),
    toRow: toOrderRow,
  });
}

type Found = ReturnType<ReturnType<typeof sorted>['all']>[number];

function toOrderRow(row: Found): OrderRow {
  const { uid, number, clientUid, clientName, orderDate, status, currency, total } = row;
  const values = { uid, number, clientUid, clientName, orderDate, status, currency, total };
  // Stored values were parsed when they were written; parsing a page again would double its time.
  return values as unknown as OrderRow;
}

const counted = preparedByShape((db: ReplicaDb, shape: FilterShape & { isSearch: boolean }) =>
  db
    .select({
      currency: orders.currency,
      count: sql<number>`count(*)`,
      total: sql<number>`sum(${orders.total})`,
    })
    .from(orders)
    .where(
      and(
        conditionsOf(shape),
        shape.isSearch
          ? sql`${orders.id} IN (SELECT rowid FROM ${ordersSearch} WHERE ${isMatch})`
          : undefined,
      ),
    )
    .groupBy(orders.currency)
    .orderBy(orders.currency)
    .prepare(),
);

/** How many orders a list has, and what they come to by currency. */
export function countOrders(scope: ReadScope, input: CountInput): MethodOutput<'orders.count'> {
  const search = searchOf(scope, 'orders_search', input.search);
  if (search.kind === 'none') return { count: 0, totals: [] };
  const isSearch = search.kind === 'matches';
  const sums = counted(scope.db, { ...shapeOf(input), isSearch }).all({
    ...valuesOf(input),
    match: isSearch ? search.query : null,
  });
  return {
    count: sums.reduce((count, sum) => count + sum.count, 0),
    totals: sums.map(({ currency, total }) => ({
      currency,
      total,
    })) as MethodOutput<'orders.count'>['totals'],
  };
}
