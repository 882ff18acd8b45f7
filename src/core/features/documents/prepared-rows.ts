import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { InferSelectModel, Placeholder } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

import { prepared } from '../../replica/prepared';
import type { WriteScope } from '../../replica/replica';

/** A table whose rows have the `id` of their place in the file. */
type TableWithId = SQLiteTable & { readonly id: SQLiteColumn };

/** A whole row: no column is left to a default, so that one prepared statement fits all. */
export type NewRow<Table extends SQLiteTable> = Omit<InferSelectModel<Table>, 'id'>;

/** An insert of whole rows, prepared once per replica. Answers the `id` of the new row. */
export function preparedInsert<Table extends SQLiteTable>(
  table: Table,
): (scope: WriteScope, row: NewRow<Table>) => number {
  const values = placeholdersOf(table);
  const insert = prepared((db) =>
    db
      .insert(table as SQLiteTable)
      .values(values)
      .prepare(),
  );
  return (scope, row) => Number(insert(scope.db).run(row).lastInsertRowid);
}

/** An update of whole rows by their `id`, prepared once per replica. */
export function preparedUpdate<Table extends TableWithId>(
  table: Table,
): (scope: WriteScope, id: number, row: NewRow<Table>) => void {
  const values = placeholdersOf(table);
  const update = prepared((db) =>
    db
      .update(table as SQLiteTable)
      .set(values)
      .where(eq(table.id, sql.placeholder('id')))
      .prepare(),
  );
  return (scope, id, row) => {
    const { changes } = update(scope.db).run({ ...row, id });
    if (changes !== 1) throw new Error(`no row ${id} to update`);
  };
}

function placeholdersOf(table: SQLiteTable): Record<string, Placeholder> {
  const names = Object.keys(getTableColumns(table)).filter((name) => name !== 'id');
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
}
