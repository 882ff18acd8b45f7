import type { Placeholder, SQL } from 'drizzle-orm';
import { asc, desc, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';

import type { DomainError, Result } from '../../shared/domain/result';
import { ok, refused } from '../../shared/domain/result';
import { compile } from '../replica/compile';
import type { ReplicaDb } from '../replica/replica-db';

/** A page of a list: `nextCursor` is null on the last one. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly nextCursor: string | null;
}

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly until?: string | undefined;
  readonly limit: number;
}

/** A place in a list: what its row is sorted by, and the `id` that breaks ties. */
export interface Place {
  readonly id: number;
  readonly sortKey: string | number;
}

/** A row that was found; `isBeyond` when it comes after the last place of the page (`isBeyond`). */
export interface Placed extends Place {
  readonly isBeyond: number | null;
}

/** The part of a list that a page is read from, as the placeholders of the queries name it. */
export interface Span {
  /** Begins after a place, not with the first row. */
  readonly isContinued: boolean;
  readonly values: {
    readonly sortKey?: string | number;
    readonly id?: number;
    readonly untilSortKey: string | number | null;
    readonly untilId: number | null;
  };
}

const cursorContent = z.tuple([
  z.string(),
  z.union([z.string(), z.number()]),
  z.int().nonnegative(),
]);

/** An opaque cursor after a row, good for one order of one list. */
export function encodeCursor(order: string, { sortKey, id }: Place): string {
  return Buffer.from(JSON.stringify([order, sortKey, id])).toString('base64url');
}

/**
 * The place that a cursor stands for; null without one. Refused with `cursor_invalid` when it was
 * not made by `encodeCursor` for this order.
 */
export function decodeCursor(
  order: string,
  cursor: string | undefined,
): Result<Place | null, DomainError> {
  if (cursor === undefined) return ok(null);
  const content = cursorContent.safeParse(parseJson(cursor));
  if (!content.success || content.data[0] !== order) return refused('cursor', 'cursor_invalid');
  const [, sortKey, id] = content.data;
  return ok({ sortKey, id });
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

export type Direction = 'asc' | 'desc';

/** How a list is sorted: a column that is never null, then the `id`, both the same way. */
export interface Order {
  readonly column: SQLiteColumn | SQL;
  readonly id: SQLiteColumn;
  readonly direction: Direction;
}

/**
 * The rows after a place, in the form that SQLite answers from an index on (column, id).
 * Its placeholders are `sortKey` and `id`.
 */
export function isAfter({ column, id, direction }: Order): SQL {
  const comparison = sql.raw(direction === 'asc' ? '>' : '<');
  return sql`(${column}, ${id}) ${comparison} (${sql.placeholder('sortKey')}, ${sql.placeholder('id')})`;
}

/**
 * Whether a row comes after the last place of the page; null where the page ends with the list. It is
 * read with the row rather than asked for: a page reads few rows beyond, and a second bound could
 * turn SQLite away from the index of the order.
 */
export function isBeyond({ column, id, direction }: Order): SQL<number | null> {
  const comparison = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<number | null>`(${column}, ${id}) ${comparison}
    (${sql.placeholder('untilSortKey')}, ${sql.placeholder('untilId')})`;
}

export function orderBy({ column, id, direction }: Order): SQL[] {
  const by = direction === 'asc' ? asc : desc;
  return [by(column), by(id)];
}

/** How many rows a query reads at most: one more than a page may hold. */
export type ReadLimit = 51 | 201;

function readLimitFor(rows: number): ReadLimit {
  return rows <= 50 ? 51 : 201;
}

/**
 * The limit as a part of the query. Bound as a value it would make SQLite plan the query anew each
 * time, since plans depend on limits; that costs as much as half a page. So limits are few.
 */
export function limitTo(limit: ReadLimit): Placeholder {
  // drizzle writes any SQL here, which its types do not say.
  return sql.raw(String(limit)) as unknown as Placeholder;
}

/**
 * Runs a list: decodes the cursors, asks `fetch` for at least one row more than the page holds
 * (which tells whether there is a next page), and turns the rows into what the caller answers.
 */
export function readPage<Found extends Placed, Row>(
  order: string,
  request: PageRequest,
  fetch: (span: Span, limit: ReadLimit) => readonly Found[],
  toRow: (found: Found) => Row,
): Result<Page<Row>, DomainError> {
  const after = decodeCursor(order, request.cursor);
  if (!after.ok) return after;
  const until = decodeCursor(order, request.until);
  if (!until.ok) return until;
  const found = fetch(spanOf(after.value, until.value), readLimitFor(request.limit));
  const within = found.filter((row) => row.isBeyond !== 1);
  const rows = within.slice(0, request.limit);
  const last = rows.at(-1);
  const hasMore = within.length > request.limit && last !== undefined;
  const nextCursor = hasMore ? encodeCursor(order, last) : (request.until ?? null);
  return ok({ rows: rows.map(toRow), nextCursor });
}

function spanOf(after: Place | null, until: Place | null): Span {
  return {
    isContinued: after !== null,
    values: {
      ...after,
      untilSortKey: until?.sortKey ?? null,
      untilId: until?.id ?? null,
    },
  };
}

/**
 * A query that depends on a shape (which filters, which order): prepared once per replica and
 * shape. A shape is plain JSON of few possible values; values of filters are placeholders.
 */
export function preparedByShape<Shape, Query>(
  build: (db: ReplicaDb, shape: Shape) => Query,
): (db: Pick<ReplicaDb, 'select'>, shape: Shape) => Query {
  const byReplica = new WeakMap<object, Map<string, Query>>();
  return (db, shape) => {
    let queries = byReplica.get(db);
    if (queries === undefined) {
      queries = new Map();
      byReplica.set(db, queries);
    }
    const key = JSON.stringify(shape);
    let query = queries.get(key);
    if (query === undefined) {
      // A reader's handle is the same object with fewer methods in its type.
      query = compile(build(db as ReplicaDb, shape));
      queries.set(key, query);
    }
    return query;
  };
}
