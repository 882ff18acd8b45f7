import Database from 'better-sqlite3';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, describe, expect, it } from 'vitest';

import { LATEST_VERSION, migrate, MIGRATIONS, versionOf } from './migrate';
import * as schema from './schema';

const db = new Database(':memory:');
afterEach(() => expect(db.inTransaction).toBe(false));

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}

describe('migrations', () => {
  migrate(db);

  it('are numbered without a gap', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1));
    expect(versionOf(db)).toBe(LATEST_VERSION);
  });

  it('run once', () => {
    expect(() => migrate(db)).not.toThrow();
  });

  it('R3 leave a device the series that it opened itself', () => {
    const old = new Database(':memory:');
    for (const { sql } of MIGRATIONS.slice(0, 3)) old.exec(sql);
    old.pragma('user_version = 3');
    old.exec(`INSERT INTO meta (key, value) VALUES ('device_uid', 'this')`);
    for (const issuer of ['this', 'another']) {
      old.exec(
        `INSERT INTO series (uid, kind, issuer, letter, pattern, resets_yearly, is_current)
         VALUES ('of ${issuer}', 'invoice', '${issuer}', '', '{0000}', 1, 1)`,
      );
    }
    migrate(old);
    expect(old.prepare('SELECT uid FROM series WHERE is_current').pluck().all()).toEqual([
      'of this',
    ]);
    old.close();
  });

  const tables = Object.values(schema).filter((value) => is(value, SQLiteTable));
  it.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
    'make %s as the schema describes it',
    (name, table) => {
      const actual = db.pragma(`table_info(${name})`) as readonly Column[];
      const described = getTableConfig(table).columns.map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        isRequired: column.notNull || column.primary,
      }));
      expect(
        actual
          .map((column) => ({
            name: column.name,
            type: column.type,
            isRequired: column.notnull === 1 || column.pk > 0,
          }))
          .sort(byName),
      ).toEqual(described.sort(byName));
    },
  );

  it('make no table that the schema does not describe', () => {
    const names = db
      .prepare<[], { name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table'
         AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_search%'`,
      )
      .all()
      .map(({ name }) => name);
    expect(names.sort()).toEqual(tables.map((table) => getTableConfig(table).name).sort());
  });
});

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
