import { and, asc, count, eq, gt, inArray, lt, ne, or } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import type { ReadScope, WriteScope } from '../replica/replica';
import { outbox } from '../replica/schema';

export type OutboxRow = typeof outbox.$inferSelect;

export function bodyOf(row: Pick<OutboxRow, 'body'>): MutationBody {
  // Written by this app from typed mutations, in the transaction of the change.
  return JSON.parse(row.body) as MutationBody;
}

/** The batch that is on its way, in the order of its numbers. */
export function readSent(scope: ReadScope, collection: SyncCollection): readonly OutboxRow[] {
  return scope.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.state, 'sent'), eq(outbox.collection, collection)))
    .orderBy(asc(outbox.seq))
    .all();
}

export function readQueued(
  scope: ReadScope,
  collection: SyncCollection,
  limit: number,
): readonly OutboxRow[] {
  return scope.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.state, 'queued'), eq(outbox.collection, collection)))
    .orderBy(asc(outbox.id))
    .limit(limit)
    .all();
}

/** Records that the cloud is not known to have yet: what refers to them waits (R18). */
export function readPendingCreates(scope: ReadScope): ReadonlySet<string> {
  const rows = scope.db
    .select({ uid: outbox.recordUid })
    .from(outbox)
    .where(
      and(inArray(outbox.state, ['queued', 'sent']), inArray(outbox.kind, ['create', 'finalise'])),
    )
    .all();
  return new Set(rows.map(({ uid }) => uid));
}

/** The mutations of a record that no pull has shown: not told, or told later than `version`. */
export function readUnseen(
  scope: ReadScope,
  collection: SyncCollection,
  uid: string,
  version: number,
): readonly OutboxRow[] {
  return scope.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.recordUid, uid), eq(outbox.collection, collection)))
    .orderBy(asc(outbox.id))
    .all()
    .filter((row) => row.state !== 'acknowledged' || (row.version ?? 0) > version);
}

/** The uids of a collection that have mutations which a pull from `cursor` on may not show. */
export function readUnseenUids(
  scope: ReadScope,
  collection: SyncCollection,
  cursor: number,
): ReadonlySet<string> {
  const rows = scope.db
    .select({ uid: outbox.recordUid })
    .from(outbox)
    .where(
      and(
        eq(outbox.collection, collection),
        or(ne(outbox.state, 'acknowledged'), gt(outbox.version, cursor)),
      ),
    )
    .all();
  return new Set(rows.map(({ uid }) => uid));
}

export function countWaiting(scope: ReadScope): number {
  const [row] = scope.db
    .select({ n: count() })
    .from(outbox)
    .where(inArray(outbox.state, ['queued', 'sent']))
    .all();
  return row?.n ?? 0;
}

export function countWaitingOf(scope: ReadScope, collection: SyncCollection): number {
  const [row] = scope.db
    .select({ n: count() })
    .from(outbox)
    .where(and(inArray(outbox.state, ['queued', 'sent']), eq(outbox.collection, collection)))
    .all();
  return row?.n ?? 0;
}

export function updateRow(scope: WriteScope, id: number, change: Partial<OutboxRow>): void {
  scope.db.update(outbox).set(change).where(eq(outbox.id, id)).run();
}

export function deleteRow(scope: WriteScope, id: number): void {
  scope.db.delete(outbox).where(eq(outbox.id, id)).run();
}

/** Acknowledged mutations are kept longer than the cloud keeps backups (R62). */
const KEPT_DAYS = 35;

export function forgetOld(scope: WriteScope): void {
  const before = new Date(Date.parse(scope.now) - KEPT_DAYS * 86_400_000).toISOString();
  scope.db
    .delete(outbox)
    .where(and(eq(outbox.state, 'acknowledged'), lt(outbox.acknowledgedAt, before)))
    .run();
}
