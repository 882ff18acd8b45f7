import { getTableColumns, sql } from 'drizzle-orm';
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core';
import type { ResultSetHeader } from 'mysql2';
import { escape, raw } from 'mysql2';

import type { Database, Transaction } from './database';

/** What an insert does with rows that are there already. */
export type OnDuplicate<T extends MySqlTable> =
  | 'fail'
  /** Leaves them as they are. */
  | 'keep'
  /** Overwrites those whose `revision` is lower. */
  | 'overwriteOlder'
  /** Overwrites all but these columns. */
  | { readonly overwriteBut: readonly (keyof T['$inferInsert'] & string)[] };

/**
 * Inserts many rows by one statement, written out here: building it value by value, as a query
 * builder does, takes longer than the database. All rows have the columns of the first one; values
 * are turned into text by the columns' own mapping, or are expressions (`raw`). Returns the id that
 * the first new row got, where the table gives ids.
 */
export async function insertRows<T extends MySqlTable>(
  scope: Database | Transaction,
  table: T,
  rows: readonly T['$inferInsert'][],
  onDuplicate: OnDuplicate<T> = 'fail',
): Promise<number> {
  const [first] = rows;
  if (first === undefined) return 0;
  const columns = Object.entries(getTableColumns(table) as Record<string, MySqlColumn>).filter(
    ([name, column]) => name in first && column.generated === undefined,
  );
  const values = rows.map((row) => {
    const fields = row as Readonly<Record<string, unknown>>;
    return `(${columns.map(([name, column]) => literal(column, fields[name])).join(',')})`;
  });
  const names = columns.map(([, column]) => `\`${column.name}\``);
  const head = sql`insert into ${table} ${sql.raw(`(${names.join(',')})`)}`;
  // As a value: the driver does not look through it for places of values.
  const rowsText = sql.param(raw(values.join(',')));
  const [header] = (await scope.execute(
    sql`${head} values ${rowsText}${sql.raw(duplicateClause(columns, onDuplicate))}`,
  )) as unknown as [ResultSetHeader];
  return header.insertId;
}

function literal(column: MySqlColumn, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return String(value);
  if (isExpression(value)) return value.toSqlString();
  const mapped = column.mapToDriverValue(value) as Parameters<typeof escape>[0];
  return typeof mapped === 'string' ? quoted(mapped) : escape(mapped);
}

/** What `raw` of the driver makes: SQL that says what the value is. */
function isExpression(value: unknown): value is ReturnType<typeof raw> {
  return typeof value === 'object' && value !== null && 'toSqlString' in value;
}

/** What ends a text between single quotes, or begins an escape there. */
const SPECIAL = /['\\]/g;

/** JSON is full of double quotes, which the driver's own escaping would escape one by one. */
function quoted(text: string): string {
  // Most texts hold neither: to look for one is ten times as fast as to replace none.
  const isPlain = !text.includes("'") && !text.includes('\\');
  return `'${isPlain ? text : text.replace(SPECIAL, String.raw`\$&`)}'`;
}

function duplicateClause<T extends MySqlTable>(
  columns: readonly (readonly [string, MySqlColumn])[],
  onDuplicate: OnDuplicate<T>,
): string {
  if (onDuplicate === 'fail') return '';
  if (onDuplicate === 'overwriteOlder') return ` on duplicate key update ${olderOnly(columns)}`;
  const keep: readonly string[] = onDuplicate === 'keep' ? [] : onDuplicate.overwriteBut;
  const changed =
    onDuplicate === 'keep'
      ? columns.slice(0, 1).map(([, { name }]) => `\`${name}\`=\`${name}\``)
      : columns
          .filter(([name]) => !keep.includes(name))
          .map(([, { name }]) => `\`${name}\`=values(\`${name}\`)`);
  return ` on duplicate key update ${changed.join(',')}`;
}

/** Assignments see those before them, so the revision that all of them look at comes last. */
function olderOnly(columns: readonly (readonly [string, MySqlColumn])[]): string {
  const others = columns.filter(([, { name }]) => name !== 'revision');
  const changed = others.map(
    ([, { name }]) =>
      `\`${name}\`=if(\`revision\`<values(\`revision\`),values(\`${name}\`),\`${name}\`)`,
  );
  return [...changed, '`revision`=greatest(`revision`,values(`revision`))'].join(',');
}
