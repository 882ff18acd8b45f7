import { gte, lt, and, eq, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

import { prepared } from '../replica/prepared';
import type { ReadScope, WriteScope } from '../replica/replica';
import type { ReplicaDb } from '../replica/replica-db';
import { searchPhrases } from './search-words';

/** The full text indexes, by the table whose `id` is their `rowid`. */
export const clientsSearch = searchTable('clients_search');
export const productsSearch = searchTable('products_search');
export const ordersSearch = searchTable('orders_search');
export const invoicesSearch = searchTable('invoices_search');

const INDEXES = {
  clients_search: searchIndex(clientsSearch, 'clients_search_terms'),
  products_search: searchIndex(productsSearch, 'products_search_terms'),
  orders_search: searchIndex(ordersSearch, 'orders_search_terms'),
  invoices_search: searchIndex(invoicesSearch, 'invoices_search_terms'),
};
export type SearchTable = keyof typeof INDEXES;

function searchTable(name: string) {
  return sqliteTable(name, { rowid: integer('rowid').notNull(), words: text('words').notNull() });
}

function searchIndex(table: ReturnType<typeof searchTable>, termsName: string) {
  const terms = sqliteTable(termsName, { term: text('term').notNull() });
  return {
    insert: prepared((db) =>
      db
        .insert(table)
        .values({ rowid: sql.placeholder('id'), words: sql.placeholder('words') })
        .prepare(),
    ),
    delete: prepared((db) =>
      db
        .delete(table)
        .where(eq(table.rowid, sql.placeholder('id')))
        .prepare(),
    ),
    /** A word of the index in a range, cheap because it stops at the first. */
    termBetween: prepared((db: ReplicaDb) =>
      db
        .select({ term: terms.term })
        .from(terms)
        .where(and(gte(terms.term, sql.placeholder('from')), lt(terms.term, sql.placeholder('to'))))
        .limit(1)
        .prepare(),
    ),
  };
}

/** Indexes a new record by the words of `searchWords`, in the caller's transaction. */
export function addWords(scope: WriteScope, table: SearchTable, id: number, words: string): void {
  INDEXES[table].insert(scope.db).run({ id, words });
}

/** Indexes a record that may be indexed already. */
export function indexWords(scope: WriteScope, table: SearchTable, id: number, words: string): void {
  removeWords(scope, table, id);
  addWords(scope, table, id, words);
}

export function removeWords(scope: WriteScope, table: SearchTable, id: number): void {
  INDEXES[table].delete(scope.db).run({ id });
}

/**
 * The FTS5 query for what was typed: every word must be there, each may be the beginning of a
 * longer one, and what was typed without a space stands together (`INV-2026`, `東京`). Holds
 * quoted letters and digits alone, so nothing typed can be an operator. Null when the text has no
 * letter and no digit: then there is nothing to look for.
 */
export function matchQuery(scope: ReadScope, table: SearchTable, text: string): string | null {
  const phrases = searchPhrases(text);
  if (phrases.length === 0) return null;
  return phrases
    .map((words) => `"${words.join(' ')}"${canGrow(scope, table, words.at(-1) ?? '') ? '*' : ''}`)
    .join(' AND ');
}

/** Words up to this length have an index of their beginnings (see the migration). */
const INDEXED_PREFIX = 3;
const LAST_CHARACTER = '\u{10ffff}';

/**
 * Whether a longer word begins with this one. A whole word that half of all documents share is
 * read as far as the page needs it; as a beginning, it would be read to the end first.
 */
function canGrow(scope: ReadScope, table: SearchTable, word: string): boolean {
  if (Array.from(word).length <= INDEXED_PREFIX) return true;
  const longer = INDEXES[table]
    .termBetween(scope.db)
    .get({ from: `${word}\u0001`, to: `${word}${LAST_CHARACTER}` });
  return longer !== undefined;
}
