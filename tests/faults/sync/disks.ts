import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Session } from '../../../src/core/businesses/session';
import { openLedger } from '../../../src/core/numbering/ledger';
import type { Replica } from '../../../src/core/replica/replica';
import { openReplica } from '../../../src/core/replica/replica';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { fastDirectory } from './fast-directory';

let empty: string | null = null;

/** A replica that has its tables and nothing in them. */
function emptyReplica(): string {
  if (empty !== null) return empty;
  empty = join(mkdtempSync(join(fastDirectory(), 'doccentr-empty-')), 'replica.sqlite');
  openReplica(empty, { now: () => new Date(), onChange: () => undefined }).close();
  return empty;
}

/** For the end of all schedules. */
export function removeEmptyReplica(): void {
  if (empty !== null) rmSync(dirname(empty), { recursive: true, force: true });
  empty = null;
}

/** Makes the files of a business, as a session does, but for tables that are copied: making them takes long. */
export function layOut(
  session: Session,
  uid: BusinessUid,
  now: () => Date,
  fill: (replica: Replica) => void,
): void {
  const paths = session.pathsOf(uid);
  mkdirSync(paths.directory, { recursive: true });
  mkdirSync(dirname(paths.ledger), { recursive: true });
  copyFileSync(emptyReplica(), paths.replica);
  const replica = openReplica(paths.replica, { now, onChange: () => undefined });
  fill(replica);
  replica.close();
  openLedger(paths.ledger, uid).close();
}

/**
 * Copies the disk of a machine as it is at this moment, also in the middle of a transaction: what
 * SQLite keeps in memory (`-shm`) is no part of it.
 */
export function copyDisk(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('-shm') });
}
