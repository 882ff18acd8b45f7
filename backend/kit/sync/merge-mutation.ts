import type { z } from 'zod';

import type { SyncCollection, SyncRecord } from '../../../src/shared/contracts/sync/collections';
import type {
  FieldConflict,
  FieldPatch,
  SentMutation,
} from '../../../src/shared/contracts/sync/protocol';
import { isIssued, isSameIssue } from '../../../src/shared/sync/is-issued';
import { EDITED_MEANWHILE } from '../../../src/shared/contracts/sync/protocol';
import type { PlainRecord } from '../../../src/shared/sync/field-paths';
import {
  isListOfRecords,
  isSameValue,
  valueAt,
  withValues,
} from '../../../src/shared/sync/field-paths';
import { allInConflict, mergePatch } from '../../../src/shared/sync/merge';
import { codeOf } from '../http/read-request';
import { isStorableJson, jsonOf, MAX_RECORD_BYTES } from './record-text';
import type { Attempt, Decision } from './synced-collection';

/** A record as the cloud has it while a batch is merged. */
export interface RecordState {
  /** Null where the cloud has nothing under the uid. */
  readonly record: PlainRecord | null;
  readonly deleted: boolean;
}

/** What a collection allows. */
export interface MergeRules {
  readonly collection: SyncCollection;
  readonly schema: z.ZodType;
  readonly decide: (attempt: Attempt<SyncCollection>) => Decision<SyncCollection>;
  /** Hears of a record that the schema has made another of than it was told. */
  readonly corrected?: (uid: string) => void;
}

/** What becomes of a mutation, and of the record that it is about. */
export type Resolution =
  | {
      readonly kind: 'applied';
      readonly state: RecordState;
      readonly notices: readonly string[];
      /** What somebody wrote in the draft that was finalised without it. */
      readonly overtaken?: readonly FieldConflict[];
    }
  | {
      readonly kind: 'conflict';
      readonly state: RecordState;
      readonly fields: readonly FieldConflict[];
    }
  /** The state is that of a new record under `uid` (R42). */
  | { readonly kind: 'duplicated'; readonly uid: string; readonly state: RecordState }
  | { readonly kind: 'rejected'; readonly code: string; readonly field: string };

export const RESTORED_BY_EDIT = 'restored_by_edit';

type Rejected = Extract<Resolution, { kind: 'rejected' }>;

/** Databases take `AB` for `ab`, and spaces at the end for none. */
const UID = /^[0-9a-z-]{1,64}$/u;

/** Merges a mutation into what stands there (R30 to R43); changes nothing itself. */
export function resolveMutation(
  rules: MergeRules,
  state: RecordState,
  mutation: SentMutation,
): Resolution {
  const { uid, body } = mutation;
  if (!UID.test(uid)) return rejected('malformed', 'uid');
  switch (body.kind) {
    case 'create':
      return create(rules, state, mutation, body.record);
    case 'patch':
      return patch(rules, state, mutation, body.fields);
    case 'delete':
      return remove(rules, state, mutation, body.record);
    case 'restore':
      if (state.record === null) return rejected('record_unknown');
      return settle(rules, state, mutation, { record: state.record, deleted: false });
    case 'finalise':
      return finalise(rules, state, mutation, body.record);
  }
}

/** What is wrong with a record; `path` where its schema says so. */
interface Fault extends Rejected {
  readonly path: readonly PropertyKey[] | null;
}

function fault(code: string, field = ''): Fault {
  return { ...rejected(code, field), path: null };
}

function rejected(code: string, field = ''): Rejected {
  return { kind: 'rejected', code, field };
}

/**
 * A record that the cloud has already keeps what it has: there is no base that would tell whose
 * value is newer, so every field that differs is a conflict. What was deleted comes back as it is
 * told.
 */
function create(
  rules: MergeRules,
  state: RecordState,
  mutation: SentMutation,
  record: PlainRecord,
): Resolution {
  const parsed = parseRecord(rules, mutation.uid, record);
  if ('code' in parsed) return rejected(parsed.code, parsed.field);
  const next = { record: parsed.record, deleted: false };
  if (state.record === null) return settle(rules, state, mutation, next);
  if (isIssued(parsed.record) && !isSameIssue(state.record, parsed.record)) {
    // Told again without its paper, to a cloud that was put back to its draft, which somebody else
    // may have finalised since (R63).
    return finalise(rules, state, mutation, record);
  }
  if (state.deleted) return settle(rules, state, mutation, next, [RESTORED_BY_EDIT]);
  const fields = differences(state.record, parsed.record).filter(
    // One of two who tell of a document may have heard of it before it was printed.
    ({ path, mine }) => !(path === 'pdfSha256' && mine === null && isIssued(parsed.record)),
  );
  return fields.length === 0
    ? { kind: 'applied', state, notices: [] }
    : { kind: 'conflict', state, fields };
}

function differences(theirs: PlainRecord, mine: PlainRecord): readonly FieldConflict[] {
  return pathsOf(theirs, mine).flatMap((path) => {
    const [one, other] = [valueAt(theirs, path), valueAt(mine, path)];
    return isSameValue(one, other) ? [] : [{ path, base: null, mine: other, theirs: one }];
  });
}

/** Every field of two records; lists of records by the uids of their items. */
function pathsOf(one: PlainRecord, other: PlainRecord): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((field) => {
    const [a, b] = [one[field], other[field]];
    if (!isListOfRecords(a) || !isListOfRecords(b)) return [field];
    return [...new Set([...a, ...b].map(({ uid }) => `${field}.${uid}`))];
  });
}

function patch(
  rules: MergeRules,
  state: RecordState,
  mutation: SentMutation,
  fields: FieldPatch,
): Resolution {
  const { record } = state;
  if (record === null) return rejected('record_unknown');
  const malformed = malformedPath(fields);
  if (malformed !== null) return rejected('malformed', malformed);
  const merged = mergePatch(rules.collection, record, fields);
  const parsed = parseRecord(rules, mutation.uid, merged.record);
  if ('code' in parsed) {
    if (isWrongByItself(parsed, merged.record, fields)) return rejected(parsed.code, parsed.field);
    return { kind: 'conflict', state, fields: allInConflict(record, fields) };
  }
  const notices = state.deleted ? [RESTORED_BY_EDIT] : [];
  const next = { record: parsed.record, deleted: false };
  return withConflicts(settle(rules, state, mutation, next, notices), merged.conflicts);
}

/** The first path whose new value is not of the kind that the path asks for; null for none. */
function malformedPath(fields: FieldPatch): string | null {
  for (const [path, { to }] of Object.entries(fields)) {
    const dot = path.indexOf('.');
    if (path === '__proto__' || path.startsWith('__proto__.')) return path;
    if (dot < 0) continue;
    const key = path.slice(dot + 1);
    const isRight =
      key === 'order'
        ? Array.isArray(to) && to.every((uid) => typeof uid === 'string')
        : to === null || (typeof to === 'object' && (to as PlainRecord)['uid'] === key);
    if (!isRight) return path;
  }
  return null;
}

/**
 * Whether what is wrong with a merged record is a value that the patch brings, and not what it comes
 * to together with the rest (R34).
 */
function isWrongByItself(fault: Fault, merged: PlainRecord, fields: FieldPatch): boolean {
  if (fault.path === null) return fault.code !== 'record_too_big';
  const [field, index] = fault.path;
  if (typeof field !== 'string') return false;
  if (Object.hasOwn(fields, field)) return true;
  const list = merged[field];
  if (typeof index === 'number' && isListOfRecords(list)) {
    return Object.hasOwn(fields, `${field}.${list[index]?.uid ?? ''}`);
  }
  return fault.code !== 'too_big';
}

function withConflicts(resolution: Resolution, more: readonly FieldConflict[]): Resolution {
  if (more.length === 0) return resolution;
  switch (resolution.kind) {
    case 'applied':
      return { kind: 'conflict', state: resolution.state, fields: more };
    case 'conflict':
      return { ...resolution, fields: [...more, ...resolution.fields] };
    default:
      return resolution;
  }
}

function remove(
  rules: MergeRules,
  state: RecordState,
  mutation: SentMutation,
  seen: PlainRecord,
): Resolution {
  if (state.record === null || state.deleted) return { kind: 'applied', state, notices: [] };
  // The same words in the same shape: what a newer schema adds is no edit of anybody.
  const parsed = parseRecord(rules, mutation.uid, seen);
  if ('code' in parsed) return rejected(parsed.code, parsed.field);
  if (!isSameValue(parsed.record, state.record)) {
    return { kind: 'applied', state, notices: [EDITED_MEANWHILE] };
  }
  return settle(rules, state, mutation, { record: state.record, deleted: true });
}

/** What finalising itself writes; the rest of a document is its author's words. */
const WRITTEN_BY_FINALISING = new Set([
  'number',
  'seriesUid',
  'period',
  'sequence',
  'finalisedAt',
  'pdfSha256',
  'clientName',
]);

/**
 * A draft takes the whole document. One that somebody else finalised before stays as it is, and
 * this document becomes a record of its own under the mutation's UUID (R42).
 */
function finalise(
  rules: MergeRules,
  state: RecordState,
  mutation: SentMutation,
  document: PlainRecord,
): Resolution {
  if (rules.collection !== 'invoices') return rejected('malformed', 'kind');
  const parsed = parseRecord(rules, mutation.uid, document);
  if ('code' in parsed) return rejected(parsed.code, parsed.field);
  const { record } = parsed;
  if (record['finalisedAt'] === null || record['number'] === null) {
    return rejected('malformed', 'finalisedAt');
  }
  const standing = state.record;
  if (standing === null || !isIssued(standing)) {
    // Deleted or not: what somebody wrote there stands on no paper.
    const overtaken = standing === null ? [] : editedBesides(standing, record);
    const notices = [
      ...(state.deleted ? [RESTORED_BY_EDIT] : []),
      ...(overtaken.length > 0 ? [EDITED_MEANWHILE] : []),
    ];
    const settled = settle(rules, state, mutation, { record, deleted: false }, notices);
    return settled.kind === 'applied' && overtaken.length > 0 ? { ...settled, overtaken } : settled;
  }
  if (isSameDocument(standing, record)) {
    return settle(rules, state, mutation, { record: standing, deleted: false });
  }
  const own = { ...record, uid: mutation.uuid, duplicateOf: mutation.uid };
  const copy = parseRecord(rules, mutation.uuid, own);
  if ('code' in copy) return rejected(copy.code, copy.field);
  const settled = settle(rules, { record: null, deleted: false }, mutation, {
    record: copy.record,
    deleted: false,
  });
  if (settled.kind === 'rejected') return settled;
  return { kind: 'duplicated', uid: mutation.uuid, state: settled.state };
}

function editedBesides(draft: PlainRecord, document: PlainRecord): readonly FieldConflict[] {
  return differences(draft, document).filter(({ path }) => !WRITTEN_BY_FINALISING.has(path));
}

/** The same paper: the same number on the same bytes, or on none as yet. */
function isSameDocument(standing: PlainRecord, told: PlainRecord): boolean {
  const isPrinted = standing['pdfSha256'] !== null;
  const isSamePaper = !isPrinted || isSameValue(standing['pdfSha256'], told['pdfSha256']);
  return isSameIssue(standing, told) && isSamePaper;
}

/** Asks the service, and does as it says. */
function settle(
  rules: MergeRules,
  before: RecordState,
  mutation: SentMutation,
  after: { readonly record: PlainRecord; readonly deleted: boolean },
  notices: readonly string[] = [],
): Resolution {
  const isSame =
    before.record !== null &&
    before.deleted === after.deleted &&
    isSameValue(before.record, after.record);
  if (isSame) return { kind: 'applied', state: before, notices: [] };
  const decision = rules.decide({
    uid: String(after.record['uid']),
    before: before.record as SyncRecord<SyncCollection> | null,
    wasDeleted: before.deleted,
    after: after.record as SyncRecord<SyncCollection>,
    isDeleted: after.deleted,
    mutation,
  });
  switch (decision.kind) {
    case 'reject':
      return rejected(decision.code, decision.field);
    case 'accept': {
      const all = [...notices, ...(decision.notices ?? [])];
      const { record = after.record } = decision;
      return { kind: 'applied', state: { record, deleted: after.deleted }, notices: all };
    }
    case 'conflict':
      return keepTheirs(rules, before, mutation, after, notices, decision.paths);
  }
}

/** The record with what stands there at some paths; the author is told of each. */
function keepTheirs(
  rules: MergeRules,
  before: RecordState,
  mutation: SentMutation,
  after: { readonly record: PlainRecord; readonly deleted: boolean },
  notices: readonly string[],
  paths: readonly string[],
): Resolution {
  const { record: theirs } = before;
  if (theirs === null) return rejected('not_allowed', paths[0]);
  const { body } = mutation;
  const fields = paths.flatMap((path) => {
    const [mine, standing] = [valueAt(after.record, path), valueAt(theirs, path)];
    if (isSameValue(mine, standing)) return [];
    const base = body.kind === 'patch' ? (body.fields[path]?.from ?? null) : null;
    return [{ path, base, mine, theirs: standing }];
  });
  const kept = withValues(after.record, new Map(fields.map((one) => [one.path, one.theirs])));
  const parsed = parseRecord(rules, String(kept['uid']), kept);
  const isWhole = !('code' in parsed);
  const state: RecordState = isWhole ? { record: parsed.record, deleted: after.deleted } : before;
  if (fields.length === 0) return { kind: 'applied', state, notices };
  if (isWhole || body.kind !== 'patch') return { kind: 'conflict', state, fields };
  return { kind: 'conflict', state, fields: allInConflict(theirs, body.fields) };
}

/** The record by its schema, or what is wrong with it: never more than the database can hold. */
function parseRecord(
  { schema, corrected }: MergeRules,
  uid: string,
  record: PlainRecord,
): { readonly record: PlainRecord } | Fault {
  const parsed = schema.safeParse(record);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    if (first === undefined) return fault('malformed');
    return { ...rejected(codeOf(first), first.path.join('.')), path: first.path };
  }
  const whole = parsed.data as PlainRecord;
  if (whole['uid'] !== uid) return fault('malformed', 'uid');
  const repeated = Object.keys(whole).find((field) => hasRepeatedUid(whole[field]));
  if (repeated !== undefined) return fault('uid_repeated', repeated);
  const json = jsonOf(whole);
  if (Buffer.byteLength(json) > MAX_RECORD_BYTES) return fault('record_too_big');
  const isAsTold = isSameValue(whole, record);
  // What devices tell is clean; one that does not clean is told so, rather than corrected unseen.
  if (!isStorableJson(isAsTold ? json : JSON.stringify(record))) return fault('text_unprintable');
  if (!isAsTold) corrected?.(uid);
  return { record: whole };
}

/** Items of a list are merged by their uids. */
function hasRepeatedUid(value: unknown): boolean {
  return isListOfRecords(value) && new Set(value.map(({ uid }) => uid)).size < value.length;
}
