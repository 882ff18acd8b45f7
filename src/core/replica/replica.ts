import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

import type { Collection } from '../../shared/contracts/app-api/reports';
import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import type { Instant } from '../../shared/domain/calendar-date';
import type { DomainError, Result } from '../../shared/domain/result';
import type { Change } from './changes';
import { writeChange } from './changes';
import { openCheckpointer } from './checkpointer';
import { migrate } from './migrate';
import { queueMutation } from './outbox';
import type { ReplicaDb } from './replica-db';
import * as schema from './schema';

/** What a reader gets: a type that cannot write. */
export interface ReadScope {
  readonly db: Pick<ReplicaDb, 'select' | 'selectDistinct' | '$count' | 'get' | 'all' | 'values'>;
}

/** What a writer gets, inside one transaction. */
export interface WriteScope {
  readonly db: ReplicaDb;
  /** The moment of the transaction. */
  readonly now: Instant;
  /** Tells sync and the activity list what was done; belongs to the same transaction. */
  record(change: Change): void;
  /** Tells the cloud of a record that has no activity list: a logo, an e-mail, a paper. */
  queue(collection: SyncCollection, uid: string, body: MutationBody): void;
  /** Announces collections that changed without anything to tell the cloud. */
  touch(collections: readonly Collection[]): void;
}

/** The replica of one business: an SQLite file, one writer, every write in one transaction. */
export interface Replica {
  readonly path: string;
  /** For maintenance (backup, checks); features use `read` and `write`. */
  readonly connection: Database.Database;
  read<T>(work: (scope: ReadScope) => T): T;
  /**
   * Runs `work` in one transaction. A refusal or an exception rolls everything back; after a
   * commit the collections that changed are announced.
   */
  write<T, E = DomainError>(work: (scope: WriteScope) => Result<T, E>): Result<T, E>;
  /**
   * For much that comes in parts, with time for the screens in between. Parts share a transaction
   * that stays open: readers see them at once, `finishParts` or the next `write` commits them. An
   * exception, or the end of the process, takes back all that are not committed.
   */
  writePart(work: (scope: WriteScope) => void): void;
  /**
   * Commits them. Resolves once a log that has grown long is in the file: parts that can wait for
   * that keep it short.
   */
  finishParts(): Promise<void>;
  /** Copies the file while it is in use. */
  backup(path: string): Promise<unknown>;
  close(): void;
}

/** SQLite 3.7.0 to 3.51.2 can corrupt a WAL that is reset while being read. */
const OLDEST_SAFE_SQLITE = [3, 51, 3];

export interface ReplicaOptions {
  readonly now: () => Date;
  readonly onChange: (collections: readonly Collection[]) => void;
  /** The program that makes checkpoints on a thread of its own; without it, commits make them. */
  readonly checkpointThread?: URL | undefined;
}

/** Opens (and migrates) the file. Throws SqliteError on damage: see open-business.ts. */
export function openReplica(path: string, options: ReplicaOptions): Replica {
  const connection = new Database(path);
  try {
    configure(connection);
    migrate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  const db = drizzle(connection, { schema });
  const checkpointer = openCheckpointer(connection, options.checkpointThread);
  const parts = openParts(connection, db, options);
  return {
    path,
    connection,
    read: (work) => work({ db }),
    write: (work) => {
      parts.finish();
      const result = runWrite(connection, db, options, work);
      void checkpointer.look();
      return result;
    },
    writePart: (work) => parts.write(work),
    finishParts: () => {
      parts.finish();
      return checkpointer.look();
    },
    backup: (path) => parts.apart(() => connection.backup(path)),
    close: () => {
      checkpointer.close();
      connection.close();
    },
  };
}

function configure(connection: Database.Database): void {
  const version = connection.prepare('SELECT sqlite_version() AS v').get() as { v: string };
  if (isOlder(version.v, OLDEST_SAFE_SQLITE)) {
    throw new Error(`SQLite ${version.v} has a known corruption bug; 3.51.3 or newer is needed`);
  }
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('busy_timeout = 5000');
  connection.pragma('cache_size = -8000');
  connection.pragma('temp_store = MEMORY');
}

function isOlder(version: string, minimum: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, wanted] of minimum.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part < wanted;
  }
  return false;
}

/** Carries a refusal out of the transaction, which rolls back on any exception. */
class Rollback<E> extends Error {
  constructor(readonly reason: E) {
    super('rolled back');
  }
}

function scopeOf(db: ReplicaDb, now: Instant, changed: Set<Collection>): WriteScope {
  return {
    db,
    now,
    record: (change) => {
      changed.add(change.collection);
      writeChange(db, now, change);
    },
    queue: (collection, uid, body) => queueMutation(db, now, collection, uid, body),
    touch: (collections) => collections.forEach((collection) => changed.add(collection)),
  };
}

function runWrite<T, E>(
  connection: Database.Database,
  db: ReplicaDb,
  { now, onChange }: ReplicaOptions,
  work: (scope: WriteScope) => Result<T, E>,
): Result<T, E> {
  const changed = new Set<Collection>();
  const scope = scopeOf(db, now().toISOString(), changed);
  const transaction = connection.transaction((): Result<T, E> => {
    const result = work(scope);
    if (!result.ok) throw new Rollback(result.error);
    return result;
  });
  try {
    const result = transaction.immediate();
    if (changed.size > 0) onChange([...changed]);
    return result;
  } catch (error) {
    if (error instanceof Rollback) return { ok: false, error: error.reason as E };
    throw error;
  }
}

/** The transaction that parts share, while there is one. */
function openParts(
  connection: Database.Database,
  db: ReplicaDb,
  { now, onChange }: ReplicaOptions,
): {
  write(work: (scope: WriteScope) => void): void;
  finish(): void;
  apart<T>(work: () => Promise<T>): Promise<T>;
} {
  let changed: Set<Collection> | null = null;
  let areApart = 0;

  function orTakeBack(work: () => void): void {
    try {
      work();
    } catch (error) {
      changed = null;
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw error;
    }
  }

  function finish(): void {
    if (changed === null || !connection.open) return;
    orTakeBack(() => connection.exec('COMMIT'));
    const done = [...changed];
    changed = null;
    if (done.length > 0) onChange(done);
  }

  return {
    write(work) {
      if (changed === null) connection.exec('BEGIN IMMEDIATE');
      const own = (changed ??= new Set());
      orTakeBack(() => work(scopeOf(db, now().toISOString(), own)));
      if (areApart > 0) finish();
    },
    finish,
    /** Each part is a commit of its own meanwhile: SQLite copies nothing that is being written. */
    async apart(work) {
      areApart += 1;
      try {
        finish();
        return await work();
      } finally {
        areApart -= 1;
      }
    },
  };
}
