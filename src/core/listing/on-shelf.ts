import type { SQL } from 'drizzle-orm';
import { and, isNull, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

/** A table whose records can be put aside: archived, or deleted and never listed. */
interface ShelvedTable {
  readonly archivedAt: SQLiteColumn;
  readonly deletedAt: SQLiteColumn;
}

/** Not deleted and on the wanted shelf, in the words of the indexes; with `shelfValue` it is run. */
export function isOnShelf({ archivedAt, deletedAt }: ShelvedTable): SQL | undefined {
  return and(
    isNull(deletedAt),
    sql`(${archivedAt} IS NOT NULL) = ${sql.placeholder('isArchived')}`,
  );
}

/** SQLite has no booleans. */
export function shelfValue(shelf: 'active' | 'archived'): { readonly isArchived: 0 | 1 } {
  return { isArchived: shelf === 'archived' ? 1 : 0 };
}
