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
  readonly limit: number;
}

/** A row of a list: what it is sorted by, and the `id` that breaks ties. */
export interface Placed {
  readonly id: number;
  readonly sortKey: string | number;
}

/** Where a page begins: after this row. */
export type Place = Placed;

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
 * Runs a list: decodes the cursor, asks `fetch` for at least one row more than the page holds
 * (which tells whether there is a next page), and turns the rows into what the caller answers.
 */
export function readPage<Found extends Placed, Row>(
  order: string,
  request: PageRequest,
  fetch: (after: Place | null, limit: ReadLimit) => readonly Found[],
  toRow: (found: Found) => Row,
): Result<Page<Row>, DomainError> {
  const after = decodeCursor(order, request.cursor);
  if (!after.ok) return after;
  const found = fetch(after.value, readLimitFor(request.limit));
  const rows = found.slice(0, request.limit);
  const last = rows.at(-1);
  const hasMore = found.length > request.limit && last !== undefined;
  return ok({ rows: rows.map(toRow), nextCursor: hasMore ? encodeCursor(order, last) : null });
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
