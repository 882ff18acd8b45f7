import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import type { PullAnswer } from '../../../src/shared/contracts/sync/protocol';
import { MAX_PAGE_BYTES, PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import type { ClientRecord } from '../../../src/shared/contracts/sync/records';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import { transact } from '../database/database';
import { syncHeads, syncRecords } from '../database/kit-tables';
import type { ScratchDatabase } from '../testing/scratch-database';
import { createScratchDatabase } from '../testing/scratch-database';
import { decisionsOf, patchOf, TestDevice } from '../testing/sync-device';
import { aClientRecord } from '../testing/wire-records';
import { publishRecords } from './publish-records';
import { pullPage } from './pull-page';
import { pruneTombstones, TOMBSTONE_DAYS } from './retention';
import type { SyncedCollection } from './synced-collection';

let scratch: ScratchDatabase;
let tenant: BusinessUid;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database);
});

afterAll(() => scratch.drop());

beforeEach(() => {
  tenant = newUid<BusinessUid>();
});

const clients: SyncedCollection<'clients'> = { name: 'clients', apply: () => Promise.resolve() };

function device(): TestDevice<'clients'> {
  return new TestDevice(scratch.db, clients, tenant);
}

function create(record: ClientRecord) {
  return { uid: record.uid, body: { kind: 'create' as const, record } };
}

function remove(record: ClientRecord) {
  return { uid: record.uid, body: { kind: 'delete' as const, record } };
}

function publish(...records: readonly ClientRecord[]) {
  const changes = records.map((record) => ({ uid: record.uid, record, deleted: false }));
  return transact(scratch.db, (transaction) =>
    publishRecords(transaction, tenant, 'clients', changes),
  );
}

function page(answer: PullAnswer) {
  if (answer.kind !== 'page') throw new Error(`the pull was answered ${answer.kind}`);
  return answer;
}

describe('a pull', () => {
  it('R4 of an old protocol is refused', async () => {
    const pull = pullPage(scratch.db, 'clients', tenant, { protocol: 0, cursor: 0 });
    await expect(pull).rejects.toMatchObject({ code: 'update_required' });
  });

  it('R52 answers the newest state of what changed since, tombstones too', async () => {
    const [anna, ben] = [device(), device()];
    const [kept, gone, later] = [aClientRecord(), aClientRecord(), aClientRecord()];
    await anna.push(create(kept), create(gone));
    await ben.pullAll();
    expect(ben.cursor).toBe(2);
    await anna.push(patchOf(kept.uid, { phone: ['1', '2'] }), remove(gone), create(later));
    await anna.push(patchOf(kept.uid, { phone: ['2', '3'] }));
    const { changes, cursor, head, hasMore } = page(await ben.pull());
    expect({ cursor, head, hasMore }).toEqual({ cursor: 6, head: 6, hasMore: false });
    expect(changes).toEqual([
      { version: 4, deleted: true, record: gone },
      { version: 5, deleted: false, record: later },
      { version: 6, deleted: false, record: { ...kept, phone: '3' } },
    ]);
    expect(page(await ben.pull()).changes).toEqual([]);
  });

  it('R52 of much comes in pages below a megabyte, each record once', async () => {
    const notes = 'ż'.repeat(5_000);
    const records = Array.from({ length: 250 }, () => aClientRecord({ notes }));
    await publish(...records);
    const ben = device();
    const seen: string[] = [];
    let pages = 0;
    for (let hasMore = true; hasMore; pages += 1) {
      const request = { protocol: PROTOCOL_VERSION, cursor: ben.cursor };
      const text = await pullPage(scratch.db, 'clients', tenant, request);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_PAGE_BYTES);
      const answer = page(await ben.pull());
      seen.push(...answer.changes.map(({ record }) => record.uid));
      expect(answer.head).toBe(250);
      hasMore = answer.hasMore;
    }
    expect(pages).toBe(3);
    expect(seen).toEqual(records.map(({ uid }) => uid));
  });

  it('R52 of many small records as many come at once as fit', async () => {
    const records = Array.from({ length: 1_100 }, () => aClientRecord());
    for (const start of [0, 500, 1_000]) await publish(...records.slice(start, start + 500));
    const { changes, cursor, hasMore } = page(await device().pull());
    expect(changes.map(({ record }) => record.uid)).toEqual(records.map(({ uid }) => uid));
    expect({ cursor, hasMore }).toEqual({ cursor: 1_100, hasMore: false });
  });

  it('R51 more than 500 changes at once are refused as a mistake of the service', async () => {
    const records = Array.from({ length: 501 }, () => aClientRecord());
    await expect(publish(...records)).rejects.toThrow('501 clients at once');
  });

  it('R1 knows nothing of another tenant', async () => {
    const record = aClientRecord();
    await device().push(create(record));
    tenant = newUid<BusinessUid>();
    const stranger = device();
    await stranger.pullAll();
    expect(stranger.records.size).toBe(0);
    expect(await stranger.push(patchOf(record.uid, { phone: ['1', '2'] }))).toMatchObject([
      { kind: 'rejected', code: 'record_unknown', record: null },
    ]);
  });
});

describe('old tombstones', () => {
  const DAY_MS = 86_400_000;
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

  function storedUids() {
    return scratch.db
      .select({ uid: syncRecords.uid })
      .from(syncRecords)
      .where(and(eq(syncRecords.tenant, tenant), eq(syncRecords.deleted, true)));
  }

  it('R56 are removed once every cursor below them is expired', async () => {
    const [anna, ben, carl] = [device(), device(), device()];
    const [kept, gone] = [aClientRecord(), aClientRecord()];
    await anna.push(create(kept), create(gone));
    await ben.pullAll();
    await anna.push(remove(gone));
    await carl.pullAll();
    await pruneTombstones(scratch.db, inDays(TOMBSTONE_DAYS - 1));
    expect(await ben.pull()).toMatchObject({ kind: 'page' });
    ben.cursor = 2;

    // The floor first, the rows with the next turn.
    await pruneTombstones(scratch.db, inDays(TOMBSTONE_DAYS + 1));
    expect(await storedUids()).toHaveLength(1);
    expect(await ben.pull()).toMatchObject({ kind: 'cursor_expired', epoch: anna.epoch });
    await pruneTombstones(scratch.db, inDays(TOMBSTONE_DAYS + 1));
    expect(await storedUids()).toHaveLength(0);
    expect(await ben.pull()).toMatchObject({ kind: 'cursor_expired' });

    // Who knew of the deletion goes on, who did not begins again and ends at the head.
    expect(page(await carl.pull()).changes).toEqual([]);
    ben.cursor = 0;
    ben.records.clear();
    await ben.pullAll();
    expect([...ben.records.keys()]).toEqual([kept.uid]);
    expect(ben.cursor).toBe(3);
    expect(page(await ben.pull()).changes).toEqual([]);
  });

  it('R56 a pull from the start of more than a page ends, however old the deletions are', async () => {
    const anna = device();
    const gone = aClientRecord();
    const notes = 'n'.repeat(4_000);
    const many = Array.from({ length: 300 }, () => ({ ...aClientRecord(), notes }));
    await anna.push(create(gone), ...many.map(create));
    await anna.push(remove(gone));
    await pruneTombstones(scratch.db, inDays(TOMBSTONE_DAYS + 1));

    const ben = device();
    expect(await ben.pull()).toMatchObject({ kind: 'page', hasMore: true });
    // What is deleted on the way is told, and so is what was before, while it is kept.
    await anna.push(remove(many[0]!));
    await ben.pullAll();
    expect(ben.cursor).toBe(303);
    expect([...ben.records].filter(([, one]) => one.deleted).map(([uid]) => uid)).toEqual([
      many[0]?.uid,
      gone.uid,
    ]);
    // One that began before the deletions may have what is gone.
    const carl = device();
    await carl.pull();
    carl.began = 301;
    expect(await carl.pull()).toMatchObject({ kind: 'cursor_expired' });
  });

  it('R56 a cursor beyond the head begins again', async () => {
    const anna = device();
    await anna.push(create(aClientRecord()));
    anna.cursor = 5;
    expect(await anna.pull()).toMatchObject({ kind: 'cursor_expired' });
  });
});

describe('writing from everywhere at once', () => {
  it('R50 leaves no hole, loses nothing, and no reader skips a version', async () => {
    const writers = [device(), device()];
    const shared = aClientRecord();
    await device().push(create(shared));
    const own = writers.map(() => Array.from({ length: 60 }, () => aClientRecord()));
    const byRest = Array.from({ length: 40 }, () => aClientRecord());

    let isWriting = true;
    const reader = device();
    const versions: number[] = [];
    async function read(): Promise<void> {
      do {
        versions.push(...page(await reader.pull()).changes.map(({ version }) => version));
      } while (isWriting);
      await reader.pullAll();
    }

    async function push(writer: TestDevice<'clients'>, index: number): Promise<void> {
      const records = own[index] ?? [];
      for (let from = 0; from < records.length; from += 6) {
        const outcomes = await writer.push(
          ...records.slice(from, from + 6).map(create),
          patchOf(shared.uid, { phone: [String(from), `${from} of ${index}`] }),
        );
        expect(outcomes.slice(0, 6).every(({ kind }) => kind === 'applied')).toBe(true);
      }
    }

    async function publishAll(): Promise<void> {
      for (const record of byRest) await publish(record);
    }

    const reading = read();
    await Promise.all([...writers.map(push), publishAll()]);
    isWriting = false;
    await reading;

    const all = [shared, ...own.flat(), ...byRest].map(({ uid }) => uid);
    expect([...reader.records.keys()].sort()).toEqual(all.sort());
    expect(versions).toEqual(versions.toSorted((one, other) => one - other));
    const fresh = device();
    await fresh.pullAll();
    expect(reader.records).toEqual(fresh.records);
    const [head] = await scratch.db.select().from(syncHeads).where(eq(syncHeads.tenant, tenant));
    // Every write had a version of its own; the last conflict-free patch of the shared one too.
    const rows = await scratch.db
      .select({ version: syncRecords.version })
      .from(syncRecords)
      .where(eq(syncRecords.tenant, tenant));
    expect(new Set(rows.map(({ version }) => version)).size).toBe(all.length);
    expect(head?.version).toBe(reader.cursor);
    expect(Math.max(...rows.map(({ version }) => version))).toBe(head?.version);
  });

  it('R13 R15 one batch sent many times at once is applied once', async () => {
    const anna = device();
    const batch = anna.batch([create(aClientRecord()), create(aClientRecord())]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => anna.send(batch)));
    const said = answers.map((answer) => JSON.stringify(decisionsOf(answer)));
    expect(new Set(said).size).toBe(1);
    expect(answers.filter((answer) => answer.kind === 'done' && answer.asTold)).toHaveLength(1);
    await anna.pullAll();
    expect(anna.records.size).toBe(2);
    expect(anna.cursor).toBe(2);
  });

  it('R30 one record made by many devices at once is made once', async () => {
    const record = aClientRecord();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        device().push(create({ ...record, phone: String(index) })),
      ),
    );
    const kinds = outcomes.flat().map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['applied', ...Array<string>(5).fill('conflict')]);
  });
});
