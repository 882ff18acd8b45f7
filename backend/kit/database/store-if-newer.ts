import type { SQL } from 'drizzle-orm';
import { and, lt, sql } from 'drizzle-orm';
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core';

import type { Database, Transaction } from './database';

/** A table that repeats what another service told, and at which revision. */
type Projection = MySqlTable & { readonly revision: MySqlColumn };

/**
 * Keeps a row of a projection unless something as new stands there already: events arrive in any
 * order and more than once. `isRow` names the row by its primary key. Two statements, since one
 * that compares and overwrites `revision` at once depends on the order of the columns.
 */
export async function storeIfNewer<T extends Projection>(
  scope: Database | Transaction,
  table: T,
  row: T['$inferInsert'] & { readonly revision: number },
  isRow: SQL | undefined,
): Promise<void> {
  const unchanged = { revision: sql`${table.revision}` } as unknown as T['$inferInsert'];
  await scope.insert(table).values(row).onDuplicateKeyUpdate({ set: unchanged });
  await scope
    .update(table)
    .set(row)
    .where(and(isRow, lt(table.revision, row.revision)));
}
