import { z } from 'zod';

import { deviceUid } from '../../domain/ids';
import { syncCollection } from './collections';
import { line } from '../../domain/text';

/**
 * What a device and the cloud say to each other; docs/sync.md has the rules. A change of anything
 * here or in records.ts is a new version: protocol.test.ts holds the hash and the history.
 */
export const PROTOCOL_VERSION = 6;
/** The oldest version that the cloud still understands: before 5, a series said whose numbers it takes. */
export const OLDEST_PROTOCOL_VERSION = 5;

/** Mutations in a batch, and rows in a transaction of the cloud. */
export const MAX_BATCH = 500;
/** Bytes of a batch or page before compression. */
export const MAX_PAGE_BYTES = 1_000_000;

const seq = z.int().min(1);
const version = z.int().min(0);
/** Changes when the cloud's data of a collection was put back from a backup. */
const epoch = z.string().min(1).max(40);
const anyRecord = z.looseObject({ uid: z.string().min(1).max(64) });

/** What a field was and is to be, by path: `notes`, `lines.<uid>`, `lines.order`. */
export const fieldPatch = z.record(
  z.string().min(1).max(100),
  z.object({ from: z.unknown(), to: z.unknown() }),
);
export type FieldPatch = z.infer<typeof fieldPatch>;

/** What is to be done to a record. */
export const mutationBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), record: anyRecord }),
  /** Fields with equal `from` and `to` are held: what changes depends on them (merge.ts). */
  z.object({ kind: z.literal('patch'), fields: fieldPatch }),
  /** With the record as its device saw it: what somebody else has changed since is not deleted. */
  z.object({ kind: z.literal('delete'), record: anyRecord }),
  z.object({ kind: z.literal('restore') }),
  /** Of an invoice or credit note: a compare-and-set that carries the whole frozen document. */
  z.object({
    kind: z.literal('finalise'),
    record: anyRecord,
    frozen: z.looseObject({ format: z.literal(1) }),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);
export type MutationBody = z.infer<typeof mutationBody>;

/** A mutation on its way: its UUID for ever, its number in the order of its device. */
export const mutation = z.object({
  uuid: z.uuid(),
  seq,
  uid: z.string().min(1).max(64),
  body: mutationBody,
  /** Told before, to a cloud that was put back from a backup since: it may have acted on it (R64). */
  isAgain: z.literal(true).optional(),
});
export type SentMutation = z.infer<typeof mutation>;

/** A field on which both sides changed; the cloud's value stands. */
export const fieldConflict = z.object({
  path: z.string(),
  base: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown(),
});
export type FieldConflict = z.infer<typeof fieldConflict>;

/** The code of the notice that somebody edited what was deleted or finalised. */
export const EDITED_MEANWHILE = 'edited_meanwhile';

/** What became of a mutation. `version`: once a device has pulled up to it, it has seen this. */
export const outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('applied'),
    version,
    /** Codes of what a person should know: `restored_by_edit`, `edited_meanwhile`. */
    notices: z.array(z.string()),
    /** What stood in a draft that was finalised without it (`edited_meanwhile`), as `theirs`. */
    overtaken: z.array(fieldConflict).optional(),
  }),
  /** Applied but for these fields. `record` is what the cloud has now, null where it is deleted. */
  z.object({
    kind: z.literal('conflict'),
    version,
    fields: z.array(fieldConflict).min(1),
    record: anyRecord,
    isDeleted: z.boolean(),
  }),
  /** Somebody finalised the same draft first: this document is now a record of its own, `uid`. */
  z.object({ kind: z.literal('duplicated'), version, uid: z.string(), record: anyRecord }),
  /** Nothing was applied, now or ever. `record`: what the cloud has, null where it has nothing. */
  z.object({
    kind: z.literal('rejected'),
    version,
    code: z.string(),
    field: z.string(),
    record: anyRecord.nullable(),
    isDeleted: z.boolean(),
  }),
]);
export type Outcome = z.infer<typeof outcome>;

export const pushRequest = z.object({
  protocol: z.int(),
  device: deviceUid,
  /** As last heard; null before the first answer. */
  epoch: epoch.nullable(),
  /** Consecutive numbers. */
  mutations: z.array(mutation).max(MAX_BATCH),
});
export type PushRequest = z.infer<typeof pushRequest>;

/** The device's last number that the cloud knows, and what it stands for there (R61). */
const lastKnown = { last: z.int().min(0), lastUuid: z.uuid().nullable() };

export const pushAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    epoch,
    last: z.int().min(0),
    /** `isKnown`: by an earlier call; others may have written to the record since (R55). */
    outcomes: z.array(
      z.object({ seq, uuid: z.uuid(), outcome, isKnown: z.literal(true).optional() }),
    ),
    /** Applied by this very call, all of it, and kept as it was told: its author has it (R55). */
    asTold: z.boolean().optional(),
  }),
  /** Nothing was applied: the collection was put back from a backup. */
  z.object({ kind: z.literal('epoch_changed'), epoch, ...lastKnown }),
  /** Nothing was applied: a number before these is missing. */
  z.object({ kind: z.literal('gap'), epoch, ...lastKnown }),
  /** Nothing was applied: another device uses the same name; this one has to take a new one. */
  z.object({ kind: z.literal('device_forked') }),
]);
export type PushAnswer = z.infer<typeof pushAnswer>;

/** The newest state of a record that changed. */
export const change = z.object({ version, deleted: z.boolean(), record: anyRecord });
export type Change = z.infer<typeof change>;

const versionInQuery = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .pipe(z.int().min(0).max(999_999_999_999_999));

export const pullQuery = z.object({
  protocol: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.int().min(0).max(999_999)),
  /** The version up to which everything is known; 0 at first. */
  cursor: versionInQuery,
  /** The head as it stood when this pull began at 0; left out once the cursor is past it (R56). */
  began: versionInQuery.optional(),
  epoch: epoch.optional(),
});

export const pullAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page'),
    epoch,
    /** Where the next page begins. */
    cursor: version,
    hasMore: z.boolean(),
    /** Of the whole collection, for progress. */
    head: version,
    changes: z.array(change),
  }),
  /** The collection was put back from a backup: begin at 0. */
  z.object({ kind: z.literal('epoch_changed'), epoch }),
  /** Older than the tombstones that are kept: begin at 0, the outbox stays. */
  z.object({ kind: z.literal('cursor_expired'), epoch }),
]);
export type PullAnswer = z.infer<typeof pullAnswer>;

/** Where a collection stands. */
export const head = z.object({ epoch, version });
export type Head = z.infer<typeof head>;
export const heads = z.partialRecord(syncCollection, head);
export type Heads = z.infer<typeof heads>;

/** The code of the refusal (409) of a version that is too old. */
export const UPDATE_REQUIRED = 'update_required';
/** The code of the refusal (409) of a version that the cloud does not know yet. */
export const PROTOCOL_TOO_NEW = 'protocol_too_new';

export const deviceRegistration = z.object({
  protocol: z.int(),
  device: deviceUid,
  /** As people know it: "Anna's laptop". */
  name: line(100, 1),
  /** The device whose place this one takes, after a restore or a fork. */
  replaces: deviceUid.nullable(),
});
export type DeviceRegistration = z.infer<typeof deviceRegistration>;

export const registeredDevice = z.object({
  device: deviceUid,
  /** Of its number series: empty for the first of a business, then B, D, E and so on (C is the cloud's). */
  letter: z.string().regex(/^[A-Z]{0,3}$/),
});
export type RegisteredDevice = z.infer<typeof registeredDevice>;
