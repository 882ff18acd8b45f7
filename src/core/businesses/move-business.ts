import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

import { businessUid, type BusinessUid } from '../../shared/domain/ids';
import { syncDirectory, writeDurably } from './durable-file';
import { pathsOf, type Registry } from './registry';

const wish = z.object({ from: businessUid, to: businessUid });

/**
 * Gives a closed business another uid: the one that it has in the cloud. The wish is written down
 * first, so that a crash in the middle is finished at the next start. The ledger goes with it, so
 * that no number is issued again.
 */
export function moveBusiness(
  dataDirectory: string,
  registry: Registry,
  from: BusinessUid,
  to: BusinessUid,
): void {
  if (existsSync(pathsOf(dataDirectory, to).directory)) {
    throw new Error('a business of that uid is here already');
  }
  writeDurably(fileOf(dataDirectory), JSON.stringify({ from, to }));
  finishMove(dataDirectory, registry);
}

/** Does what is left of a move; each step finds out by itself whether it was done. */
export function finishMove(dataDirectory: string, registry: Registry): void {
  const file = fileOf(dataDirectory);
  if (!existsSync(file)) return;
  const { from, to } = wish.parse(JSON.parse(readFileSync(file, 'utf8')));
  const [old, next] = [pathsOf(dataDirectory, from), pathsOf(dataDirectory, to)];
  if (existsSync(old.ledger)) {
    renameLedger(old.ledger, to);
    // A ledger of an earlier stay of that business stands aside; its numbers are of other series.
    if (existsSync(next.ledger)) renameSync(next.ledger, `${next.ledger}.before`);
    renameSync(old.ledger, next.ledger);
  }
  if (existsSync(old.directory)) {
    renameReplica(old.replica, to);
    renameSync(old.directory, next.directory);
    syncDirectory(join(dataDirectory, 'businesses'));
  }
  if (registry.all().some(({ uid }) => uid === from)) registry.rename(from, to);
  rmSync(file);
}

function fileOf(dataDirectory: string): string {
  return join(dataDirectory, 'move.json');
}

/** Writes the new owner and leaves one file without a WAL beside it. */
function renameLedger(path: string, to: BusinessUid): void {
  change(path, (db) => db.prepare('UPDATE owner SET business_uid = ?').run(to));
}

function renameReplica(path: string, to: BusinessUid): void {
  change(path, (db) =>
    db.transaction(() => {
      db.prepare('UPDATE businesses SET uid = ?').run(to);
      db.prepare(`UPDATE meta SET value = ? WHERE key = 'business_uid'`).run(to);
    })(),
  );
}

function change(path: string, work: (db: Database.Database) => void): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('synchronous = FULL');
    work(db);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}
