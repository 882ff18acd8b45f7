import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core';

import type { Database, Transaction } from './database';
import { insertRows } from './insert-rows';

/** A table that repeats what another service told, and at which revision. */
type Projection = MySqlTable & { readonly revision: MySqlColumn };

/**
 * Keeps a row of a projection, which its primary key names, unless something as new stands there
 * already: events arrive in any order and more than once.
 */
export async function storeIfNewer<T extends Projection>(
  scope: Database | Transaction,
  table: T,
  row: T['$inferInsert'] & { readonly revision: number },
): Promise<void> {
  await insertRows(scope, table, [row], 'overwriteOlder');
}
