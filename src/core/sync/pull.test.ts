import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { Change, Outcome, SentMutation } from '../../shared/contracts/sync/protocol';
import type { ClientUid, InvoiceUid, PaymentUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { clientUseCases } from '../features/clients/client-use-cases';
import { aClient } from '../features/clients/testing/client-input';
import { aLine, value } from '../features/documents/testing/builders';
import { invoiceUseCases } from '../features/invoices/invoice-use-cases';
import { paymentUseCases } from '../features/payments/payment-use-cases';
import { createCaller, type Call } from '../testing/caller';
import { openTestDevice, type TestDevice } from '../testing/test-device';
import { adapterOf } from './adapters';
import { dataOf, openAttention } from './attention';
import { readState } from './sync-state';
import { ScriptedCloud } from './testing/scripted-cloud';
import { SyncFailure } from './transport';

const useCases = { ...clientUseCases, ...invoiceUseCases, ...paymentUseCases };

let cloud: ScriptedCloud;
let device: TestDevice;
let call: Call<keyof typeof useCases>;
let dies: string | null;

beforeEach(() => {
  dies = null;
  cloud = new ScriptedCloud();
  device = openTestDevice({
    transport: cloud,
    checkpoint: (name) =>
      name === dies ? Promise.reject(new Error('the process ended')) : Promise.resolve(),
  });
  call = createCaller(device.context, useCases);
});
afterEach(() => device.close());

/** A client as another device made it, at a version. */
function clientChange(uid: ClientUid, name: string, version: number, deleted = false): Change {
  const record = {
    ...aClient({ name }),
    uid,
    archivedAt: null,
    createdAt: '2026-03-01T08:00:00.000Z',
  };
  return { version, deleted, record };
}

const nameOf = async (uid: ClientUid) => value(await call('clients.get', { uid })).name;

/** Whoever tells of clients gets no answer. */
function cannotTellClients(): void {
  cloud.onPush = (collection) => {
    if (collection === 'clients') throw new SyncFailure('temporary');
    return undefined;
  };
}

const notices = () =>
  device.context.replica
    .read(openAttention)
    .filter(({ kind }) => kind === 'notice')
    .map((row) => [row.recordUid, dataOf('notice', row).code]);

async function createClient(name: string): Promise<ClientUid> {
  return value(await call('clients.create', { client: aClient({ name }) })).client.uid;
}

async function createDraft(clientUid: ClientUid) {
  const content = value(await call('invoices.blank', { clientUid }));
  return value(await call('invoices.createDraft', { content: { ...content, lines: [aLine()] } }));
}

const finalise = async (uid: InvoiceUid) => value(await call('invoices.finalise', { uid }));

describe('pulling', () => {
  it('R53 takes a page in with its cursor, or neither', async () => {
    const uid = newUid<ClientUid>();
    cloud.servesOnce('clients', [clientChange(uid, 'Acme Ltd', 70)]);
    dies = 'pull clients: after the call';
    await expect(device.engine.syncOnce()).rejects.toThrow('ended');
    expect(device.context.replica.read((scope) => readState(scope, 'clients')).cursor).toBe(0);
    cloud.servesOnce('clients', [clientChange(uid, 'Acme Ltd', 70)]);
    dies = 'pull clients: stored';
    await expect(device.engine.syncOnce()).rejects.toThrow('ended');
    expect(device.context.replica.read((scope) => readState(scope, 'clients')).cursor).toBe(70);
    expect(await nameOf(uid)).toBe('Acme Ltd');
  });

  it('R54 shows the own changes that were not told yet on top of what comes', async () => {
    const uid = await createClient('Acme Ltd');
    await device.engine.syncOnce();
    value(await call('clients.update', { uid, client: aClient({ name: 'Acme GmbH' }) }));
    cannotTellClients();
    const theirs = clientChange(uid, 'Acme Ltd', 50);
    cloud.servesOnce('clients', [{ ...theirs, record: { ...theirs.record, notes: 'Theirs' } }]);
    await expect(device.engine.syncOnce(new Set(['clients'] as const))).rejects.toThrow(
      'temporary',
    );
    expect(value(await call('clients.get', { uid }))).toMatchObject({
      name: 'Acme GmbH',
      notes: 'Theirs',
    });
  });

  it('R55 goes back for what came after a change whose answer was lost', async () => {
    const uid = await createClient('Acme Ltd');
    await device.engine.syncOnce();
    value(await call('clients.update', { uid, client: aClient({ name: 'Acme GmbH' }) }));
    // Applied as 51, and somebody else wrote 52, before the answer was heard.
    cannotTellClients();
    const changes = [clientChange(uid, 'Acme AG', 52)];
    cloud.onPull = (collection, cursor) =>
      collection === 'clients' ? cloud.page(cursor < 52 ? changes : [], 52) : undefined;
    await expect(device.engine.syncOnce()).rejects.toThrow('temporary');
    expect(await nameOf(uid)).toBe('Acme GmbH');
    cloud.onPush = (collection, request) => {
      const answer = cloud.done(collection, request);
      if (collection !== 'clients' || answer.kind !== 'done') return answer;
      const outcome = { kind: 'applied' as const, version: 51, notices: [] };
      const outcomes = answer.outcomes.map((one) => ({ ...one, outcome, isKnown: true as const }));
      return { ...answer, outcomes };
    };
    await device.engine.syncOnce(new Set());
    expect(await nameOf(uid)).toBe('Acme AG');
  });

  it('R56 starts over when it was away for too long, and keeps the outbox', async () => {
    const kept = await createClient('Kept');
    const gone = await createClient('Gone');
    await device.engine.syncOnce();
    const untold = await createClient('Untold');
    let isExpired = false;
    cannotTellClients();
    cloud.onPull = (collection, cursor) => {
      if (collection !== 'clients') return undefined;
      if (isExpired) return cursor === 0 ? cloud.page([clientChange(kept, 'Kept', 90)]) : undefined;
      isExpired = true;
      return { kind: 'cursor_expired', epoch: cloud.epoch };
    };
    await expect(device.engine.syncOnce(new Set(['clients'] as const))).rejects.toThrow(
      'temporary',
    );
    const { rows } = value(await call('clients.list', {}));
    expect(rows.map(({ name }) => name)).toEqual(['Kept', 'Untold']);
    expect(value(await call('clients.get', { uid: gone })).deletedAt).not.toBeNull();
    cloud.onPush = () => undefined;
    await device.engine.syncOnce();
    expect(cloud.toldOf('clients').at(-1)?.uid).toBe(untold);
  });

  it('R56 names the head at the beginning of a pull until it is past it', async () => {
    const changes = Array.from({ length: 3 }, (_, index) =>
      clientChange(newUid<ClientUid>(), `Client ${index}`, 10 * (index + 1)),
    );
    const heads: number[] = [];
    cloud.onPull = (collection, cursor) => {
      if (collection !== 'clients') return undefined;
      const next = changes.filter(({ version }) => version > cursor).slice(0, 1);
      // Others write while it is read.
      cloud.version = 21 + heads.length;
      heads.push(cloud.version);
      return cloud.page(next, cursor, next.length > 0);
    };
    await device.engine.syncOnce(new Set(['clients'] as const));
    const pulls = cloud.pulled.filter(({ collection }) => collection === 'clients');
    expect(pulls.map(({ cursor, began }) => [cursor, began])).toEqual([
      [0, null],
      [10, 21],
      [20, 21],
      [30, null],
    ]);
  });

  it('R57 keeps a payment that comes before its invoice until that is there', async () => {
    const draft = await createDraft(await createClient('Acme Ltd'));
    const issued = await finalise(draft.uid);
    await device.engine.syncOnce();
    const state = device.context.replica.read((scope) =>
      adapterOf('invoices').read(scope, issued.uid),
    );
    const other = newUid<InvoiceUid>();
    const uid = newUid<PaymentUid>();
    const payment: Change = {
      version: 60,
      deleted: false,
      record: {
        uid,
        invoiceUid: other,
        date: '2026-03-10',
        amount: 500,
        method: 'bank_transfer',
        reference: '',
        reverses: null,
        createdAt: '2026-03-10T10:00:00.000Z',
      },
    };
    cloud.servesOnce('payments', [payment]);
    await device.engine.syncOnce();
    const read = () =>
      device.context.replica.read((scope) => adapterOf('payments').read(scope, uid));
    expect(read()).toBeNull();
    const record = { ...state?.record, uid: other, number: 'B-1', duplicateOf: null };
    cloud.servesOnce('invoices', [{ version: 61, deleted: false, record }]);
    await device.engine.syncOnce();
    expect(read()?.record).toMatchObject({ invoiceUid: other });
    expect(value(await call('invoices.get', { uid: other })).invoice.paid).toBe(500);
  });

  it('R36 brings back what was deleted elsewhere and a document here refers to', async () => {
    const clientUid = await createClient('Acme Ltd');
    await createDraft(clientUid);
    await device.engine.syncOnce();
    cloud.servesOnce('clients', [clientChange(clientUid, 'Acme Ltd', 70, true)]);
    expect(await device.engine.syncOnce()).toBe('again');
    expect(value(await call('clients.get', { uid: clientUid })).deletedAt).toBeNull();
    expect(notices()).toEqual([[clientUid, 'restored_by_reference']]);
    await device.engine.syncOnce();
    expect(cloud.toldOf('clients').at(-1)?.body).toEqual({ kind: 'restore' });
  });
});

describe('outcomes', () => {
  function conflictOn(path: string, theirs: string, version: number) {
    return (mutation: SentMutation): Outcome => {
      if (mutation.body.kind !== 'patch') throw new Error('not a patch');
      const field = mutation.body.fields[path];
      const change = clientChange(mutation.uid as ClientUid, theirs, version);
      return {
        kind: 'conflict',
        version,
        isDeleted: false,
        record: change.record,
        fields: [{ path, base: field?.from, mine: field?.to, theirs }],
      };
    };
  }

  it('R31 R37 keeps mine beside the cloud value, and later changes of the field join it', async () => {
    const uid = await createClient('Acme Ltd');
    await device.engine.syncOnce();
    value(await call('clients.update', { uid, client: aClient({ name: 'Acme GmbH' }) }));
    dies = 'push clients: after the call';
    const decide = conflictOn('name', 'Acme Inc', 40);
    cloud.decide = (collection, mutation) =>
      collection === 'clients' ? decide(mutation) : undefined;
    await expect(device.engine.syncOnce()).rejects.toThrow('ended');
    const later = aClient({ name: 'Acme SE', phone: '1' });
    value(await call('clients.update', { uid, client: later }));
    dies = null;
    cloud.decide = (collection, mutation) =>
      mutation.seq === 2 && collection === 'clients' ? decide(mutation) : undefined;
    await device.engine.syncOnce();
    const [conflict] = device.context.replica.read(openAttention);
    if (conflict === undefined) throw new Error('no conflict');
    expect(dataOf('conflict', conflict).fields).toEqual([
      { path: 'name', base: 'Acme Ltd', mine: 'Acme SE', theirs: 'Acme Inc' },
    ]);
    expect(value(await call('clients.get', { uid }))).toMatchObject({
      name: 'Acme Inc',
      phone: '1',
    });
    expect(cloud.toldOf('clients').at(-1)?.body).toEqual({
      kind: 'patch',
      fields: { phone: { from: '', to: '1' } },
    });
  });

  it('R35 shows a record again whose delete an edit has beaten', async () => {
    const uid = await createClient('Acme Ltd');
    await device.engine.syncOnce();
    value(await call('clients.delete', { uid }));
    cloud.decide = (_, { body }) =>
      body.kind === 'delete'
        ? { kind: 'applied', version: 3, notices: ['edited_meanwhile'] }
        : undefined;
    await device.engine.syncOnce();
    expect(value(await call('clients.get', { uid })).deletedAt).toBeNull();
    expect(notices()).toEqual([[uid, 'edited_meanwhile']]);
  });

  it('R41 keeps the words that finalising has overtaken, each time', async () => {
    const draft = await createDraft(await createClient('Acme Ltd'));
    await device.engine.syncOnce();
    await finalise(draft.uid);
    const overtaken = [{ path: 'notes', base: null, mine: '', theirs: 'Call first' }];
    cloud.decide = (_, { body }) =>
      body.kind === 'finalise'
        ? { kind: 'applied', version: 9, notices: ['edited_meanwhile'], overtaken }
        : undefined;
    await device.engine.syncOnce();
    const [notice] = device.context.replica.read(openAttention);
    if (notice === undefined) throw new Error('no notice');
    expect(dataOf('notice', notice)).toEqual({ code: 'edited_meanwhile', params: {}, overtaken });
  });

  it('R42 goes on as a document of its own, with what was made of it here', async () => {
    const draft = await createDraft(await createClient('Acme Ltd'));
    await device.engine.syncOnce();
    const issued = await finalise(draft.uid);
    value(
      await call('payments.record', {
        payment: {
          invoiceUid: issued.uid,
          date: issued.content.issueDate,
          amount: 500,
          method: 'cash',
          reference: '',
        },
      }),
    );
    const ownState = device.context.replica.read((scope) =>
      adapterOf('invoices').read(scope, issued.uid),
    );
    let own = '';
    cloud.decide = (_, mutation) => {
      if (mutation.body.kind !== 'finalise') return undefined;
      own = mutation.uuid;
      const record = { ...mutation.body.record, uid: own, duplicateOf: issued.uid };
      return { kind: 'duplicated', version: 20, uid: own, record };
    };
    await device.engine.syncOnce();
    expect(cloud.toldOf('payments')[0]?.body).toMatchObject({ record: { invoiceUid: own } });
    const { invoice } = value(await call('invoices.get', { uid: own }));
    expect([invoice.number, invoice.paid]).toEqual([issued.number, 500]);
    expect(notices()).toEqual([[own, 'duplicate_document']]);
    const theirs = { ...ownState?.record, uid: issued.uid, number: 'B-0001' };
    cloud.servesOnce('invoices', [{ version: 19, deleted: false, record: theirs }]);
    await device.engine.syncOnce();
    const other = value(await call('invoices.get', { uid: issued.uid })).invoice;
    expect([other.number, other.paid]).toEqual(['B-0001', 0]);
  });

  it('R42 knows its own document when that is pulled before the answer', async () => {
    const draft = await createDraft(await createClient('Acme Ltd'));
    await device.engine.syncOnce();
    const issued = await finalise(draft.uid);
    let sent: SentMutation | null = null;
    cloud.decide = (_, mutation) => {
      if (mutation.body.kind !== 'finalise') return undefined;
      sent = mutation;
      const record = { ...mutation.body.record, uid: mutation.uuid, duplicateOf: issued.uid };
      return { kind: 'duplicated', version: 20, uid: mutation.uuid, record };
    };
    dies = 'push invoices: after the call';
    await expect(device.engine.syncOnce()).rejects.toThrow('ended');
    dies = null;
    const finalised = sent as SentMutation | null;
    if (finalised?.body.kind !== 'finalise') throw new Error('nothing finalised');
    const { record } = finalised.body;
    cloud.onPush = (collection) => {
      if (collection === 'invoices') throw new SyncFailure('temporary');
      return undefined;
    };
    cloud.servesOnce('invoices', [
      { version: 19, deleted: false, record: { ...record, number: 'B-0001', pdfSha256: null } },
      {
        version: 20,
        deleted: false,
        record: { ...record, uid: finalised.uuid, duplicateOf: issued.uid },
      },
    ]);
    await expect(device.engine.syncOnce(new Set(['invoices'] as const))).rejects.toThrow(
      'temporary',
    );
    cloud.onPush = () => undefined;
    await device.engine.syncOnce();
    for (const again of cloud.toldOf('invoices').filter(({ seq }) => seq === finalised.seq)) {
      expect(again).toEqual(finalised);
    }
    const numbers = value(await call('invoices.list', {})).rows.map(({ uid, number }) => [
      uid,
      number,
    ]);
    expect(new Map(numbers as [string, string][])).toEqual(
      new Map([
        [issued.uid, 'B-0001'],
        [finalised.uuid, issued.number],
      ]),
    );
  });
});

describe('a cloud that was put back from a backup', () => {
  it('R61 R63 is told again what it lacks, by the numbers that it knows', async () => {
    const [first, second] = [await createClient('First'), await createClient('Second')];
    await device.engine.syncOnce();
    const before = cloud.toldOf('clients');
    cloud.epoch = 'second';
    let isTold = false;
    cloud.onPush = (collection, request) => {
      if (collection !== 'clients' || request.epoch === 'second') return undefined;
      isTold = true;
      return { kind: 'epoch_changed', epoch: 'second', last: 1, lastUuid: null };
    };
    cloud.onPull = (collection, cursor) => {
      if (collection !== 'clients') return undefined;
      if (!isTold) return { kind: 'epoch_changed', epoch: 'second' };
      return cursor === 0 ? cloud.page([clientChange(first, 'First', 1)]) : undefined;
    };
    expect(await device.engine.syncOnce(new Set(['clients'] as const))).toBe('again');
    value(await call('clients.update', { uid: second, client: aClient({ name: 'Edited' }) }));
    await device.engine.syncOnce();
    const again = cloud.toldOf('clients').slice(before.length);
    expect(again).toMatchObject([
      { seq: 2, uuid: before[1]?.uuid, body: before[1]?.body },
      { seq: 3, body: { kind: 'patch' } },
    ]);
    expect(again.map(({ isAgain }) => isAgain)).toEqual([true, undefined]);
    expect(await nameOf(second)).toBe('Edited');
  });

  it('R63 is told what nobody here was asked to tell any more', async () => {
    const uid = await createClient('Old');
    await device.engine.syncOnce();
    device.context.replica.connection.exec('DELETE FROM outbox');
    cloud.epoch = 'second';
    let isTold = false;
    cloud.onPush = (collection, request) => {
      if (collection !== 'clients' || request.epoch === 'second') return undefined;
      isTold = true;
      return { kind: 'epoch_changed', epoch: 'second', last: 0, lastUuid: null };
    };
    cloud.onPull = (collection) =>
      collection === 'clients' && !isTold ? { kind: 'epoch_changed', epoch: 'second' } : undefined;
    expect(await device.engine.syncOnce(new Set(['clients'] as const))).toBe('again');
    await device.engine.syncOnce();
    expect(cloud.toldOf('clients').at(-1)).toMatchObject({
      seq: 1,
      uid,
      body: { kind: 'create', record: { name: 'Old' } },
    });
  });

  /** From here on the invoices are those of a new epoch, in which `changes` is what there is. */
  function putInvoicesBack(changes: readonly Change[], last = 1): void {
    cloud.epoch = 'second';
    let isTold = false;
    cloud.onPush = (collection, request) => {
      if (collection !== 'invoices' || request.epoch === 'second') return undefined;
      isTold = true;
      return { kind: 'epoch_changed', epoch: 'second', last, lastUuid: null };
    };
    cloud.onPull = (collection, cursor) => {
      if (collection !== 'invoices') return undefined;
      if (!isTold) return { kind: 'epoch_changed', epoch: 'second' };
      return cursor === 0 ? cloud.page(changes) : undefined;
    };
  }

  it('R63 is told again of a document in whose place another stands by now', async () => {
    const draft = await createDraft(await createClient('Acme Ltd'));
    await device.engine.syncOnce();
    const state = device.context.replica.read((scope) =>
      adapterOf('invoices').read(scope, draft.uid),
    );
    const issuedAs = (number: string): Change['record'] => ({
      ...state?.record,
      uid: draft.uid,
      number,
      finalisedAt: `2026-03-02T09:00:0${number.at(-1)}.000Z`,
    });
    cloud.servesOnce('invoices', [{ version: 8, deleted: false, record: issuedAs('C-1') }]);
    await device.engine.syncOnce();
    const told = cloud.toldOf('invoices').length;
    putInvoicesBack([{ version: 9, deleted: false, record: issuedAs('B-2') }]);
    let own = '';
    cloud.decide = (collection, { uuid, body }) => {
      if (collection !== 'invoices' || body.kind !== 'create') return undefined;
      own = uuid;
      const record = { ...body.record, uid: uuid, duplicateOf: draft.uid };
      return { kind: 'duplicated', version: 10, uid: uuid, record };
    };
    for (let round = 0; round < 3; round += 1) await device.engine.syncOnce();
    expect(cloud.toldOf('invoices').slice(told)).toMatchObject([
      { uid: draft.uid, body: { kind: 'create', record: { number: 'C-1' } } },
    ]);
    const numberOf = async (uid: string) =>
      value(await call('invoices.get', { uid })).invoice.number;
    expect([await numberOf(draft.uid), await numberOf(own)]).toEqual(['B-2', 'C-1']);
  });

  it('R63 is told of no document that a copy of this device has told it already', async () => {
    const draft = await createDraft(await createClient('Acme Ltd'));
    await device.engine.syncOnce();
    const issued = await finalise(draft.uid);
    await device.engine.syncOnce();
    const told = cloud.toldOf('invoices');
    const finalised = told.find(({ body }) => body.kind === 'finalise');
    if (finalised?.body.kind !== 'finalise') throw new Error('nothing finalised');
    const { record } = finalised.body;
    const copied = { ...record, uid: finalised.uuid, duplicateOf: draft.uid };
    const changes = [
      { version: 9, deleted: false, record: { ...record, number: 'B-0001', sequence: 99 } },
      { version: 10, deleted: false, record: copied },
    ];
    putInvoicesBack(changes, told.length);
    for (let round = 0; round < 3; round += 1) await device.engine.syncOnce();
    expect(cloud.toldOf('invoices')).toHaveLength(told.length);
    const numberOf = async (uid: string) =>
      value(await call('invoices.get', { uid })).invoice.number;
    expect(await numberOf(draft.uid)).toBe('B-0001');
    expect(await numberOf(finalised.uuid)).toBe(issued.number);
    expect(notices()).toEqual([[finalised.uuid, 'duplicate_document']]);
  });

  it('R63 is told again of no document that it has, printed meanwhile or not', async () => {
    const draft = await createDraft(await createClient('Acme Ltd'));
    await device.engine.syncOnce();
    await finalise(draft.uid);
    await device.engine.syncOnce();
    const state = device.context.replica.read((scope) =>
      adapterOf('invoices').read(scope, draft.uid),
    );
    const told = cloud.toldOf('invoices').length;
    const record = { ...state?.record, uid: draft.uid, pdfSha256: null };
    putInvoicesBack([{ version: 9, deleted: false, record }]);
    device.context.replica.connection.exec('DELETE FROM outbox');
    for (let round = 0; round < 3; round += 1) await device.engine.syncOnce();
    expect(cloud.toldOf('invoices')).toHaveLength(told);
  });

  it('R63 gets the paper by itself where it knew already of the document', async () => {
    const draft = await createDraft(await createClient('Acme Ltd'));
    await device.engine.syncOnce();
    const { uid, pdfSha256 } = await finalise(draft.uid);
    cloud.onPush = (collection, request) => {
      const answer = cloud.done(collection, request);
      if (collection !== 'invoices' || answer.kind !== 'done') return answer;
      const outcomes = answer.outcomes.map((one) => ({ ...one, isKnown: true as const }));
      return { ...answer, outcomes };
    };
    await device.engine.syncOnce();
    expect(cloud.toldOf('documents')).toMatchObject([
      { uid, body: { kind: 'create', record: { uid, sha256: pdfSha256 } } },
    ]);
  });

  it('R63 that tells what has moved is asked for everything, until all of it was answered', async () => {
    await device.engine.syncOnce();
    let isTold = false;
    cloud.onPush = (collection) => {
      if (collection !== 'settings' || isTold) return undefined;
      isTold = true;
      return { kind: 'epoch_changed', epoch: 'second', last: 0, lastUuid: null };
    };
    cloud.onPull = (collection) => {
      if (collection === 'orders') throw new SyncFailure('temporary');
      const isNews = collection === 'settings' && !isTold;
      return isNews ? { kind: 'epoch_changed', epoch: 'second' } : undefined;
    };
    const asked = async (moved: readonly SyncCollection[]) => {
      cloud.pulled.length = 0;
      await device.engine.syncOnce(new Set(moved)).catch(() => undefined);
      return new Set(cloud.pulled.map(({ collection }) => collection)).size;
    };
    expect(await asked(['settings'])).toBe(9);
    cloud.onPull = () => undefined;
    expect(await asked(['clients'])).toBe(9);
    expect(await asked(['clients'])).toBeLessThan(9);
  });
});

describe('a long page', () => {
  it('R53 is taken in part by part, and goes on at the last of them', async () => {
    const changes = Array.from({ length: 450 }, (_, index) =>
      clientChange(newUid<ClientUid>(), `Client ${index}`, 100 + index),
    );
    let stored = 0;
    device.close();
    device = openTestDevice({
      transport: cloud,
      checkpoint: (name) => {
        const isSecond = name === 'pull clients: stored' && (stored += 1) === 2;
        return isSecond ? Promise.reject(new Error('the process ended')) : Promise.resolve();
      },
    });
    cloud.servesOnce('clients', changes);
    await expect(device.engine.syncOnce()).rejects.toThrow('ended');
    const cursor = device.context.replica.read((scope) => readState(scope, 'clients')).cursor;
    expect(cursor).toBeGreaterThan(100);
    expect(cursor).toBeLessThan(549);
    cloud.servesOnce(
      'clients',
      changes.filter(({ version }) => version > cursor),
    );
    await device.engine.syncOnce();
    const { count } = value(await createCaller(device.context, useCases)('clients.count', {}));
    expect(count).toBe(450);
  });

  it('R53 is on disk from the first page on; small ones after it share a commit, also before a failure', async () => {
    const file = new Database(device.context.replica.path, { readonly: true });
    const onDisk = file
      .prepare<[], number>(`SELECT cursor FROM sync_collections WHERE collection = 'clients'`)
      .pluck();
    const seen: unknown[] = [];
    cloud.onPull = (collection, cursor) => {
      if (collection !== 'clients') return undefined;
      // Each page is asked for before the one that precedes it is stored.
      seen.push(onDisk.get());
      if (cursor === 3) throw new SyncFailure('temporary');
      const version = cursor + 1;
      return cloud.page([clientChange(newUid(), `Client ${version}`, version)], version, true);
    };
    await expect(device.engine.syncOnce()).rejects.toThrow('temporary');
    expect(seen).toEqual([undefined, undefined, 1, 1]);
    expect(onDisk.get()).toBe(3);
    file.close();
    const { count } = value(await createCaller(device.context, useCases)('clients.count', {}));
    expect(count).toBe(3);
  });
});
