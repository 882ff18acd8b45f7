import { and, eq, gt, sql } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import { COLLECTION_ORDER } from '../../shared/contracts/sync/collections';
import type { Heads } from '../../shared/contracts/sync/protocol';
import { ok } from '../../shared/domain/result';
import { prepared } from '../replica/prepared';
import type { ReadScope } from '../replica/replica';
import { outbox } from '../replica/schema';
import { forgetSettled } from './attention';
import type { EngineParts } from './engine-parts';
import { forgetOld } from './outbox-repository';
import { pullCollection, restoreReferenced, storeWaiting } from './pull';
import { learnEpoch, pushCollection } from './push';
import { readFact, readState, saveFact } from './sync-state';
import { SyncFailure } from './transport';

export interface EngineOptions extends EngineParts {
  /**
   * Sees to it that the cloud knows this device (R2, R3). `renewed`: the replica goes on as another
   * device and is to be opened again.
   */
  readonly settleDevice: (isForked: boolean) => Promise<'known' | 'renewed'>;
}

/** How a round ended: `again` when it left something to tell. */
export type Round = 'done' | 'again' | 'renewed';

export interface SyncEngine {
  /**
   * Tells everything, then takes in everything, or what `moved` names and what was just told.
   * Rejects with a `SyncFailure`; nothing is lost then, and the next round goes on.
   */
  syncOnce(moved?: ReadonlySet<SyncCollection>): Promise<Round>;
  /** Where this device stands, for the poll. */
  known(): Heads;
}

/** The device's side of sync, one step after the other: whoever calls decides when. */
export function createSyncEngine(options: EngineOptions): SyncEngine {
  return {
    async syncOnce(moved) {
      const device = await orReadOnly(options.settleDevice(false));
      if (device === 'renewed') return 'renewed';
      const told = device instanceof SyncFailure ? device : await pushAll(options);
      const taken = told === 'forked' ? 'forked' : await pullAll(options, moved);
      if (taken === 'forked') {
        await options.settleDevice(true);
        return 'renewed';
      }
      const failure = [told, taken].find((one) => one instanceof SyncFailure);
      const isUntold = finish(options, failure === undefined);
      if (failure !== undefined) throw failure;
      return isUntold ? 'again' : 'done';
    },
    known: () => options.replica.read(knownHeads),
  };
}

/** Who may no longer write may still read (R17): his failure is answered once that is done. */
async function orReadOnly<T>(writing: Promise<T>): Promise<T | SyncFailure> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof SyncFailure && error.kind === 'no_access') return error;
    throw error;
  }
}

function knownHeads(scope: ReadScope): Heads {
  const heads: Heads = {};
  for (const collection of COLLECTION_ORDER) {
    const { epoch, cursor } = readState(scope, collection);
    if (epoch !== null) heads[collection] = { epoch, version: cursor };
  }
  return heads;
}

/**
 * Creates and edits in the order of references, then deletes the other way (R19). A service that is
 * away halts its own collections only: its failure is answered once the others are done.
 */
async function pushAll(parts: EngineParts): Promise<'done' | 'forked' | SyncFailure> {
  let failure: SyncFailure | null = null;
  const rounds = [
    ...COLLECTION_ORDER.map((collection) => [collection, false] as const),
    ...COLLECTION_ORDER.toReversed().map((collection) => [collection, true] as const),
  ];
  for (const [collection, includesDeletes] of rounds) {
    try {
      const result = await pushUntilSettled(parts, collection, includesDeletes);
      if (result === 'forked') return 'forked';
    } catch (error) {
      if (!(error instanceof SyncFailure)) throw error;
      if (error.kind === 'no_access') return error;
      if (error.kind !== 'temporary') throw error;
      failure ??= error;
    }
  }
  return failure ?? 'done';
}

/** A backup that is put back twice in a row is not waited for. */
const EPOCH_TRIES = 3;

async function pushUntilSettled(
  parts: EngineParts,
  collection: SyncCollection,
  includesDeletes: boolean,
): Promise<'done' | 'forked'> {
  for (let attempt = 0; attempt < EPOCH_TRIES; attempt += 1) {
    const result = await pushCollection(parts, collection, includesDeletes);
    if (result !== 'epoch_changed') return result;
  }
  throw new SyncFailure('temporary');
}

/** Answers the failure of a service that is away, once the others are done. */
async function pullAll(
  parts: EngineParts,
  moved: ReadonlySet<SyncCollection> | undefined,
): Promise<'done' | 'forked' | SyncFailure> {
  let failure: SyncFailure | null = null;
  for (const collection of COLLECTION_ORDER) {
    const isWanted =
      moved === undefined ||
      moved.has(collection) ||
      parts.replica.read((scope) => asksAll(scope) || hasUnseen(scope, collection));
    if (!isWanted) continue;
    try {
      const result = await pullCollection(parts, collection);
      if (result === 'epoch_changed') {
        const learned = await orReadOnly(learnEpoch(parts, collection));
        if (learned === 'forked') return 'forked';
        if (learned === 'done') await pullCollection(parts, collection);
        else failure ??= learned;
      }
    } catch (error) {
      if (!(error instanceof SyncFailure) || error.kind !== 'temporary') throw error;
      failure ??= error;
    }
  }
  return failure ?? 'done';
}

function asksAll(scope: ReadScope): boolean {
  return readFact(scope, 'asks_all') !== null;
}

const unseen = prepared((db) =>
  db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.state, 'acknowledged'),
        eq(outbox.collection, sql.placeholder('collection')),
        gt(outbox.version, sql.placeholder('cursor')),
      ),
    )
    .limit(1)
    .prepare(),
);

/** Whether something that was told has not come back yet. */
function hasUnseen(scope: ReadScope, collection: SyncCollection): boolean {
  const { cursor, epoch } = readState(scope, collection);
  return epoch === null || unseen(scope.db).get({ collection, cursor }) !== undefined;
}

/** What can be done once what there is was taken in; answers whether something is left to tell. */
function finish(parts: EngineParts, isComplete: boolean): boolean {
  const finished = parts.replica.write((scope) => {
    storeWaiting(scope);
    forgetOld(scope, parts.transport.heardAt());
    forgetSettled(scope);
    if (isComplete) {
      restoreReferenced(scope);
      saveFact(scope, 'asks_all', null);
      saveFact(scope, 'last_sync', scope.now);
    }
    const queued = scope.db
      .select({ id: outbox.id })
      .from(outbox)
      .where(eq(outbox.state, 'queued'))
      .limit(1)
      .get();
    return ok(queued !== undefined);
  });
  if (!finished.ok) throw new Error('the end of a round was refused');
  return finished.value;
}
