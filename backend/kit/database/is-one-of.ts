import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { MySqlColumn } from 'drizzle-orm/mysql-core';

/** Whether two columns together are one of some pairs, of which there is one at least. */
export function isOneOf(
  first: MySqlColumn,
  second: MySqlColumn,
  pairs: readonly (readonly [string, string])[],
): SQL {
  const wanted = pairs.map(([one, other]) => sql`(${one}, ${other})`);
  return sql`(${first}, ${second}) in (${sql.join(wanted, sql`, `)})`;
}
