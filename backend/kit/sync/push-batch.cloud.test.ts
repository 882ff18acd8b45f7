import { randomUUID } from 'node:crypto';

import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid, ClientUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import { transact } from '../database/database';
import { outbox, syncMutations } from '../database/kit-tables';
import type { ScratchDatabase } from '../testing/scratch-database';
import { createScratchDatabase } from '../testing/scratch-database';
import { decisionsOf, patchOf, TestDevice } from '../testing/sync-device';
import { aClientRecord, aLine, anInvoiceRecord, anOrderRecord } from '../testing/wire-records';
import { headsOf, renewEpochs } from './heads';
import { publishRecords } from './publish-records';
import { pushBatch } from './push-batch';
import type { Decision, SyncedChange, SyncedCollection } from './synced-collection';

let scratch: ScratchDatabase;
let tenant: BusinessUid;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database);
});

afterAll(() => scratch.drop());

beforeEach(() => {
  tenant = newUid<BusinessUid>();
});

/** What the service was told to write. */
const written: SyncedChange<SyncCollection>[] = [];

beforeEach(() => {
  written.length = 0;
});

function collection<C extends SyncCollection>(
  name: C,
  decide?: (...attempt: Parameters<NonNullable<SyncedCollection<C>['decide']>>) => Decision<C>,
): SyncedCollection<C> {
  return {
    name,
    ...(decide === undefined ? {} : { decide }),
    apply(_transaction, _tenant, changes) {
      written.push(...changes);
      return Promise.resolve();
    },
  };
}

const clients = collection('clients');
const orders = collection('orders');
const invoices = collection('invoices');

function device<C extends SyncCollection>(of: SyncedCollection<C>): TestDevice<C> {
  return new TestDevice(scratch.db, of, tenant);
}

/** Also what no schema would take. */
interface AnyRecord {
  readonly uid: string;
  readonly [field: string]: unknown;
}

function create(record: AnyRecord) {
  return { uid: record.uid, body: { kind: 'create' as const, record } };
}

function remove(record: AnyRecord) {
  return { uid: record.uid, body: { kind: 'delete' as const, record } };
}

function finalise(record: AnyRecord, uuid: string = newUid()) {
  const sha256 = 'a'.repeat(64);
  const frozen = { format: 1 as const };
  return { uuid, uid: record.uid, body: { kind: 'finalise' as const, record, frozen, sha256 } };
}

function told(name: SyncCollection) {
  return scratch.db
    .select({ name: outbox.name, data: outbox.data })
    .from(outbox)
    .where(
      and(
        eq(outbox.tenant, tenant),
        eq(outbox.name, `${name[0]?.toUpperCase()}${name.slice(1)}Moved`),
      ),
    )
    .orderBy(asc(outbox.position));
}

describe('numbers of a device', () => {
  it('R4 an old protocol is refused and changes nothing', async () => {
    const request = { device: newUid<never>(), epoch: null, mutations: [] };
    const push = (protocol: number) =>
      pushBatch(scratch.db, clients, tenant, { ...request, protocol });
    await expect(push(0)).rejects.toMatchObject({ code: 'update_required' });
    await expect(push(PROTOCOL_VERSION + 1)).rejects.toMatchObject({ code: 'protocol_too_new' });
    expect(await headsOf(scratch.db, tenant)).toEqual({});
  });

  it('R13 a known number is answered with the stored outcome', async () => {
    const anna = device(clients);
    const record = aClientRecord();
    const batch = anna.batch([create(record), patchOf(record.uid, { phone: ['x', '2'] })]);
    const first = await anna.send(batch);
    const again = await anna.send(batch);
    expect(first).toMatchObject({
      outcomes: [{ outcome: { kind: 'applied', version: 1 } }, { outcome: { kind: 'conflict' } }],
    });
    expect(decisionsOf(again)).toEqual(decisionsOf(first));
    expect(again).toMatchObject({ outcomes: [{ isKnown: true }, { isKnown: true }] });
    expect(written).toHaveLength(1);
  });

  it('R55 tells whether a batch was applied just now, all of it, and as it was told', async () => {
    const [anna, ben] = [device(clients), device(clients)];
    const record = aClientRecord();
    const batch = anna.batch([create(record), patchOf(record.uid, { phone: [record.phone, '2'] })]);
    expect(await anna.send(batch)).toMatchObject({ asTold: true });
    expect(await anna.send(batch)).toMatchObject({ asTold: false });
    const more = ben.batch([
      create(aClientRecord()),
      patchOf(record.uid, { phone: [record.phone, '3'] }),
    ]);
    expect(await ben.send(more)).toMatchObject({ asTold: false });
  });

  it('R13 a batch that is known in part goes on with the rest', async () => {
    const anna = device(clients);
    const [one, two] = [aClientRecord(), aClientRecord()];
    const batch = anna.batch([create(one), create(two)]);
    await anna.send(batch.slice(0, 1));
    const answer = await anna.send(batch);
    expect(answer).toMatchObject({ kind: 'done', last: 2 });
    expect(written.map(({ uid }) => uid)).toEqual([one.uid, two.uid]);
  });

  it('R13 a known number with another UUID is a forked device, and nothing is applied', async () => {
    const anna = device(clients);
    await anna.push(create(aClientRecord()), create(aClientRecord()));
    anna.last = 1;
    const answer = await anna.send(anna.batch([create(aClientRecord()), create(aClientRecord())]));
    expect(answer).toEqual({ kind: 'device_forked' });
    expect(written).toHaveLength(2);
  });

  it('R13 a known UUID under the number of another one is a forked device', async () => {
    const anna = device(clients);
    const [one, two] = anna.batch([create(aClientRecord()), create(aClientRecord())]);
    await anna.send([one!, two!]);
    expect(await anna.send([{ ...two!, seq: 1 }])).toEqual({ kind: 'device_forked' });
  });

  it('R14 a number that does not follow is a gap, and nothing is applied', async () => {
    const anna = device(clients);
    await anna.push(create(aClientRecord()));
    anna.last = 2;
    const answer = await anna.send(anna.batch([create(aClientRecord())]));
    expect(answer).toMatchObject({ kind: 'gap', last: 1 });
    const [one, two, three] = anna.batch([1, 2, 3].map(() => create(aClientRecord())));
    const holey = [one, three, two].map((mutation, index) => ({
      ...mutation!,
      seq: 2 + index * 2,
    }));
    expect(await anna.send(holey)).toMatchObject({ kind: 'gap', last: 1 });
    expect(written).toHaveLength(1);
  });

  it('R15 a UUID is applied once, whichever device tells it and however often', async () => {
    const [anna, ben] = [device(clients), device(clients)];
    const record = aClientRecord();
    const mutation = { ...create(record), uuid: randomUUID() };
    const [first] = await anna.push(mutation);
    await anna.push({ ...remove(record) });
    expect(await ben.push(mutation, mutation)).toEqual([first, first]);
    expect(await anna.push(mutation)).toEqual([first]);
    await ben.pullAll();
    expect(ben.records.get(record.uid)).toMatchObject({ deleted: true });
    // The numbers of the second device count on all the same.
    expect(await ben.send([{ ...mutation, seq: 1 }])).toMatchObject({ kind: 'done', last: 2 });
    expect(ben.last).toBe(2);
  });

  it('R16 an outcome is kept for good, without its record', async () => {
    const anna = device(clients);
    const record = aClientRecord();
    const batch = anna.batch([
      create(record),
      patchOf(record.uid, { phone: ['x', '2'] }),
      patchOf(newUid(), { phone: ['x', '2'] }),
    ]);
    const first = await anna.send(batch);
    await anna.push(patchOf(record.uid, { name: ['Acme Ltd', 'Acme'] }));
    const stored = await scratch.db
      .select({ outcome: syncMutations.outcome })
      .from(syncMutations)
      .where(and(eq(syncMutations.tenant, tenant), eq(syncMutations.seq, 2)));
    expect(stored[0]?.outcome).toMatch(/conflict/u);
    expect(stored[0]?.outcome).not.toMatch(/Asks for copies/u);
    const ben = device(clients);
    const again = await ben.push(...batch);
    expect(again[0]).toEqual(first.kind === 'done' ? first.outcomes[0]?.outcome : null);
    expect(again[1]).toMatchObject({
      kind: 'conflict',
      version: 2,
      fields: [{ path: 'phone', base: 'x', mine: '2', theirs: '1' }],
      record: { name: 'Acme' },
    });
    expect(again[2]).toMatchObject({ kind: 'rejected', code: 'record_unknown', record: null });
  });

  it('R16 an outcome that is told again shows the record as it is by then', async () => {
    const anna = device(clients);
    const record = aClientRecord();
    await anna.push(create(record));
    const batch = anna.batch([patchOf(record.uid, { phone: ['x', '2'] })]);
    await anna.send(batch);
    await device(clients).push(patchOf(record.uid, { name: [record.name, 'Acme'] }));
    const again = await anna.send(batch);
    expect(again.kind === 'done' ? again.outcomes[0]?.outcome : null).toMatchObject({
      kind: 'conflict',
      version: 2,
      fields: [{ path: 'phone' }],
      record: { name: 'Acme' },
    });
  });

  it('R17 a rejection advances the queue and stops nothing else', async () => {
    const anna = device(clients);
    const good = aClientRecord();
    const outcomes = await anna.push(
      create({ ...aClientRecord(), name: '' }),
      create({ ...aClientRecord(), notes: 'half \ud800' }),
      create({ ...aClientRecord(), notes: 'nothing \u0000' }),
      { uid: 'NOT-A-UID', body: { kind: 'create', record: aClientRecord() } },
      { uid: newUid(), body: { kind: 'create', record: aClientRecord() } },
      patchOf(newUid(), { name: ['a', 'b'] }),
      create(good),
      patchOf(good.uid, { 'notes.order': [null, 5] }),
      patchOf(good.uid, { uid: [good.uid, newUid()] }),
      patchOf(good.uid, { remindersPaused: [false, 'perhaps'] }),
      patchOf(good.uid, { '__proto__.x': [null, null] }),
      { uid: good.uid, body: { kind: 'restore' } },
      finalise(good),
    );
    const said = outcomes.map((one) =>
      one.kind === 'rejected' ? `${one.field} ${one.code}` : one.kind,
    );
    expect(said).toEqual([
      'name too_small',
      ' text_unprintable',
      ' text_unprintable',
      'uid malformed',
      'uid malformed',
      ' record_unknown',
      'applied',
      'notes.order malformed',
      'uid malformed',
      'remindersPaused required',
      '__proto__.x malformed',
      'applied',
      'kind malformed',
    ]);
    expect(anna.last).toBe(13);
    const huge = { uid: 'f'.repeat(64), data: 'x'.repeat(700_000) };
    const assets = device(collection('assets'));
    expect(
      await assets.push(create({ ...huge, data: 'x'.repeat(800_000) }), create(huge)),
    ).toMatchObject([{ kind: 'rejected', field: 'data', code: 'too_big' }, { kind: 'applied' }]);
    const documents = device(collection('documents'));
    const uid = newUid();
    const frozen = { format: 1, text: 'x'.repeat(990_000) };
    expect(
      await documents.push(create({ uid, frozen, sha256: 'a'.repeat(64) })).then(([one]) => one),
    ).toMatchObject({
      kind: 'rejected',
      code: 'record_too_big',
    });
  });

  it('R17 items that share a uid are rejected', async () => {
    const line = aLine();
    const twice = anOrderRecord({ lines: [line, line] });
    expect(await device(orders).push(create(twice))).toMatchObject([
      { kind: 'rejected', code: 'uid_repeated', field: 'lines' },
    ]);
  });

  it('R20 a reference to what the cloud does not know is no error', async () => {
    const record = anOrderRecord({ clientUid: newUid<ClientUid>() });
    expect(await device(orders).push(create(record))).toMatchObject([{ kind: 'applied' }]);
  });
});

describe('merging', () => {
  it('R30 fields of two devices go together; R31 the same field is a conflict', async () => {
    const [anna, ben] = [device(clients), device(clients)];
    const record = aClientRecord();
    await anna.push(create(record));
    await anna.push(patchOf(record.uid, { phone: ['1', '2'], notes: [record.notes, 'A'] }));
    const [outcome] = await ben.push(
      patchOf(record.uid, {
        name: ['Acme Ltd', 'Acme'],
        phone: ['1', '2'],
        notes: [record.notes, 'B'],
      }),
    );
    expect(outcome).toEqual({
      kind: 'conflict',
      version: 3,
      fields: [{ path: 'notes', base: record.notes, mine: 'B', theirs: 'A' }],
      record: { ...record, name: 'Acme', phone: '2', notes: 'A' },
      isDeleted: false,
    });
  });

  it('R30 what is there already makes no new version', async () => {
    const [anna, ben] = [device(clients), device(clients)];
    const record = aClientRecord();
    await anna.push(create(record));
    const patch = patchOf(record.uid, { phone: ['1', '2'] });
    await anna.push(patch);
    expect(await ben.push(patch, create({ ...record, phone: '2' }))).toEqual([
      { kind: 'applied', version: 2, notices: [] },
      { kind: 'applied', version: 2, notices: [] },
    ]);
  });

  it('R32 a price conflicts with a currency that somebody else changed', async () => {
    const [anna, ben] = [device(orders), device(orders)];
    const record = anOrderRecord();
    const line = record.lines[0]!;
    await anna.push(create(record));
    await anna.push(patchOf(record.uid, { currency: ['EUR', 'USD'] }));
    const path = `lines.${line.uid}`;
    const [outcome] = await ben.push(
      patchOf(record.uid, {
        [path]: [line, { ...line, unitPrice: 5 }],
        currency: ['EUR', 'EUR'],
        notes: ['', 'B'],
      }),
    );
    expect(outcome).toMatchObject({ kind: 'conflict', fields: [{ path }] });
    expect(outcome).toMatchObject({ record: { notes: 'B', currency: 'USD', lines: [line] } });
  });

  it('R33 lines merge one by one, and their order never conflicts', async () => {
    const [anna, ben] = [device(orders), device(orders)];
    const [one, two, ofAnna, ofBen] = [aLine(), aLine(), aLine(), aLine()];
    const record = anOrderRecord({ lines: [one, two] });
    const before = [one.uid, two.uid];
    await anna.push(create(record));
    await anna.push(
      patchOf(record.uid, {
        [`lines.${ofAnna.uid}`]: [null, ofAnna],
        'lines.order': [before, [ofAnna.uid, ...before]],
        [`lines.${two.uid}`]: [two, { ...two, unit: 'd' }],
      }),
    );
    const [outcome] = await ben.push(
      patchOf(record.uid, {
        [`lines.${ofBen.uid}`]: [null, ofBen],
        'lines.order': [before, [two.uid, one.uid, ofBen.uid]],
        [`lines.${two.uid}`]: [two, null],
      }),
    );
    expect(outcome).toMatchObject({
      kind: 'conflict',
      fields: [{ path: `lines.${two.uid}`, mine: null, theirs: { unit: 'd' } }],
    });
    await ben.pullAll();
    const { lines } = ben.records.get(record.uid)?.record as typeof record;
    expect(lines.map(({ uid }) => uid)).toEqual([ofAnna.uid, two.uid, one.uid, ofBen.uid]);
  });

  it('R34 a patch that does not hold together with what stands there is a conflict as a whole', async () => {
    const [anna, ben] = [device(orders), device(orders)];
    const lines = Array.from({ length: 999 }, () => aLine());
    const record = anOrderRecord({ lines });
    await anna.push(create(record));
    const [mine, theirs] = [aLine(), aLine()];
    await anna.push(patchOf(record.uid, { [`lines.${theirs.uid}`]: [null, theirs] }));
    const [outcome] = await ben.push(
      patchOf(record.uid, { [`lines.${mine.uid}`]: [null, mine], notes: ['', 'B'] }),
    );
    // A thousand lines are the most.
    expect(outcome).toMatchObject({
      kind: 'conflict',
      version: 2,
      fields: [{ path: `lines.${mine.uid}` }, { path: 'notes', mine: 'B', theirs: '' }],
    });
  });

  it('R35 an edit beats a delete, and both sides are told', async () => {
    const [anna, ben] = [device(clients), device(clients)];
    const record = aClientRecord();
    await anna.push(create(record), patchOf(record.uid, { phone: ['1', '2'] }));
    expect(await ben.push(remove(record))).toEqual([
      { kind: 'applied', version: 1, notices: ['edited_meanwhile'] },
    ]);
    const seen = { ...record, phone: '2' };
    expect(await ben.push(remove(seen), remove(seen))).toEqual([
      { kind: 'applied', version: 2, notices: [] },
      { kind: 'applied', version: 2, notices: [] },
    ]);
    expect(await anna.push(patchOf(record.uid, { phone: ['2', '3'] }))).toEqual([
      { kind: 'applied', version: 3, notices: ['restored_by_edit'] },
    ]);
    await ben.pullAll();
    expect(ben.records.get(record.uid)).toEqual({
      deleted: false,
      record: { ...record, phone: '3' },
    });
    expect(await anna.push(remove({ ...seen, uid: newUid() }))).toMatchObject([
      { kind: 'applied' },
    ]);
  });

  it('R36 what was deleted can be restored', async () => {
    const anna = device(clients);
    const record = aClientRecord();
    await anna.push(create(record), remove(record));
    const restore = { uid: record.uid, body: { kind: 'restore' as const } };
    expect(await anna.push(restore, restore)).toMatchObject([
      { kind: 'applied', version: 2 },
      { kind: 'applied', version: 2 },
    ]);
    expect(written.at(-1)).toMatchObject({ wasDeleted: true, isDeleted: false });
  });

  it('R43 the service keeps fields, adjusts and rejects', async () => {
    const strict = collection('clients', ({ before, after }) => {
      if (after.name === 'Forbidden') return { kind: 'reject', code: 'not_this', field: 'name' };
      if (before === null) {
        return { kind: 'accept', record: { ...after, notes: 'by the cloud' }, notices: ['noted'] };
      }
      return { kind: 'conflict', paths: ['vatNumber', 'phone'] };
    });
    const anna = device(strict);
    const record = aClientRecord();
    const outcomes = await anna.push(
      create(aClientRecord({ name: 'Forbidden' })),
      create(record),
      patchOf(record.uid, { vatNumber: ['', 'DE1'], contactName: ['', 'Ivo'] }),
    );
    expect(outcomes).toMatchObject([
      { kind: 'rejected', code: 'not_this', field: 'name' },
      { kind: 'applied', notices: ['noted'] },
      {
        kind: 'conflict',
        fields: [{ path: 'vatNumber', base: '', mine: 'DE1', theirs: '' }],
        record: { contactName: 'Ivo', vatNumber: '', notes: 'by the cloud' },
      },
    ]);
  });
});

describe('finalising', () => {
  const issued = {
    number: 'INV-1',
    finalisedAt: '2026-03-02T09:00:00.000Z',
    pdfSha256: 'a'.repeat(64),
  };

  it('R40 a draft takes the whole document', async () => {
    const anna = device(invoices);
    const draft = anInvoiceRecord();
    const document = { ...draft, ...issued };
    expect(await anna.push(create(draft), finalise(document))).toEqual([
      { kind: 'applied', version: 1, notices: [] },
      { kind: 'applied', version: 1, notices: [] },
    ]);
    expect(written).toMatchObject([
      { after: { number: 'INV-1' }, mutations: [{ seq: 1 }, { body: { kind: 'finalise' } }] },
    ]);
  });

  it('R41 a document is taken whatever became of its draft', async () => {
    const [anna, ben] = [device(invoices), device(invoices)];
    const [unknown, deleted, edited] = [anInvoiceRecord(), anInvoiceRecord(), anInvoiceRecord()];
    await ben.push(create(deleted), remove(deleted), create({ ...edited, notes: 'B' }));
    const outcomes = await anna.push(
      finalise({ ...unknown, ...issued }),
      finalise({ ...deleted, ...issued, number: 'INV-2' }),
      finalise({ ...edited, ...issued, number: 'INV-3' }),
      finalise({ ...anInvoiceRecord(), number: 'INV-4' }),
    );
    expect(outcomes).toMatchObject([
      { kind: 'applied', notices: [] },
      { kind: 'applied', notices: ['restored_by_edit'] },
      {
        kind: 'applied',
        notices: ['edited_meanwhile'],
        overtaken: [{ path: 'notes', mine: edited.notes, theirs: 'B' }],
      },
      { kind: 'rejected', code: 'malformed', field: 'finalisedAt' },
    ]);
  });

  it('R42 the second document of a draft becomes a record of its own', async () => {
    const [anna, ben] = [device(invoices), device(invoices)];
    const draft = anInvoiceRecord();
    await anna.push(create(draft), finalise({ ...draft, ...issued }));
    const uuid = newUid();
    const own = { ...draft, ...issued, number: 'INV-B1', pdfSha256: 'b'.repeat(64) };
    const batch = ben.batch([finalise(own, uuid)]);
    const record = { ...own, uid: uuid, duplicateOf: draft.uid };
    const answer = await ben.send(batch);
    expect(answer).toMatchObject({
      outcomes: [{ outcome: { kind: 'duplicated', version: 2, uid: uuid, record } }],
    });
    expect(decisionsOf(await ben.send(batch))).toEqual(decisionsOf(answer));
    // The same paper once more is nothing new.
    expect(await ben.push(finalise({ ...draft, ...issued }))).toMatchObject([
      { kind: 'applied', version: 1 },
    ]);
    await anna.pullAll();
    expect(anna.records.get(draft.uid)?.record).toMatchObject({ number: 'INV-1' });
    expect(anna.records.get(uuid)?.record).toEqual(record);
  });

  it('R63 a document that is told again without its paper stays beside another of its draft', async () => {
    const [anna, ben] = [device(invoices), device(invoices)];
    const draft = anInvoiceRecord();
    await anna.push(create(draft), finalise({ ...draft, ...issued }));
    const lost = { ...draft, number: 'INV-C1', finalisedAt: '2026-03-01T09:00:00.000Z' };
    const uuid = newUid();
    expect(await ben.push({ ...create(lost), uuid })).toMatchObject([
      { kind: 'duplicated', uid: uuid, record: { number: 'INV-C1', duplicateOf: draft.uid } },
    ]);
    // The same document is nothing new, told by whomever.
    expect(await anna.push({ ...create(lost), uuid })).toMatchObject([{ kind: 'duplicated' }]);
    expect(await ben.push(create({ ...draft, ...issued }))).toMatchObject([
      { kind: 'applied', version: 1 },
    ]);
    await anna.pullAll();
    expect(anna.records.get(draft.uid)?.record).toMatchObject({ number: 'INV-1' });
    expect(anna.records.get(uuid)?.record).toMatchObject({ number: 'INV-C1' });
    expect(anna.records.size).toBe(2);
  });

  it('R63 a document is one, told by who heard of it before it was printed and by who did later', async () => {
    const [anna, ben] = [device(invoices), device(invoices)];
    const [first, second] = [anInvoiceRecord(), anInvoiceRecord()];
    const unprinted = { ...issued, pdfSha256: null };
    await anna.push(create({ ...first, ...unprinted }), finalise({ ...second, ...issued }));
    expect(
      await ben.push(finalise({ ...first, ...issued }), create({ ...second, ...unprinted })),
    ).toMatchObject([{ kind: 'applied' }, { kind: 'applied' }]);
    await anna.pullAll();
    expect(anna.records.size).toBe(2);
  });

  it('R63 a document is told to a cloud that has forgotten the mutation, but not its record', async () => {
    const anna = device(invoices);
    const draft = anInvoiceRecord();
    await anna.push(create(draft), finalise({ ...draft, ...issued }));
    const lost = { ...draft, number: 'INV-C1', finalisedAt: '2026-03-01T09:00:00.000Z' };
    const uuid = newUid();
    await anna.push({ ...create(lost), uuid });
    await scratch.db.delete(syncMutations).where(eq(syncMutations.uuid, uuid));
    expect(await device(invoices).push({ ...create(lost), uuid })).toMatchObject([
      { kind: 'duplicated', uid: uuid },
    ]);
  });
});

describe('epochs', () => {
  it('R60 nothing is applied for a device that names the old epoch', async () => {
    const anna = device(clients);
    const [first] = anna.batch([create(aClientRecord())]);
    await anna.send([first!]);
    const before = anna.epoch;
    expect(await renewEpochs(scratch.db)).toBeGreaterThan(0);
    const answer = await anna.send(anna.batch([create(aClientRecord())]));
    expect(answer).toMatchObject({ kind: 'epoch_changed', last: 1, lastUuid: first?.uuid });
    expect(await anna.pull()).toMatchObject({ kind: 'epoch_changed' });
    expect(written).toHaveLength(1);
    anna.epoch = answer.kind === 'epoch_changed' ? answer.epoch : null;
    expect(anna.epoch).not.toBe(before);
    // R61: it goes on at the last number.
    anna.last = 1;
    expect(await anna.push(create(aClientRecord()))).toMatchObject([{ kind: 'applied' }]);
    expect((await told('clients')).map(({ data }) => data)).toEqual([
      { collection: 'clients', epoch: before, version: 1 },
      { collection: 'clients', epoch: anna.epoch, version: 1 },
      { collection: 'clients', epoch: anna.epoch, version: 2 },
    ]);
  });
});

describe('what others are told', () => {
  it('R70 is one event for a batch, and none for a batch without effect', async () => {
    const anna = device(clients);
    const record = aClientRecord();
    await anna.push(create(record), create(aClientRecord()));
    await anna.push(patchOf(record.uid, { phone: ['1', '1'] }));
    expect((await told('clients')).map(({ data }) => data)).toEqual([
      { collection: 'clients', epoch: anna.epoch, version: 2 },
    ]);
  });

  it('R50 is told of REST in the same way', async () => {
    const record = aClientRecord();
    await transact(scratch.db, (transaction) =>
      publishRecords(transaction, tenant, 'clients', [{ uid: record.uid, record, deleted: false }]),
    );
    const anna = device(clients);
    await anna.pullAll();
    expect(anna.records.get(record.uid)).toEqual({ deleted: false, record });
    expect(await headsOf(scratch.db, tenant)).toEqual({
      clients: { epoch: anna.epoch, version: 1 },
    });
    expect(await told('clients')).toHaveLength(1);
  });
});
