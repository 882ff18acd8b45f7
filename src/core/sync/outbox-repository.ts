import { and, asc, count, eq, gt, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import { isUntold } from '../replica/outbox';
import { prepared } from '../replica/prepared';
import type { ReadScope, WriteScope } from '../replica/replica';
import { outbox } from '../replica/schema';

export type OutboxRow = typeof outbox.$inferSelect;

export function bodyOf(row: Pick<OutboxRow, 'body'>): MutationBody {
  // Written by this app from typed mutations, in the transaction of the change.
  return JSON.parse(row.body) as MutationBody;
}

const sentRows = prepared((db) =>
  db
    .select()
    .from(outbox)
    .where(and(eq(outbox.state, 'sent'), eq(outbox.collection, sql.placeholder('collection'))))
    .orderBy(asc(outbox.seq))
    .prepare(),
);

/** The batch that is on its way, in the order of its numbers. */
export function readSent(scope: ReadScope, collection: SyncCollection): readonly OutboxRow[] {
  return sentRows(scope.db).all({ collection });
}

const queuedRows = prepared((db) =>
  db
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.state, 'queued'),
        eq(outbox.collection, sql.placeholder('collection')),
        gt(outbox.id, sql.placeholder('after')),
      ),
    )
    .orderBy(asc(outbox.id))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** The next queued mutations after one of them, in the order they were made. */
export function readQueued(
  scope: ReadScope,
  collection: SyncCollection,
  after: number,
  limit: number,
): readonly OutboxRow[] {
  return queuedRows(scope.db).all({ collection, after, limit });
}

const ofRecord = prepared((db) =>
  db
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.recordUid, sql.placeholder('uid')),
        eq(outbox.collection, sql.placeholder('collection')),
      ),
    )
    .orderBy(asc(outbox.id))
    .prepare(),
);

/** The mutations of a record that no pull has shown: not told, or told later than `version`. */
export function readUnseen(
  scope: ReadScope,
  collection: SyncCollection,
  uid: string,
  version: number,
): readonly OutboxRow[] {
  return ofRecord(scope.db)
    .all({ uid, collection })
    .filter((row) => row.state !== 'acknowledged' || (row.version ?? 0) > version);
}

const unseenUids = prepared((db) =>
  db
    .select({ uid: outbox.recordUid })
    .from(outbox)
    .where(
      and(
        eq(outbox.collection, sql.placeholder('collection')),
        or(ne(outbox.state, 'acknowledged'), gt(outbox.version, sql.placeholder('cursor'))),
      ),
    )
    .prepare(),
);

/** The uids of a collection that have mutations which a pull from `cursor` on may not show. */
export function readUnseenUids(
  scope: ReadScope,
  collection: SyncCollection,
  cursor: number,
): ReadonlySet<string> {
  return new Set(
    unseenUids(scope.db)
      .all({ collection, cursor })
      .map(({ uid }) => uid),
  );
}

export function countWaiting(scope: ReadScope): number {
  const [row] = scope.db
    .select({ n: count() })
    .from(outbox)
    .where(inArray(outbox.state, ['queued', 'sent']))
    .all();
  return row?.n ?? 0;
}

const waitingOf = prepared((db) =>
  db
    .select({ n: count() })
    .from(outbox)
    .where(
      and(
        inArray(outbox.state, ['queued', 'sent']),
        eq(outbox.collection, sql.placeholder('collection')),
      ),
    )
    .prepare(),
);

export function countWaitingOf(scope: ReadScope, collection: SyncCollection): number {
  return waitingOf(scope.db).get({ collection })?.n ?? 0;
}

export function updateRow(scope: WriteScope, id: number, change: Partial<OutboxRow>): void {
  scope.db.update(outbox).set(change).where(eq(outbox.id, id)).run();
}

const acknowledged = prepared((db) =>
  db
    .update(outbox)
    .set({
      state: 'acknowledged',
      version: sql`${sql.placeholder('version')}`,
    })
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare(),
);

/** The mutation's outcome is stored here; a pull that reaches `version` has seen it (R55). */
export function acknowledge(scope: WriteScope, id: number, version: number): void {
  acknowledged(scope.db).run({ id, version });
}

const numbered = prepared((db) =>
  db
    .update(outbox)
    .set({ state: 'sent', seq: sql`${sql.placeholder('seq')}` })
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare(),
);

/** The mutation joins a batch under a number of this device (R12). */
export function giveNumber(scope: WriteScope, id: number, seq: number): void {
  numbered(scope.db).run({ id, seq });
}

const pendingCreate = prepared((db) =>
  db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.recordUid, sql.placeholder('uid')),
        inArray(outbox.state, ['queued', 'sent']),
        inArray(outbox.kind, ['create', 'finalise']),
      ),
    )
    .limit(1)
    .prepare(),
);

/** Whether the cloud is not known to have a record yet: what refers to it waits (R18). */
export function isPendingCreate(scope: ReadScope, uid: string): boolean {
  return pendingCreate(scope.db).get({ uid }) !== undefined;
}

const untoldDeletes = prepared((db) =>
  db
    .select({ uid: outbox.recordUid })
    .from(outbox)
    .where(
      and(
        eq(outbox.collection, sql.placeholder('collection')),
        eq(outbox.state, 'queued'),
        eq(outbox.kind, 'delete'),
        isNull(outbox.version),
      ),
    )
    .prepare(),
);

/** Nobody has to hear of what came and went before it was told (R11). */
export function dropShortLived(scope: WriteScope, collection: SyncCollection): void {
  const deleted = untoldDeletes(scope.db).all({ collection });
  for (const { uid } of deleted) {
    const rows = readUnseen(scope, collection, uid, -1);
    const isNew = rows[0]?.kind === 'create' && rows.every(isUntold);
    if (isNew && rows.at(-1)?.kind === 'delete') dropUntold(scope, collection, uid);
  }
}

/** Takes back what was queued of a record and joined no batch. */
export function dropUntold(scope: WriteScope, collection: SyncCollection, uid: string): void {
  scope.db
    .delete(outbox)
    .where(
      and(
        eq(outbox.collection, collection),
        eq(outbox.recordUid, uid),
        eq(outbox.state, 'queued'),
        isNull(outbox.version),
      ),
    )
    .run();
}

export function deleteRow(scope: WriteScope, id: number): void {
  scope.db.delete(outbox).where(eq(outbox.id, id)).run();
}

/** Acknowledged mutations are kept longer than the cloud keeps backups (R62). */
const KEPT_DAYS = 35;

/**
 * Forgets what was acknowledged long ago by the clock of the cloud, `heardAt`, which makes the
 * backups: this device's own may be wrong by years (R70). While that is not known, all is kept.
 */
export function forgetOld(scope: WriteScope, heardAt: Date | null): void {
  if (heardAt === null) return;
  const before = new Date(heardAt.getTime() - KEPT_DAYS * 86_400_000);
  scope.db
    .update(outbox)
    .set({ acknowledgedAt: heardAt.toISOString() })
    .where(and(eq(outbox.state, 'acknowledged'), isNull(outbox.acknowledgedAt)))
    .run();
  scope.db
    .delete(outbox)
    .where(and(eq(outbox.state, 'acknowledged'), lt(outbox.acknowledgedAt, before.toISOString())))
    .run();
}
