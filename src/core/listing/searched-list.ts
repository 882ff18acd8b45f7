import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

import type { DomainError, Result } from '../../shared/domain/result';
import { ok } from '../../shared/domain/result';
import type { ReadScope } from '../replica/replica';
import type { Page, PageRequest, Placed, ReadLimit, Span } from './pages';
import { readPage } from './pages';
import { matchQuery, type SearchTable } from './search-index';

/** What a search field stands for: everything, or the matches of a query, or nothing at all. */
export type Search =
  | { readonly kind: 'all' }
  | { readonly kind: 'matches'; readonly query: string }
  /** Something was typed, but no letter and no digit. */
  | { readonly kind: 'none' };

export function searchOf(scope: ReadScope, table: SearchTable, text: string | undefined): Search {
  if (text === undefined || text.trim() === '') return { kind: 'all' };
  const query = matchQuery(scope, table, text);
  return query === null ? { kind: 'none' } : { kind: 'matches', query };
}

interface SearchedList<Found extends Placed, Row> {
  /** Names the sort order, for cursors. */
  readonly order: string;
  readonly sorted: (span: Span, limit: ReadLimit) => readonly Found[];
  /** Newest first: `sortKey` is the `id`. */
  readonly matches: (query: string, span: Span, limit: ReadLimit) => readonly Found[];
  readonly toRow: (found: Found) => Row;
}

/** `isBeyond` of a match: matches come newest first, by their `id` alone. */
export function isMatchBeyond(id: SQLiteColumn): SQL<number | null> {
  return sql<number | null>`${id} < ${sql.placeholder('untilId')}`;
}

/** One page of a list that is either sorted or searched. */
export function readSearchedPage<Found extends Placed, Row>(
  search: Search,
  request: PageRequest,
  list: SearchedList<Found, Row>,
): Result<Page<Row>, DomainError> {
  if (search.kind === 'none') return ok({ rows: [], nextCursor: null });
  if (search.kind === 'all') return readPage(list.order, request, list.sorted, list.toRow);
  const { query } = search;
  return readPage('search', request, (span, limit) => list.matches(query, span, limit), list.toRow);
}
