import { and, between, eq, inArray } from 'drizzle-orm';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import type { Outcome, SentMutation } from '../../../src/shared/contracts/sync/protocol';
import { outcome as outcomeSchema } from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Transaction } from '../database/database';
import { insertRows } from '../database/insert-rows';
import { syncDevices, syncMutations } from '../database/kit-tables';
import type { KeptRecord } from './sync-records';

/** A device in a collection of a tenant. */
export interface DevicePlace {
  readonly tenant: BusinessUid;
  readonly collection: SyncCollection;
  readonly device: string;
}

/** How far the cloud knows the mutations of a device. */
export interface DeviceProgress {
  /** The highest number that was applied, and the mutation that has it; 0 and null before the first. */
  readonly last: number;
  readonly lastUuid: string | null;
}

/** Where a device stands; its batches take turns from here on. */
export async function lockDevice(
  transaction: Transaction,
  place: DevicePlace,
): Promise<DeviceProgress> {
  const { last, lastUuid } = syncDevices;
  const [row] = await transaction
    .select({ last, lastUuid })
    .from(syncDevices)
    .where(isDevice(place))
    .for('update');
  if (row !== undefined) return row;
  // When another batch of the device makes the row at the same moment, this one begins again.
  const first: DeviceProgress = { last: 0, lastUuid: null };
  await transaction.insert(syncDevices).values({ ...place, ...first });
  return first;
}

export async function advanceDevice(
  transaction: Transaction,
  place: DevicePlace,
  progress: DeviceProgress,
): Promise<void> {
  await transaction.update(syncDevices).set(progress).where(isDevice(place));
}

function isDevice({ tenant, collection, device }: DevicePlace) {
  return and(
    eq(syncDevices.tenant, tenant),
    eq(syncDevices.collection, collection),
    eq(syncDevices.device, device),
  );
}

/** A mutation that was applied earlier. */
export interface KnownMutation {
  readonly uuid: string;
  readonly uid: string;
  readonly version: number;
  /** Null: applied, nothing to tell. */
  readonly outcome: Readonly<Record<string, unknown>> | null;
  /** It is told with the record as that is now: the device may have pulled a newer one since. */
  readonly needsRecord: boolean;
}

/**
 * Which of the mutations were applied earlier, by this device or another. `forked`: a number that
 * was used already now stands for something else (R13).
 */
export async function readKnown(
  transaction: Transaction,
  place: DevicePlace,
  mutations: readonly SentMutation[],
  last: number,
): Promise<ReadonlyMap<string, KnownMutation> | 'forked'> {
  if (mutations.length === 0) return new Map();
  const uuids = mutations.map(({ uuid }) => uuid);
  const { uuid, uid, version, outcome } = syncMutations;
  const rows = await transaction
    .select({ uuid, uid, version, outcome })
    .from(syncMutations)
    .where(and(eq(syncMutations.tenant, place.tenant), inArray(uuid, uuids)));
  const known = new Map(rows.map((row) => [row.uuid, knownOf(row)]));
  const used = mutations.filter(({ seq }) => seq <= last);
  if (used.some((one) => !known.has(one.uuid))) return 'forked';
  const numbers = await readNumbers(transaction, place, used);
  // A number without a row of its own told what another device had told before.
  const isForked = used.some((one) => (numbers.get(one.seq) ?? one.uuid) !== one.uuid);
  return isForked ? 'forked' : known;
}

function knownOf(
  row: Pick<KnownMutation, 'uuid' | 'uid' | 'version'> & { outcome: string | null },
) {
  const outcome =
    row.outcome === null ? null : (JSON.parse(row.outcome) as Readonly<Record<string, unknown>>);
  const needsRecord = outcome !== null && outcome['kind'] !== 'applied';
  return { ...row, outcome, needsRecord };
}

async function readNumbers(
  transaction: Transaction,
  { tenant, collection, device }: DevicePlace,
  used: readonly SentMutation[],
): Promise<ReadonlyMap<number, string>> {
  const [first, final] = [used[0], used.at(-1)];
  if (first === undefined || final === undefined) return new Map();
  const { seq, uuid } = syncMutations;
  const rows = await transaction
    .select({ seq, uuid })
    .from(syncMutations)
    .where(
      and(
        eq(syncMutations.tenant, tenant),
        eq(syncMutations.collection, collection),
        eq(syncMutations.device, device),
        between(seq, first.seq, final.seq),
      ),
    );
  return new Map(rows.map((row) => [row.seq, row.uuid]));
}

/**
 * Keeps what became of each mutation, in the transaction of its effect (R16), but not its record,
 * which is told as it is by the time that somebody asks again.
 */
export async function insertMutations(
  transaction: Transaction,
  { tenant, collection, device }: DevicePlace,
  mutations: readonly SentMutation[],
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
  if (mutations.length === 0) return;
  const createdAt = new Date();
  await insertRows(
    transaction,
    syncMutations,
    mutations.map(({ uuid, seq, uid }) => {
      const outcome = outcomes.get(uuid);
      if (outcome === undefined) throw new Error(`${uuid} has no outcome`);
      const { version } = outcome;
      const isPlain = outcome.kind === 'applied' && outcome.notices.length === 0;
      return {
        tenant,
        uuid,
        collection,
        device,
        seq,
        uid: outcome.kind === 'duplicated' ? outcome.uid : uid,
        version,
        outcome: isPlain ? null : JSON.stringify({ ...outcome, record: undefined }),
        createdAt,
      };
    }),
  );
}

/**
 * The stored outcome, with the record that stands there now (R16). Where that is gone for good,
 * nothing is left to be told.
 */
export function outcomeOf(known: KnownMutation, now: KeptRecord | undefined): Outcome {
  const { outcome, version, needsRecord } = known;
  if (outcome === null) return { kind: 'applied', version, notices: [] };
  if (!needsRecord) return outcomeSchema.parse(outcome);
  if (now === undefined && outcome['kind'] !== 'rejected') {
    return { kind: 'applied', version, notices: [] };
  }
  return outcomeSchema.parse({
    ...outcome,
    isDeleted: now?.deleted ?? false,
    version: now?.version ?? version,
    record: now?.record ?? null,
  });
}
