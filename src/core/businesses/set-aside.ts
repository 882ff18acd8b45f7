import Database from 'better-sqlite3';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { syncDirectory } from './durable-file';

/** SQLite's words for a file that is damaged or none of its own. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
  );
}

/** Moves a replica with its WAL out of the way; the new place is answered. Nothing is deleted. */
export function setAside(replicaPath: string, directory: string, now: Date): string {
  const place = join(directory, now.toISOString().replace(/[:.]/g, '-'));
  mkdirSync(place, { recursive: true });
  for (const ending of ['', '-wal', '-shm']) {
    const file = `${replicaPath}${ending}`;
    if (existsSync(file)) renameSync(file, join(place, basename(file)));
  }
  syncDirectory(place);
  return place;
}

/**
 * Saves what can still be read of the changes that the cloud was not told, as JSON lines. Rows are
 * fetched one by one, so that a damaged page costs only its own. Answers the file (null when
 * nothing could be read) and how many changes it holds.
 */
export function exportUnsentChanges(
  replicaPath: string,
  target: string,
): { readonly path: string | null; readonly count: number } {
  const rows = readUnsentChanges(replicaPath);
  if (rows.length === 0) return { path: null, count: 0 };
  writeFileSync(target, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600 });
  return { path: target, count: rows.length };
}

function readUnsentChanges(replicaPath: string): readonly unknown[] {
  const rows: unknown[] = [];
  try {
    const db = new Database(replicaPath, { readonly: true, fileMustExist: true });
    try {
      const range = db
        .prepare<[], { first: number | null; last: number | null }>(
          'SELECT min(id) AS first, max(id) AS last FROM outbox',
        )
        .get();
      const byId = db.prepare('SELECT * FROM outbox WHERE id = ?');
      for (let id = range?.first ?? 1; id <= (range?.last ?? 0); id += 1) {
        const row = readRow(() => byId.get(id));
        if (row !== undefined) rows.push(row);
      }
    } finally {
      db.close();
    }
  } catch (error) {
    // Too damaged to open or to find the outbox in: what was read so far is all there is.
    if (!(error instanceof Database.SqliteError)) throw error;
  }
  return rows;
}

function readRow(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof Database.SqliteError) return undefined;
    throw error;
  }
}
