import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

import { syncDirectory } from './durable-file';

export type BackupKind = 'daily' | 'manual' | 'before_migration' | 'before_restore';

export interface Backup {
  /** The file's name without its ending. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: BackupKind;
  readonly sizeBytes: number;
}

const NAME =
  /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z-(daily|manual|before_migration|before_restore)\.sqlite$/;
const KEPT_OF_TODAY = 3;
const KEPT_DAYS = 10;
const KEPT_OF_OTHER_KINDS = 10;

/** The backups of a business, newest first. Files of other names are none of ours. */
export function listBackups(directory: string): readonly Backup[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .flatMap((name) => {
      const parts = NAME.exec(name);
      if (!parts) return [];
      const [, day, hours, minutes, seconds, millis, kind] = parts;
      return [
        {
          id: basename(name, '.sqlite'),
          at: `${day}T${hours}:${minutes}:${seconds}.${millis}Z`,
          kind: kind as BackupKind,
          sizeBytes: statSync(join(directory, name)).size,
        },
      ];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

export function backupPath(directory: string, id: string): string {
  return join(directory, `${id}.sqlite`);
}

/**
 * Copies an open replica by SQLite's backup API while the app goes on, checks the copy, and only
 * then gives it its name. Throws when the copy is damaged (which means that the replica is).
 */
export async function createBackup(
  source: { backup(path: string): Promise<unknown> },
  directory: string,
  kind: BackupKind,
  now: Date,
): Promise<Backup> {
  mkdirSync(directory, { recursive: true });
  const id = `${now.toISOString().replace(/[:.]/g, '-')}-${kind}`;
  const unfinished = join(directory, `${id}.unfinished`);
  const path = backupPath(directory, id);
  try {
    await source.backup(unfinished);
    checkCopy(unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    // Half a copy is of no use, and on a full disk every further try would leave one more.
    for (const ending of ['', '-journal', '-wal', '-shm']) {
      rmSync(`${unfinished}${ending}`, { force: true });
    }
    throw error;
  }
  syncDirectory(directory);
  return { id, at: now.toISOString(), kind, sizeBytes: statSync(path).size };
}

/** Throws when the file is no sound database. Leaves it as one file without a WAL beside it. */
export function checkCopy(path: string): void {
  const copy = new Database(path);
  try {
    const found = copy.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(`damaged copy: ${String(found)}`);
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/**
 * Which backups to let go: of the automatic ones, the three newest of today and the newest of each
 * of the ten days before stay; of every other kind the ten newest.
 */
export function outdatedBackups(backups: readonly Backup[], today: string): readonly Backup[] {
  const newestFirst = [...backups].sort((a, b) => (a.at < b.at ? 1 : -1));
  const kept = new Map<string, number>();
  return newestFirst.filter((backup) => {
    const day = backup.at.slice(0, 10);
    if (backup.kind !== 'daily') return count(kept, backup.kind) > KEPT_OF_OTHER_KINDS;
    if (day >= today) return count(kept, 'today') > KEPT_OF_TODAY;
    if (count(kept, day) > 1) return true;
    return count(kept, 'days') > KEPT_DAYS;
  });
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}

/** Removes copies that a crash cut off; asked before any backup of this run begins. */
export function sweepUnfinished(directory: string): void {
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.unfinished'))) {
    rmSync(join(directory, name), { force: true });
  }
}

export function removeOutdated(directory: string, today: string): void {
  for (const backup of outdatedBackups(listBackups(directory), today)) {
    rmSync(backupPath(directory, backup.id), { force: true });
  }
}

/** Whether a backup can be put back. */
export function isSound(path: string): boolean {
  try {
    checkCopy(path);
    return true;
  } catch {
    return false;
  }
}
