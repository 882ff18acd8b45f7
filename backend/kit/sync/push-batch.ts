import type { SyncCollection, SyncRecord } from '../../../src/shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../../src/shared/contracts/sync/collections';
import type {
  Outcome,
  PushAnswer,
  PushRequest,
  SentMutation,
} from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { isSameValue } from '../../../src/shared/sync/field-paths';
import type { Database, Transaction } from '../database/database';
import { transact } from '../database/database';
import { isDuplicate } from '../database/database-errors';
import { concernedUids } from './concerned-records';
import { ensureHead } from './heads';
import type { MergeRules, RecordState, Resolution } from './merge-mutation';
import { resolveMutation } from './merge-mutation';
import type { KnownMutation } from './mutation-log';
import { advanceDevice, insertMutations, lockDevice, outcomeOf, readKnown } from './mutation-log';
import { checkProtocol } from './protocol-version';
import type { Publications, RecordSet, ToldEvent } from './publish-records';
import { textOf, writeRecords } from './publish-records';
import { jsonOf } from './record-text';
import type { KeptRecord } from './sync-records';
import { lockRecords, readRecords } from './sync-records';
import type { ApplyContext, PushAuthor, SyncedChange, SyncedCollection } from './synced-collection';

/** Another transaction made the same record first: the batch is merged with it. */
const TRIES = 5;

/**
 * Applies a batch of a device in one transaction, in the order of its numbers, each mutation once
 * (R13 to R16); what was applied earlier is answered with its stored outcome. Throws a
 * `ProtocolVersionError` for a device that is too old.
 */
export async function pushBatch<C extends SyncCollection>(
  db: Database,
  collection: SyncedCollection<C>,
  tenant: BusinessUid,
  request: PushRequest,
  author: PushAuthor = { device: request.device, role: null },
): Promise<PushAnswer> {
  checkProtocol(request.protocol);
  const { epoch } = await ensureHead(db, tenant, collection.name);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(db, (transaction) =>
        applyBatch(transaction, collection, tenant, request, author, epoch),
      );
    } catch (error) {
      if (attempt >= TRIES || !isDuplicate(error)) throw error;
    }
  }
}

async function applyBatch<C extends SyncCollection>(
  transaction: Transaction,
  collection: SyncedCollection<C>,
  tenant: BusinessUid,
  request: PushRequest,
  author: PushAuthor,
  epoch: string,
): Promise<PushAnswer> {
  const place = { tenant, collection: collection.name, device: request.device };
  const { last, lastUuid } = await lockDevice(transaction, place);
  if (request.epoch !== null && request.epoch !== epoch) {
    return { kind: 'epoch_changed', epoch, last, lastUuid };
  }
  const mutations = request.mutations.map(inLowerCase);
  const first = mutations[0]?.seq ?? last + 1;
  if (first > last + 1 || mutations.some(({ seq }, index) => seq !== first + index)) {
    return { kind: 'gap', epoch, last, lastUuid };
  }
  const known = await readKnown(transaction, place, mutations, last);
  if (known === 'forked') return { kind: 'device_forked' };

  const fresh = firstOfEach(mutations.filter(({ uuid }) => !known.has(uuid)));
  const { outcomes, isAsTold } = await applyFresh(transaction, collection, tenant, fresh, author);
  await insertMutations(transaction, place, fresh, outcomes);
  const answers = await answersOf(transaction, place, mutations, known, outcomes);

  const final = mutations.at(-1);
  const newest =
    final !== undefined && final.seq > last
      ? { last: final.seq, lastUuid: final.uuid }
      : { last, lastUuid };
  if (newest.last > last) await advanceDevice(transaction, place, newest);
  const asTold = isAsTold && known.size === 0;
  return { kind: 'done', epoch, last: newest.last, outcomes: answers, asTold };
}

/** A UUID is the same in capitals. */
function inLowerCase(mutation: SentMutation): SentMutation {
  const uuid = mutation.uuid.toLowerCase();
  return uuid === mutation.uuid ? mutation : { ...mutation, uuid };
}

/** A UUID that a batch tells twice is one mutation (R15). */
function firstOfEach(mutations: readonly SentMutation[]): readonly SentMutation[] {
  const seen = new Set<string>();
  return mutations.filter(({ uuid }) => {
    if (seen.has(uuid)) return false;
    seen.add(uuid);
    return true;
  });
}

interface Place {
  readonly tenant: BusinessUid;
  readonly collection: SyncCollection;
  readonly device: string;
}

async function answersOf(
  transaction: Transaction,
  { tenant, collection }: Place,
  mutations: readonly SentMutation[],
  known: ReadonlyMap<string, KnownMutation>,
  outcomes: ReadonlyMap<string, Outcome>,
) {
  const bare = [...known.values()].filter((one) => one.needsRecord);
  const uids = bare.map((one) => one.uid);
  const records = await readRecords(transaction, tenant, collection, uids);
  return mutations.map(({ seq, uuid }) => {
    const fresh = outcomes.get(uuid);
    if (fresh !== undefined) return { seq, uuid, outcome: fresh };
    const earlier = known.get(uuid);
    if (earlier === undefined) throw new Error(`${uuid} has no outcome`);
    const outcome = outcomeOf(earlier, records.get(earlier.uid));
    return { seq, uuid, outcome, isKnown: true as const };
  });
}

/** A record while the batch is merged. */
interface Worked {
  readonly kept: KeptRecord | null;
  state: RecordState;
  readonly applied: SentMutation[];
}

interface Applied {
  /** By UUID. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Whether every record is now what its author made of it. */
  readonly isAsTold: boolean;
}

/** Merges what is new, has the service write it, and tells the outcomes. */
async function applyFresh<C extends SyncCollection>(
  transaction: Transaction,
  collection: SyncedCollection<C>,
  tenant: BusinessUid,
  fresh: readonly SentMutation[],
  author: PushAuthor,
): Promise<Applied> {
  if (fresh.length === 0) return { outcomes: new Map(), isAsTold: false };
  const prepared = await collection.prepare?.(transaction, tenant, fresh);
  const uids = [...new Set(fresh.flatMap(concernedUids))].sort();
  const kept = await lockRecords(transaction, tenant, collection.name, uids);
  const worked = new Map<string, Worked>();
  const at = (uid: string) => {
    const found = worked.get(uid);
    if (found !== undefined) return found;
    const made = workOn(kept.get(uid) ?? null);
    worked.set(uid, made);
    return made;
  };
  /** Records that the service wrote otherwise than they were told. */
  const overruled = new Set<string>();
  const rules: MergeRules = {
    collection: collection.name,
    schema: SYNC_COLLECTIONS[collection.name].record,
    corrected: (uid) => void overruled.add(uid),
    decide: (attempt) => {
      // The rules of one collection see records of that collection alone.
      const decision = collection.decide?.(attempt, prepared, author) ?? { kind: 'accept' };
      if (decision.kind !== 'accept' || decision.record !== undefined) overruled.add(attempt.uid);
      return decision;
    },
  };
  const resolutions = fresh.map((mutation) => {
    const resolution = resolveMutation(rules, at(mutation.uid).state, mutation);
    if (resolution.kind !== 'rejected') {
      const one = at(resolution.kind === 'duplicated' ? resolution.uid : mutation.uid);
      if (one.state !== resolution.state) one.applied.push(mutation);
      one.state = resolution.state;
    }
    return { mutation, resolution };
  });
  const versions = await writeChanges(transaction, collection, tenant, worked, prepared, author);
  const outcomes = new Map(
    resolutions.map(({ mutation, resolution }) => [
      mutation.uuid,
      describe(mutation, resolution, at, versions),
    ]),
  );
  // What changed nothing tells the version of whoever wrote last, which its author may not have seen.
  const isAsTold = resolutions.every(
    ({ mutation, resolution }) =>
      resolution.kind === 'applied' &&
      resolution.notices.length === 0 &&
      !overruled.has(mutation.uid) &&
      versions.has(mutation.uid),
  );
  return { outcomes, isAsTold };
}

function workOn(kept: KeptRecord | null): Worked {
  const state = kept === null ? { record: null, deleted: false } : kept;
  return { kept, state, applied: [] };
}

function isChanged({ kept, state }: Worked): boolean {
  if (state.record === null) return false;
  if (kept === null) return true;
  return kept.deleted !== state.deleted || !isSameValue(kept.record, state.record);
}

async function writeChanges<C extends SyncCollection>(
  transaction: Transaction,
  collection: SyncedCollection<C>,
  tenant: BusinessUid,
  worked: ReadonlyMap<string, Worked>,
  prepared: unknown,
  author: PushAuthor,
): Promise<ReadonlyMap<string, number>> {
  const changed = [...worked].filter(([, one]) => isChanged(one));
  if (changed.length === 0) return new Map();
  const changes = changed.map(([uid, { kept, state, applied }]): SyncedChange<C> => ({
    uid,
    before: (kept?.record ?? null) as SyncRecord<C> | null,
    wasDeleted: kept?.deleted ?? false,
    after: state.record as SyncRecord<C>,
    isDeleted: state.deleted,
    mutations: applied,
  }));
  const events: ToldEvent[] = [];
  const others: Publications[] = [];
  const context: ApplyContext = {
    now: new Date(),
    author,
    publish: (name, records) => void others.push({ collection: name, changes: records }),
    record: (name, data) => void events.push({ name, data } as ToldEvent),
  };
  await collection.apply(transaction, tenant, changes, prepared, context);
  const sets: RecordSet[] = [
    {
      collection: collection.name,
      records: changed.map(([uid, { kept, state }]) => ({
        uid,
        deleted: state.deleted,
        isNew: kept === null,
        // Parsed when it was merged.
        text: jsonOf(state.record ?? {}),
      })),
    },
    ...others.map(({ collection: name, changes: records }) => ({
      collection: name,
      records: records.map(({ uid, record, deleted }) => ({
        uid,
        deleted,
        isNew: false,
        text: textOf(name, record),
      })),
    })),
  ];
  const versions = await writeRecords(transaction, tenant, sets, events, context.now);
  return versions.get(collection.name) ?? new Map<string, number>();
}

/** The outcome as it is answered: with the record as the whole batch leaves it. */
function describe(
  mutation: SentMutation,
  resolution: Resolution,
  at: (uid: string) => Worked,
  versions: ReadonlyMap<string, number>,
): Outcome {
  const uid = resolution.kind === 'duplicated' ? resolution.uid : mutation.uid;
  const { kept, state } = at(uid);
  const version = versions.get(uid) ?? kept?.version ?? 0;
  const record = state.record as ({ uid: string } & Record<string, unknown>) | null;
  switch (resolution.kind) {
    case 'applied': {
      const { notices, overtaken } = resolution;
      const words = overtaken === undefined ? {} : { overtaken: [...overtaken] };
      return { kind: 'applied', version, notices: [...notices], ...words };
    }
    case 'rejected': {
      const { code, field } = resolution;
      return { kind: 'rejected', version, code, field, record, isDeleted: state.deleted };
    }
    case 'conflict':
      if (record === null) throw new Error('a conflict with nothing');
      return {
        kind: 'conflict',
        version,
        fields: [...resolution.fields],
        record,
        isDeleted: state.deleted,
      };
    case 'duplicated':
      if (record === null) throw new Error('a duplicate of nothing');
      return { kind: 'duplicated', version, uid, record };
  }
}
