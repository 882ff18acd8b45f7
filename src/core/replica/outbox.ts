import { and, desc, eq, sql } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import type { Instant } from '../../shared/domain/calendar-date';
import { newUuid } from '../../shared/domain/uuid';
import { joinPatches, replayPatch } from '../../shared/sync/merge';
import { prepared } from './prepared';
import type { ReplicaDb } from './replica-db';
import { outbox } from './schema';

const insertRow = prepared((db) =>
  db
    .insert(outbox)
    .values({
      uuid: sql.placeholder('uuid'),
      collection: sql.placeholder('collection'),
      recordUid: sql.placeholder('recordUid'),
      kind: sql.placeholder('kind'),
      body: sql.placeholder('body'),
      createdAt: sql.placeholder('createdAt'),
      state: 'queued',
    })
    .prepare(),
);

const lastOf = prepared((db) =>
  db
    .select({ id: outbox.id, state: outbox.state, body: outbox.body })
    .from(outbox)
    .where(
      and(
        eq(outbox.recordUid, sql.placeholder('recordUid')),
        eq(outbox.collection, sql.placeholder('collection')),
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1)
    .prepare(),
);

const replaceBody = prepared((db) =>
  db
    .update(outbox)
    .set({ body: sql`${sql.placeholder('body')}` })
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare(),
);

const removeRow = prepared((db) =>
  db
    .delete(outbox)
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare(),
);

/**
 * Queues a mutation of a record for the cloud, in the caller's transaction (R10). What the record's
 * last mutation already says, or undoes, becomes one with it, as long as that has joined no batch
 * (R11): each autosave of a draft is no mutation of its own.
 */
export function queueMutation(
  db: ReplicaDb,
  now: Instant,
  collection: SyncCollection,
  recordUid: string,
  body: MutationBody,
): void {
  const last = lastOf(db).get({ recordUid, collection });
  if (last?.state === 'queued') {
    const compacted = compact(JSON.parse(last.body) as MutationBody, body);
    if (compacted !== null) {
      if (compacted.last === null) removeRow(db).run({ id: last.id });
      else replaceBody(db).run({ id: last.id, body: JSON.stringify(compacted.last) });
      if (!compacted.isAdded) return;
    }
  }
  insertRow(db).run({
    uuid: newUuid(),
    collection,
    recordUid,
    kind: body.kind,
    body: JSON.stringify(body),
    createdAt: now,
  });
}

interface Compacted {
  /** What stays of the last mutation; null when nothing does. */
  readonly last: MutationBody | null;
  /** Whether the new one is queued as well. */
  readonly isAdded: boolean;
}

/** Null when both stay as they are. */
function compact(last: MutationBody, next: MutationBody): Compacted | null {
  switch (next.kind) {
    case 'patch':
      if (last.kind === 'patch') {
        const fields = joinPatches(last.fields, next.fields);
        return { last: { kind: 'patch', fields }, isAdded: false };
      }
      if (last.kind === 'create') {
        const record = replayPatch(last.record, next.fields) as typeof last.record;
        return { last: { kind: 'create', record }, isAdded: false };
      }
      return null;
    case 'restore':
      return last.kind === 'delete' ? { last: null, isAdded: false } : null;
    case 'finalise':
      // It carries the whole record.
      return last.kind === 'create' ? { last: null, isAdded: true } : null;
    case 'create':
    case 'delete':
      return null;
  }
}
