import type { SyncCollection, SyncRecord } from '../../shared/contracts/sync/collections';
import type { MutationBody, PushAnswer, SentMutation } from '../../shared/contracts/sync/protocol';
import { MAX_BATCH, MAX_PAGE_BYTES, PROTOCOL_VERSION } from '../../shared/contracts/sync/protocol';
import type { DeviceUid } from '../../shared/domain/ids';
import { ok } from '../../shared/domain/result';
import type { ReadScope, WriteScope } from '../replica/replica';
import { adapterOf } from './adapters';
import type { RecordReference } from './collection-adapter';
import { logoOf } from './collections/documents';
import type { EngineParts } from './engine-parts';
import { beginEpoch, isOwnLast } from './epochs';
import { applyOutcome } from './outcomes';
import type { OutboxRow } from './outbox-repository';
import {
  bodyOf,
  countWaitingOf,
  dropShortLived,
  giveNumber,
  isPendingCreate,
  readQueued,
  readSent,
} from './outbox-repository';
import { logLine, readFact, readState, saveState } from './sync-state';
import { tellPaper } from './tell-again';

/** Bytes of a batch that are left for what stands around its mutations. */
const ROOM = 20_000;

export type PushResult =
  /** Everything that could be told was told. */
  | 'done'
  /** The cloud was put back from a backup: the device pulls from the start first. */
  | 'epoch_changed'
  /** A copy of this device uses its numbers (R3). */
  | 'forked';

/**
 * Tells the cloud the changes of a collection, batch after batch. Deletes only with
 * `includesDeletes`: they travel in the other order (R19). May reject with a `SyncFailure`; then
 * the batch is sent again as it was.
 */
export async function pushCollection(
  parts: EngineParts,
  collection: SyncCollection,
  includesDeletes: boolean,
): Promise<PushResult> {
  if (parts.replica.read((scope) => countWaitingOf(scope, collection)) === 0) return 'done';
  forgetShortLived(parts, collection);
  for (;;) {
    const batch = takeBatch(parts, collection, includesDeletes);
    if (batch.length === 0) return 'done';
    await parts.checkpoint(`push ${collection}: before the call`);
    const state = parts.replica.read((scope) => readState(scope, collection));
    const answer = await parts.transport.push(collection, {
      protocol: PROTOCOL_VERSION,
      device: parts.device() as DeviceUid,
      epoch: state.epoch,
      mutations: batch.map(sentMutation),
    });
    await parts.checkpoint(`push ${collection}: after the call`);
    const result = store(parts, collection, batch, answer);
    parts.told(collection, batch.length);
    await parts.checkpoint(`push ${collection}: stored`);
    if (result !== null) return result;
  }
}

/**
 * Asks how the cloud stands with this device's numbers after it was put back from a backup (R61).
 * `forked`: it knows them of a copy.
 */
export async function learnEpoch(
  parts: EngineParts,
  collection: SyncCollection,
): Promise<'done' | 'forked'> {
  const { epoch } = parts.replica.read((scope) => readState(scope, collection));
  const answer = await parts.transport.push(collection, {
    protocol: PROTOCOL_VERSION,
    device: parts.device() as DeviceUid,
    epoch,
    mutations: [],
  });
  await parts.checkpoint(`epoch ${collection}: after the call`);
  return store(parts, collection, [], answer) === 'forked' ? 'forked' : 'done';
}

/** A mutation of a batch with its parsed body. */
type Told = OutboxRow & { readonly parsed: MutationBody };

function sentMutation({ uuid, seq, recordUid: uid, parsed: body, version }: Told): SentMutation {
  if (seq === null) throw new Error('a mutation was sent without its number');
  // Only what goes back to the queue has a version before its answer (epochs.ts).
  return { uuid, seq, uid, body, isAgain: version === null ? undefined : true };
}

function parsed(row: OutboxRow): Told {
  return { ...row, parsed: bodyOf(row) };
}

function forgetShortLived(parts: EngineParts, collection: SyncCollection): void {
  const forgotten = parts.replica.write((scope) => {
    dropShortLived(scope, collection);
    return ok(undefined);
  });
  if (!forgotten.ok) throw new Error('forgetting was refused');
}

/** The batch that is on its way, or a new one, whose numbers are on disk with this (R12). */
function takeBatch(
  parts: EngineParts,
  collection: SyncCollection,
  includesDeletes: boolean,
): readonly Told[] {
  const sent = parts.replica.read((scope) => readSent(scope, collection));
  if (sent.length > 0) return sent.map(parsed);
  const taken = parts.replica.write((scope) => {
    const chosen = chooseBatch(scope, collection, includesDeletes);
    if (chosen.length === 0) return ok<readonly Told[]>([]);
    let { lastSeq } = readState(scope, collection);
    const batch = chosen.map((row) => {
      lastSeq += 1;
      giveNumber(scope, row.id, lastSeq);
      return { ...row, state: 'sent' as const, seq: lastSeq };
    });
    saveState(scope, collection, { lastSeq });
    return ok<readonly Told[]>(batch);
  });
  if (!taken.ok) throw new Error('a batch was refused');
  return taken.value;
}

/** What can be told now: what waits for another record is left where it is and blocks no other (R18). */
function chooseBatch(
  scope: ReadScope,
  collection: SyncCollection,
  includesDeletes: boolean,
): readonly Told[] {
  const chosen: Told[] = [];
  const included = new Set<string>();
  const blocked = new Set<string>();
  const pending = new Map<string, boolean>();
  let bytes = 0;
  for (const row of queuedRows(scope, collection)) {
    const body = bodyOf(row);
    const waits =
      blocked.has(row.recordUid) ||
      (row.kind === 'delete' && !includesDeletes) ||
      referencesOf(collection, body).some(
        ({ uid }) => uid !== row.recordUid && !included.has(uid) && isPending(scope, pending, uid),
      );
    if (waits) {
      blocked.add(row.recordUid);
      continue;
    }
    bytes += Buffer.byteLength(row.body) + 200;
    if (chosen.length > 0 && bytes > MAX_PAGE_BYTES - ROOM) break;
    chosen.push({ ...row, parsed: body });
    if (row.kind === 'create' || row.kind === 'finalise') included.add(row.recordUid);
    if (chosen.length === MAX_BATCH) break;
  }
  return chosen;
}

/** However many wait for something, those behind them get their turn. */
function* queuedRows(scope: ReadScope, collection: SyncCollection): Generator<OutboxRow> {
  let after = 0;
  for (;;) {
    const rows = readQueued(scope, collection, after, MAX_BATCH);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < MAX_BATCH) return;
    after = last.id;
  }
}

function isPending(scope: ReadScope, known: Map<string, boolean>, uid: string): boolean {
  const earlier = known.get(uid);
  if (earlier !== undefined) return earlier;
  const pending = isPendingCreate(scope, uid);
  known.set(uid, pending);
  return pending;
}

/** The records that have to be in the cloud before a mutation. */
export function referencesOf(
  collection: SyncCollection,
  body: MutationBody,
): readonly RecordReference[] {
  switch (body.kind) {
    case 'create':
    case 'finalise': {
      // Written by this app from a record of the collection.
      const own = adapterOf(collection).referencesOf(
        body.record as unknown as SyncRecord<typeof collection>,
      );
      return body.kind === 'create' ? own : [...own, ...logoOf(body.frozen)];
    }
    case 'patch':
      return Object.values(body.fields).flatMap(({ to }) => uidsIn(to));
    case 'delete':
    case 'restore':
      return [];
  }
}

/** A patched reference is a uid itself, or one of a line. */
function uidsIn(value: unknown): readonly RecordReference[] {
  if (typeof value === 'string') return [{ collection: 'clients', uid: value }];
  if (typeof value !== 'object' || value === null || !('productUid' in value)) return [];
  const { productUid } = value;
  return typeof productUid === 'string' ? [{ collection: 'products', uid: productUid }] : [];
}

/** Stores an answer in one transaction. Null: there may be more to tell. */
function store(
  parts: EngineParts,
  collection: SyncCollection,
  batch: readonly OutboxRow[],
  answer: PushAnswer,
): PushResult | null {
  const stored = parts.replica.write((scope) => {
    switch (answer.kind) {
      case 'done':
        storeOutcomes(scope, collection, batch, answer);
        return ok<PushResult | null>(null);
      case 'epoch_changed':
      case 'gap':
        logLine(scope, `${collection}: ${answer.kind}, the cloud is at ${answer.last}`);
        if (!isOwnLast(scope, collection, answer)) return ok(forked(scope, collection));
        beginEpoch(scope, collection, answer.epoch, answer.last);
        return ok<PushResult | null>('epoch_changed');
      case 'device_forked':
        return ok(forked(scope, collection));
    }
  });
  if (!stored.ok) throw new Error('an answer was refused');
  return stored.value;
}

function forked(scope: WriteScope, collection: SyncCollection): PushResult {
  logLine(scope, `${collection}: another device uses this one's numbers`);
  return 'forked';
}

function storeOutcomes(
  scope: WriteScope,
  collection: SyncCollection,
  batch: readonly OutboxRow[],
  answer: Extract<PushAnswer, { kind: 'done' }>,
): void {
  const rows = new Map(batch.map((row) => [row.uuid, row]));
  const cursor = seenBy(scope, collection, batch, answer);
  for (const { uuid, outcome, isKnown } of answer.outcomes) {
    const row = rows.get(uuid);
    if (row === undefined) continue;
    applyOutcome(scope, collection, row, outcome);
    if (isKnown === true && row.kind === 'finalise' && outcome.kind !== 'rejected') {
      tellPaper(scope, outcome.kind === 'duplicated' ? outcome.uid : row.recordUid);
    }
    if (outcome.kind !== 'applied') logLine(scope, `${collection}: ${outcome.kind}`);
  }
  saveState(scope, collection, { epoch: answer.epoch, cursor });
}

/**
 * How far this device has seen a collection once a batch is answered (R55). When nothing but the
 * batch lies between its cursor and the batch's versions, a pull would bring back its own words.
 */
function seenBy(
  scope: ReadScope,
  collection: SyncCollection,
  batch: readonly OutboxRow[],
  { asTold, epoch, outcomes }: Extract<PushAnswer, { kind: 'done' }>,
): number {
  const { cursor, epoch: known } = readState(scope, collection);
  // A pull may have passed what an earlier call applied, and shown it on top of what came later.
  const passed = outcomes.flatMap(({ isKnown, outcome }) =>
    isKnown === true && outcome.kind === 'applied' ? outcome.version - 1 : [],
  );
  if (passed.length > 0) return Math.max(0, Math.min(cursor, ...passed));
  const isResync = readFact(scope, `resync:${collection}`) !== null;
  // What is told again after a restore need not be what is shown: others had written on top of it.
  const isAgain = batch.some((row) => row.version !== null);
  // A device that took another name has series that only a pull makes those of the cloud.
  const isOwn = collection !== 'settings' && !isResync && !isAgain && known === epoch;
  if (asTold !== true || !isOwn) return cursor;
  const newer = outcomes.map(({ outcome }) => outcome.version).filter((one) => one > cursor);
  const last = cursor + new Set(newer).size;
  return newer.every((version) => version <= last) ? last : cursor;
}
