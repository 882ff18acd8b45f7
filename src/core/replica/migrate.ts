import type Database from 'better-sqlite3';

import type { Migration } from './migration';
import { initial } from './migrations/0001-initial';
import { sync } from './migrations/0002-sync';
import { sendsByState } from './migrations/0003-sends-by-state';
import { ownSeries } from './migrations/0004-own-series';
import { outcomesAreKept } from './migrations/0005-outcomes-are-kept';

export const MIGRATIONS: readonly Migration[] = [
  initial,
  sync,
  sendsByState,
  ownSeries,
  outcomesAreKept,
];

/** The version of the shape that this app knows. */
export const LATEST_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

/** The version of a replica's shape; 0 for an empty file. */
export function versionOf(db: Database.Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** Runs what is missing, each step in a transaction of its own together with its version. */
export function migrate(db: Database.Database): void {
  const current = versionOf(db);
  for (const migration of MIGRATIONS) {
    if (migration.version <= current) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}
