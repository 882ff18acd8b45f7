import { and, count, desc, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import { z } from 'zod';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { Change, FieldConflict } from '../../shared/contracts/sync/protocol';
import {
  EDITED_MEANWHILE,
  fieldConflict,
  mutationBody,
} from '../../shared/contracts/sync/protocol';
import { isSameValue } from '../../shared/sync/field-paths';
import { prepared } from '../replica/prepared';
import type { ReadScope, WriteScope } from '../replica/replica';
import { attention } from '../replica/schema';

/** A conflict that waits for a choice, or was decided. */
export const conflictData = z.object({
  fields: z.array(fieldConflict),
  /** What the choice changed, to take it back: value before, by path. */
  undo: z.record(z.string(), z.unknown()).nullable(),
});
export type ConflictData = z.infer<typeof conflictData>;

/** A mutation that the cloud refused for good, with what it has instead. */
export const rejectionData = z.object({
  code: z.string(),
  field: z.string(),
  body: mutationBody,
  record: z.looseObject({ uid: z.string() }).nullable(),
  isDeleted: z.boolean(),
});
export type RejectionData = z.infer<typeof rejectionData>;

export const noticeData = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Of `edited_meanwhile`: what was typed elsewhere and no paper has. */
  overtaken: z.array(fieldConflict).optional(),
});
export type NoticeData = z.infer<typeof noticeData>;

interface AttentionOf {
  readonly conflict: ConflictData;
  readonly rejection: RejectionData;
  readonly notice: NoticeData;
}

const SCHEMAS = { conflict: conflictData, rejection: rejectionData, notice: noticeData } as const;

type Kind = keyof AttentionOf;
export type AttentionRow = typeof attention.$inferSelect;

/** The data of an item, by its kind. */
export function dataOf<K extends Kind>(kind: K, row: AttentionRow): AttentionOf[K] {
  return SCHEMAS[kind].parse(JSON.parse(row.data)) as AttentionOf[K];
}

export function addAttention<K extends Kind>(
  scope: WriteScope,
  kind: K,
  collection: SyncCollection,
  recordUid: string,
  data: AttentionOf[K],
): void {
  scope.db
    .insert(attention)
    .values({ kind, collection, recordUid, at: scope.now, data: JSON.stringify(data) })
    .run();
}

/** Notes what a person should know, once while it was not looked at. */
export function addNotice(
  scope: WriteScope,
  collection: SyncCollection,
  recordUid: string,
  code: string,
  params: NoticeData['params'] = {},
): void {
  const known = openOf(scope, 'notice', recordUid).some(
    (row) => dataOf('notice', row).code === code,
  );
  if (!known) addAttention(scope, 'notice', collection, recordUid, { code, params });
}

/** Keeps what was typed elsewhere in a draft that was finalised here without it. */
export function addOvertaken(
  scope: WriteScope,
  collection: SyncCollection,
  recordUid: string,
  overtaken: readonly FieldConflict[],
): void {
  addAttention(scope, 'notice', collection, recordUid, {
    code: EDITED_MEANWHILE,
    params: {},
    overtaken: [...overtaken],
  });
}

/** Keeps what the cloud refused; the same refusal of the same record once, with what it was last. */
export function addRejection(
  scope: WriteScope,
  collection: SyncCollection,
  recordUid: string,
  data: RejectionData,
): void {
  const known = openOf(scope, 'rejection', recordUid).find((row) => {
    const { code, field, body } = dataOf('rejection', row);
    // An edit holds what was typed into it and nothing else; the others hold the whole record.
    const isReplaced = body.kind !== 'patch' || isSameValue(body, data.body);
    return isReplaced && code === data.code && field === data.field;
  });
  if (known === undefined) addAttention(scope, 'rejection', collection, recordUid, data);
  else saveData(scope, known.id, data);
}

/**
 * Joins conflicts of a record to an open one that wishes nothing else for their fields, or whose
 * wish was typed on since. What was typed over the cloud's value is a conflict beside the earlier
 * one: neither wish is dropped before somebody chooses (R37).
 */
export function addConflict(
  scope: WriteScope,
  collection: SyncCollection,
  recordUid: string,
  fields: readonly FieldConflict[],
): void {
  const open = openOf(scope, 'conflict', recordUid).find((row) =>
    isContinuedBy(dataOf('conflict', row), fields),
  );
  if (open === undefined) {
    addAttention(scope, 'conflict', collection, recordUid, { fields: [...fields], undo: null });
    return;
  }
  const joined = new Map(dataOf('conflict', open).fields.map((one) => [one.path, one]));
  for (const field of fields) {
    const earlier = joined.get(field.path);
    joined.set(field.path, earlier === undefined ? field : { ...field, base: earlier.base });
  }
  saveData(scope, open.id, { fields: [...joined.values()], undo: null } satisfies ConflictData);
}

/** Whether each field wishes the same as before, or was changed by who saw the earlier wish. */
function isContinuedBy(
  { fields: earlier }: ConflictData,
  fields: readonly FieldConflict[],
): boolean {
  return fields.every(({ path, base, mine }) =>
    earlier.every(
      (one) => one.path !== path || isSameValue(one.mine, mine) || isSameValue(one.mine, base),
    ),
  );
}

export function saveData(scope: WriteScope, id: number, data: object): void {
  scope.db
    .update(attention)
    .set({ data: JSON.stringify(data) })
    .where(eq(attention.id, id))
    .run();
}

export function settle(scope: WriteScope, id: number, at: string | null): void {
  scope.db.update(attention).set({ settledAt: at }).where(eq(attention.id, id)).run();
}

/** What is open of a record. */
export function openOf(scope: ReadScope, kind: Kind, recordUid: string): readonly AttentionRow[] {
  return scope.db
    .select()
    .from(attention)
    .where(
      and(
        eq(attention.kind, kind),
        eq(attention.recordUid, recordUid),
        isNull(attention.settledAt),
      ),
    )
    .all();
}

const rejectionsOf = prepared((db) =>
  db
    .select({ id: attention.id })
    .from(attention)
    .where(
      and(
        // As the index of what is open is ordered.
        eq(attention.kind, sql`'rejection'`),
        eq(attention.recordUid, sql.placeholder('recordUid')),
        isNull(attention.settledAt),
      ),
    )
    .prepare(),
);

/** What was refused earlier stands in the cloud now. */
export function settleRejections(scope: WriteScope, recordUid: string): void {
  for (const { id } of rejectionsOf(scope.db).all({ recordUid })) settle(scope, id, scope.now);
}

const refused = prepared((db) =>
  db
    .select({ uid: attention.recordUid })
    .from(attention)
    .where(
      and(
        eq(attention.kind, sql`'rejection'`),
        eq(attention.collection, sql.placeholder('collection')),
        isNull(attention.settledAt),
      ),
    )
    .prepare(),
);

/** The records of a collection of which a rejection is open. */
export function refusedUids(scope: ReadScope, collection: SyncCollection): readonly string[] {
  return refused(scope.db)
    .all({ collection })
    .map(({ uid }) => uid);
}

/** New records that the cloud refused, and has by now: somebody else has told it of them. */
export function noteTold(
  scope: WriteScope,
  collection: SyncCollection,
  changes: readonly Change[],
): void {
  const uids = new Set(refusedUids(scope, collection));
  for (const { record, deleted } of changes.filter((one) => uids.has(one.record.uid))) {
    for (const row of openOf(scope, 'rejection', record.uid)) {
      const data = dataOf('rejection', row);
      if (data.record === null) saveData(scope, row.id, { ...data, record, isDeleted: deleted });
    }
  }
}

/** Everything that nobody has dealt with, the newest first. */
export function openAttention(scope: ReadScope): readonly AttentionRow[] {
  return scope.db
    .select()
    .from(attention)
    .where(isNull(attention.settledAt))
    .orderBy(desc(attention.id))
    .limit(500)
    .all();
}

/** The conflicts that were decided last, the latest first. */
export function decidedConflicts(scope: ReadScope, limit: number): readonly AttentionRow[] {
  return scope.db
    .select()
    .from(attention)
    .where(and(eq(attention.kind, 'conflict'), isNotNull(attention.settledAt)))
    .orderBy(desc(attention.settledAt), desc(attention.id))
    .limit(limit)
    .all();
}

export function findAttention(scope: ReadScope, id: number): AttentionRow | null {
  return scope.db.select().from(attention).where(eq(attention.id, id)).get() ?? null;
}

export function countOpen(scope: ReadScope): number {
  const [row] = scope.db
    .select({ n: count() })
    .from(attention)
    .where(isNull(attention.settledAt))
    .all();
  return row?.n ?? 0;
}

const KEPT_SETTLED = 500;

/** Of what was dealt with the newest stay: a count asks no clock (R70). */
export function forgetSettled(scope: WriteScope): void {
  const newest = scope.db
    .select({ id: attention.id })
    .from(attention)
    .where(isNotNull(attention.settledAt))
    .orderBy(desc(attention.id))
    .limit(KEPT_SETTLED);
  scope.db
    .delete(attention)
    .where(and(isNotNull(attention.settledAt), notInArray(attention.id, newest)))
    .run();
}
