import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core';

import type { Database, Transaction } from './database';
import { insertRows } from './insert-rows';

/** A table that repeats what another service told, and at which revision. */
type Projection = MySqlTable & { readonly revision: MySqlColumn };

/**
 * Keeps rows of a projection, which their primary keys name, unless something as new stands there
 * already: events arrive in any order and more than once.
 */
export async function storeIfNewer<T extends Projection>(
  scope: Database | Transaction,
  table: T,
  ...rows: readonly (T['$inferInsert'] & { readonly revision: number })[]
): Promise<void> {
  await insertRows(scope, table, rows, 'overwriteOlder');
}
