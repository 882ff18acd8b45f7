import { sql } from 'drizzle-orm';

import type { ActivityEntry, Collection } from '../../shared/contracts/app-api/reports';
import type { Instant } from '../../shared/domain/calendar-date';
import { newUuid } from '../../shared/domain/uuid';
import { prepared } from './prepared';
import type { ReplicaDb } from './replica-db';
import { activity, outbox } from './schema';

/** What a field was and became; sync merges field by field. */
export type FieldPatch = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;

/** What sync will tell the cloud about a change. */
export type Mutation =
  | { readonly kind: 'create'; readonly record: object }
  | { readonly kind: 'patch'; readonly fields: FieldPatch }
  | { readonly kind: 'delete' }
  | { readonly kind: 'restore' }
  /** A compare-and-set that carries the whole frozen document. */
  | { readonly kind: 'finalise'; readonly frozen: object; readonly sha256: string };

/** One change of one record. */
export interface Change {
  readonly collection: Collection;
  readonly uid: string;
  readonly action: ActivityEntry['action'];
  /** Null for what concerns this machine alone. */
  readonly mutation: Mutation | null;
}

const insertOutbox = prepared((db) =>
  db
    .insert(outbox)
    .values({
      uuid: sql.placeholder('uuid'),
      collection: sql.placeholder('collection'),
      recordUid: sql.placeholder('recordUid'),
      kind: sql.placeholder('kind'),
      body: sql.placeholder('body'),
      createdAt: sql.placeholder('createdAt'),
    })
    .prepare(),
);

const insertActivity = prepared((db) =>
  db
    .insert(activity)
    .values({
      at: sql.placeholder('at'),
      collection: sql.placeholder('collection'),
      recordUid: sql.placeholder('recordUid'),
      action: sql.placeholder('action'),
      fields: sql.placeholder('fields'),
    })
    .prepare(),
);

/** Writes the outbox mutation and the activity entry of a change, in the caller's transaction. */
export function writeChange(db: ReplicaDb, now: Instant, change: Change): void {
  const { collection, uid: recordUid, mutation } = change;
  if (mutation !== null) {
    const { kind, ...body } = mutation;
    insertOutbox(db).run({
      uuid: newUuid(),
      collection,
      recordUid,
      kind,
      body: JSON.stringify(body),
      createdAt: now,
    });
  }
  const fields = mutation?.kind === 'patch' ? Object.keys(mutation.fields) : [];
  insertActivity(db).run({ at: now, collection, recordUid, action: change.action, fields });
}

/**
 * The fields that differ between two versions of a record. Lists of things with a `uid` (lines,
 * bank accounts) are compared thing by thing as `lines.<uid>`, with `lines.order` for the order,
 * so that two people editing two lines are no conflict. Empty when nothing changed.
 */
export function diffFields(before: object, after: object): FieldPatch {
  const patch: Record<string, { from: unknown; to: unknown }> = {};
  const old = before as Record<string, unknown>;
  for (const [field, to] of Object.entries(after)) {
    const from = old[field];
    if (isListOfRecords(from) && isListOfRecords(to)) diffLists(field, from, to, patch);
    else if (!isSame(from, to)) patch[field] = { from: from ?? null, to: to ?? null };
  }
  return patch;
}

interface WithUid {
  readonly uid: string;
}

function isListOfRecords(value: unknown): value is readonly WithUid[] {
  return (
    Array.isArray(value) &&
    value.every((item) => typeof item === 'object' && item !== null && 'uid' in item)
  );
}

function diffLists(
  field: string,
  from: readonly WithUid[],
  to: readonly WithUid[],
  patch: Record<string, { from: unknown; to: unknown }>,
): void {
  const before = new Map(from.map((item) => [item.uid, item]));
  const after = new Map(to.map((item) => [item.uid, item]));
  for (const uid of new Set([...before.keys(), ...after.keys()])) {
    const [old, current] = [before.get(uid) ?? null, after.get(uid) ?? null];
    if (!isSame(old, current)) patch[`${field}.${uid}`] = { from: old, to: current };
  }
  const [oldOrder, order] = [[...before.keys()], [...after.keys()]];
  if (!isSame(oldOrder, order)) patch[`${field}.order`] = { from: oldOrder, to: order };
}

/** Values are plain JSON whose keys always come in the order of their schema. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
