import { sql } from 'drizzle-orm';

import type { ActivityEntry, Collection } from '../../shared/contracts/app-api/reports';
import type { FieldPatch, MutationBody } from '../../shared/contracts/sync/protocol';
import type { Instant } from '../../shared/domain/calendar-date';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { holdDependencies } from '../../shared/sync/merge';
import { queueMutation } from './outbox';
import { prepared } from './prepared';
import type { ReplicaDb } from './replica-db';
import { activity } from './schema';

/** What sync tells the cloud about a change. */
export type Mutation =
  | Exclude<MutationBody, { readonly kind: 'patch' }>
  | {
      readonly kind: 'patch';
      readonly fields: FieldPatch;
      /** The record that was changed, where its fields depend on others (R32). */
      readonly before?: PlainRecord;
    };

/** One change of one record. */
export interface Change {
  readonly collection: Collection;
  readonly uid: string;
  readonly action: ActivityEntry['action'];
  /** Null for what concerns this machine alone. */
  readonly mutation: Mutation | null;
}

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
    queueMutation(db, now, collection, recordUid, bodyOf(collection, mutation));
  }
  const fields = mutation?.kind === 'patch' ? Object.keys(mutation.fields) : [];
  insertActivity(db).run({ at: now, collection, recordUid, action: change.action, fields });
}

function bodyOf(collection: Collection, mutation: Mutation): MutationBody {
  if (mutation.kind !== 'patch') return mutation;
  const { before, fields } = mutation;
  return {
    kind: 'patch',
    fields: before === undefined ? fields : holdDependencies(collection, before, fields),
  };
}
