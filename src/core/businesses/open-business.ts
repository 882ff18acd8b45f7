import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';

import type { appState } from '../../shared/contracts/app-api/app';
import { replicaProblem } from '../../shared/contracts/app-api/app';
import type { Collection } from '../../shared/contracts/app-api/reports';
import type { BusinessUid, DeviceUid } from '../../shared/domain/ids';
import { deviceUid, newUid } from '../../shared/domain/ids';
import { LedgerDamage, openLedger, type NumberLedger } from '../numbering/ledger';
import { settleLedger } from '../numbering/settle-ledger';
import { LATEST_VERSION, migrate, versionOf } from '../replica/migrate';
import { openReplica, type Replica } from '../replica/replica';
import { meta } from '../replica/schema';
import { backupPath, checkCopy, createBackup, listBackups, sweepUnfinished } from './backups';
import { readIfThere, syncDirectory, writeDurably } from './durable-file';
import type { BusinessPaths } from './registry';
import { exportUnsentChanges, isDamage, setAside } from './set-aside';

export type ReplicaProblem = NonNullable<z.infer<typeof appState>['problem']>;

export interface OpenedBusiness {
  readonly replica: Replica;
  readonly ledger: NumberLedger;
  readonly deviceUid: DeviceUid;
}

export type Opening =
  | { readonly kind: 'open'; readonly business: OpenedBusiness }
  | { readonly kind: 'problem'; readonly problem: ReplicaProblem };

interface OpenOptions {
  readonly uid: BusinessUid;
  readonly paths: BusinessPaths;
  readonly now: () => Date;
  readonly onChange: (collections: readonly Collection[]) => void;
  /** See ReplicaOptions. */
  readonly checkpointThread?: URL | undefined;
}

/**
 * Opens the replica and the ledger of a business. What stands in the way (damage, a replica of a
 * newer app, a lost ledger) is answered as a problem that the user decides about; a problem that
 * was found earlier stays until then, also over restarts.
 */
export async function openBusiness(options: OpenOptions): Promise<Opening> {
  const { paths } = options;
  sweepUnfinished(paths.backups);
  await finishRestore(paths, options.uid);
  const known = readIfThere(paths.problem);
  if (known !== null) return { kind: 'problem', problem: replicaProblem.parse(JSON.parse(known)) };
  // An empty file in place of a vanished one would hide the loss.
  if (!existsSync(paths.replica)) return { kind: 'problem', problem: putAside(options) };
  try {
    const tooNew = await prepareFile(paths, options.now());
    if (tooNew) return { kind: 'problem', problem: tooNew };
    const replica = openReplica(paths.replica, options);
    try {
      return openWithLedger(options, replica);
    } catch (error) {
      replica.close();
      throw error;
    }
  } catch (error) {
    // Without a sound ledger numbers could be issued again: as good as lost, the user is asked.
    if (error instanceof LedgerDamage) {
      return { kind: 'problem', problem: { kind: 'ledger_missing' } };
    }
    if (!isDamage(error)) throw error;
    return { kind: 'problem', problem: putAside(options) };
  }
}

/** Backs the file up before a migration; answers a problem when it is from a newer app. */
async function prepareFile(paths: BusinessPaths, now: Date): Promise<ReplicaProblem | null> {
  const db = new Database(paths.replica, { fileMustExist: true });
  try {
    const version = versionOf(db);
    if (version > LATEST_VERSION) {
      return { kind: 'too_new', replicaVersion: version, appVersion: LATEST_VERSION };
    }
    if (version < LATEST_VERSION) await createBackup(db, paths.backups, 'before_migration', now);
    return null;
  } finally {
    db.close();
  }
}

function openWithLedger(options: OpenOptions, replica: Replica): Opening {
  const { paths, uid } = options;
  const hasIssued = replica.connection
    .prepare('SELECT 1 FROM invoices WHERE sequence IS NOT NULL LIMIT 1')
    .get();
  if (!existsSync(paths.ledger) && hasIssued) {
    replica.close();
    return { kind: 'problem', problem: { kind: 'ledger_missing' } };
  }
  mkdirSync(dirname(paths.ledger), { recursive: true });
  const ledger = openLedger(paths.ledger, uid);
  try {
    settleLedger(replica, ledger);
    return {
      kind: 'open',
      business: { replica, ledger, deviceUid: deviceUid.parse(readMeta(replica, 'device_uid')) },
    };
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function readMeta(replica: Replica, key: string): string | undefined {
  return replica.read((scope) =>
    scope.db.select({ value: meta.value }).from(meta).where(eq(meta.key, key)).get(),
  )?.value;
}

/** Sets a damaged replica aside, saves its unsent changes and remembers the problem. */
export function putAside({ paths, now }: Pick<OpenOptions, 'paths' | 'now'>): ReplicaProblem {
  const place = setAside(paths.replica, paths.setAside, now());
  const saved = exportUnsentChanges(
    join(place, 'replica.sqlite'),
    join(place, 'unsent-changes.jsonl'),
  );
  const last = listBackups(paths.backups)[0];
  const problem: ReplicaProblem = {
    kind: 'corrupted',
    setAsidePath: place,
    exportedChanges: saved.count,
    exportPath: saved.path,
    lastBackup: last ? { id: last.id, at: last.at } : null,
  };
  writeDurably(paths.problem, JSON.stringify(problem));
  return problem;
}

/**
 * Puts a backup in the replica's place; the replica is closed by then. The wish is written down
 * first, so that a crash in the middle is finished at the next start.
 * Throws, changing nothing, when the backup is not there or damaged.
 */
export async function putBack(
  paths: BusinessPaths,
  uid: BusinessUid,
  backupId: string,
): Promise<void> {
  checkCopy(backupPath(paths.backups, backupId));
  writeDurably(paths.restore, JSON.stringify({ backupId }));
  await finishRestore(paths, uid);
}

async function finishRestore(paths: BusinessPaths, uid: BusinessUid): Promise<void> {
  if (!existsSync(paths.restore)) return;
  const { backupId } = JSON.parse(readFileSync(paths.restore, 'utf8')) as { backupId: string };
  const copy = `${paths.replica}.restored`;
  await copyFile(backupPath(paths.backups, backupId), copy);
  takeNewIdentity(copy, uid);
  // A WAL of the old file must not be applied to the new one.
  for (const ending of ['-wal', '-shm']) rmSync(`${paths.replica}${ending}`, { force: true });
  renameSync(copy, paths.replica);
  rmSync(paths.problem, { force: true });
  rmSync(paths.restore);
  syncDirectory(paths.directory);
}

/**
 * A restored replica belongs to a device with a new uid: the cloud has seen changes of the old
 * one that this file knows nothing of. The business may have got another uid since the backup: the
 * one that it has in the cloud.
 */
function takeNewIdentity(path: string, uid: BusinessUid): void {
  const db = new Database(path);
  try {
    db.pragma('synchronous = FULL');
    // A step of the shape may go by the uid that this takes away.
    migrate(db);
    const next = newUid<DeviceUid>();
    db.transaction(() => {
      db.prepare(`UPDATE meta SET value = ? WHERE key = 'device_uid'`).run(next);
      db.prepare('UPDATE businesses SET uid = ?').run(uid);
      db.prepare(`UPDATE meta SET value = ? WHERE key = 'business_uid'`).run(uid);
    })();
  } finally {
    db.close();
  }
}
