import { createHash } from 'node:crypto';

import { and, desc, eq, sql } from 'drizzle-orm';
import { v7 } from 'uuid';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import type { Instant } from '../../shared/domain/calendar-date';
import { newUuid } from '../../shared/domain/uuid';
import { isIssued } from '../../shared/sync/is-issued';
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
    .select({ id: outbox.id, state: outbox.state, version: outbox.version, body: outbox.body })
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
    .set({ uuid: sql`${sql.placeholder('uuid')}`, body: sql`${sql.placeholder('body')}` })
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
  if (last !== undefined && isUntold(last)) {
    const compacted = compact(JSON.parse(last.body) as MutationBody, body);
    if (compacted !== null) {
      if (compacted.last === null) removeRow(db).run({ id: last.id });
      else replace(db, last.id, compacted.last);
      if (!compacted.isAdded) return;
    }
  }
  insertRow(db).run({
    uuid: uuidOf(db, body),
    collection,
    recordUid,
    kind: body.kind,
    body: JSON.stringify(body),
    createdAt: now,
  });
}

/**
 * What says something else is another mutation: a copy of this replica may tell the one that stood
 * here under its UUID, and the cloud would take both for the same (R15).
 */
function replace(db: ReplicaDb, id: number, body: MutationBody): void {
  replaceBody(db).run({ id, uuid: newUuid(), body: JSON.stringify(body) });
}

const byUuid = prepared((db) =>
  db
    .select({ id: outbox.id })
    .from(outbox)
    .where(eq(outbox.uuid, sql.placeholder('uuid')))
    .prepare(),
);

/**
 * A UUID of its own for each mutation, but one and the same for what tells of an issued document:
 * when the ledger brings it back after a restore, or several devices tell it to a cloud that was put
 * back, the cloud knows that it was told (R15).
 */
function uuidOf(db: ReplicaDb, body: MutationBody): string {
  const tellsIssued = body.kind === 'finalise' || (body.kind === 'create' && isIssued(body.record));
  const uuid = tellsIssued ? documentUuid(body) : null;
  return uuid === null || byUuid(db).get({ uuid }) !== undefined ? newUuid() : uuid;
}

/** A UUIDv7 of the moment of finalising, the rest of it from what is issued only once. */
function documentUuid(body: Extract<MutationBody, { kind: 'create' | 'finalise' }>): string | null {
  const { uid, number, finalisedAt } = body.record as Readonly<Record<string, unknown>>;
  const sha256 = body.kind === 'finalise' ? body.sha256 : body.record['pdfSha256'];
  const msecs = typeof finalisedAt === 'string' ? Date.parse(finalisedAt) : Number.NaN;
  if (Number.isNaN(msecs) || msecs < 0) return null;
  const random = createHash('sha256')
    .update(JSON.stringify([uid, number, sha256]))
    .digest();
  return v7({ msecs, random: random.subarray(0, 16), seq: random.readUInt32BE(16) });
}

/**
 * Whether a mutation has joined no batch, in this life of the collection or an earlier one (a queued
 * mutation with a version, see epochs.ts): the cloud may know those, and answers them by their UUID.
 */
export function isUntold({
  state,
  version,
}: Pick<typeof outbox.$inferSelect, 'state' | 'version'>): boolean {
  return state === 'queued' && version === null;
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
      // What came and went is dropped when it would be told (push.ts): until then it may come back.
      return null;
  }
}
