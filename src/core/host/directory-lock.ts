import { join } from 'node:path';

import Database from 'better-sqlite3';

const WAIT_MS = 3_000;

/** Held here, because a database that nobody refers to is collected, and its lock goes with it. */
const held = new Set<Database.Database>();

/**
 * Takes the data directory for this process, so that two of them never write the same replica.
 * SQLite's own file lock serves, because the operating system frees it with the process, however
 * that ends. Waits a little for a core that is just ending. Answers how to give it back, or null
 * when another process holds it.
 */
export function lockDirectory(dataDirectory: string): (() => void) | null {
  const database = new Database(join(dataDirectory, 'in-use.lock'), { timeout: WAIT_MS });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  held.add(database);
  return () => {
    held.delete(database);
    database.close();
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
