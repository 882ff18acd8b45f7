import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PushAnswer } from '../../shared/contracts/sync/protocol';
import { MAX_BATCH } from '../../shared/contracts/sync/protocol';
import { newUuid } from '../../shared/domain/uuid';
import { clientUseCases } from '../features/clients/client-use-cases';
import { aClient } from '../features/clients/testing/client-input';
import { aLine, refusals, value } from '../features/documents/testing/builders';
import { invoiceUseCases } from '../features/invoices/invoice-use-cases';
import { paymentUseCases } from '../features/payments/payment-use-cases';
import { createCaller, type Call } from '../testing/caller';
import { openTestDevice, type TestDevice } from '../testing/test-device';
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

interface Row {
  readonly uuid: string;
  readonly collection: string;
  readonly kind: string;
  readonly state: string;
  readonly seq: number | null;
}

function outboxOf(collection: string): readonly Row[] {
  return device.context.replica.connection
    .prepare<[string], Row>(
      'SELECT uuid, collection, kind, state, seq FROM outbox WHERE collection = ? ORDER BY id',
    )
    .all(collection);
}

async function createClient(name: string) {
  return value(await call('clients.create', { client: aClient({ name }) })).client;
}

async function createDraft(clientName: string) {
  const { uid: clientUid } = await createClient(clientName);
  const content = value(await call('invoices.blank', { clientUid }));
  return value(await call('invoices.createDraft', { content: { ...content, lines: [aLine()] } }));
}

describe('queueing', () => {
  it('R11 makes one mutation of a record that was created and edited', async () => {
    const { uid } = await createClient('Acme Ltd');
    value(await call('clients.update', { uid, client: aClient({ name: 'Acme GmbH' }) }));
    await device.engine.syncOnce();
    expect(cloud.toldOf('clients')).toMatchObject([
      { seq: 1, body: { kind: 'create', record: { uid, name: 'Acme GmbH' } } },
    ]);
  });

  it('R11 joins edits to what the first saw and the last wants', async () => {
    const { uid } = await createClient('Acme Ltd');
    await device.engine.syncOnce();
    value(await call('clients.update', { uid, client: aClient({ name: 'Acme' }) }));
    value(await call('clients.update', { uid, client: aClient({ name: 'Acme GmbH' }) }));
    await device.engine.syncOnce();
    expect(cloud.toldOf('clients')[1]?.body).toEqual({
      kind: 'patch',
      fields: { name: { from: 'Acme Ltd', to: 'Acme GmbH' } },
    });
  });

  it('R15 gives another UUID to a mutation that says something else than a copy of it', async () => {
    const { uid } = await createClient('Acme Ltd');
    const [copied] = outboxOf('clients');
    value(await call('clients.update', { uid, client: aClient({ name: 'Acme GmbH' }) }));
    expect(outboxOf('clients')[0]?.uuid).not.toBe(copied?.uuid);
  });

  it('R11 tells nobody of what came and went', async () => {
    const { uid } = await createClient('Acme Ltd');
    value(await call('clients.delete', { uid }));
    await device.engine.syncOnce();
    expect(cloud.toldOf('clients')).toEqual([]);
    expect(outboxOf('clients')).toEqual([]);
    value(await call('clients.restore', { uid }));
    cloud.decide = (_, { body }) =>
      body.kind === 'restore'
        ? {
            kind: 'rejected',
            version: 0,
            code: 'record_unknown',
            field: '',
            record: null,
            isDeleted: false,
          }
        : undefined;
    expect(await device.engine.syncOnce()).toBe('done');
    expect(cloud.toldOf('clients').at(-1)?.body).toMatchObject({ kind: 'create', record: { uid } });
    expect(device.context.replica.read(openAttention)).toEqual([]);
  });

  it('R11 never touches a mutation that joined a batch', async () => {
    const { uid } = await createClient('Acme Ltd');
    cloud.onPush = (collection) => {
      if (collection === 'clients') throw new SyncFailure('offline');
      return undefined;
    };
    await expect(device.engine.syncOnce()).rejects.toThrow('offline');
    value(await call('clients.update', { uid, client: aClient({ name: 'Acme GmbH' }) }));
    cloud.onPush = () => undefined;
    await device.engine.syncOnce();
    const [first, again, patch] = cloud.toldOf('clients');
    expect(again).toEqual(first);
    expect(first?.body).toMatchObject({ record: { name: 'Acme Ltd' } });
    expect(patch?.body).toMatchObject({ kind: 'patch' });
  });
});

describe('pushing', () => {
  it('R12 has the numbers on disk before the call, and sends an unanswered batch as it was', async () => {
    await createClient('One');
    await createClient('Two');
    dies = 'push clients: before the call';
    await expect(device.engine.syncOnce()).rejects.toThrow('ended');
    expect(outboxOf('clients')).toMatchObject([
      { state: 'sent', seq: 1 },
      { state: 'sent', seq: 2 },
    ]);
    dies = 'push clients: after the call';
    await expect(device.engine.syncOnce()).rejects.toThrow('ended');
    await createClient('Three');
    dies = null;
    await device.engine.syncOnce();
    const batches = cloud.pushed.filter(({ collection }) => collection === 'clients');
    expect(batches[1]?.request).toEqual(batches[0]?.request);
    expect(batches[2]?.request).toMatchObject({ mutations: [{ seq: 3 }] });
    expect(outboxOf('clients').map(({ state }) => state)).toEqual(
      Array.from({ length: 3 }, () => 'acknowledged'),
    );
  });

  it(`R12 sends no more than ${MAX_BATCH} mutations at a time`, async () => {
    for (let n = 0; n <= MAX_BATCH; n += 1) await createClient(`Client ${n}`);
    await device.engine.syncOnce();
    const batches = cloud.pushed.filter(({ collection }) => collection === 'clients');
    expect(batches.map(({ request }) => request.mutations.length)).toEqual([MAX_BATCH, 1]);
    expect(cloud.toldOf('clients').map(({ seq }) => seq)).toEqual(
      Array.from({ length: MAX_BATCH + 1 }, (_, index) => index + 1),
    );
  });

  it('R14 goes on at the last number that the cloud knows', async () => {
    await createClient('One');
    await device.engine.syncOnce();
    await createClient('Two');
    let isRefused = false;
    cloud.onPush = (collection): PushAnswer | undefined => {
      if (collection !== 'clients' || isRefused) return undefined;
      isRefused = true;
      return { kind: 'gap', epoch: cloud.epoch, last: 0, lastUuid: null };
    };
    await device.engine.syncOnce();
    const [one, , ...rest] = cloud.toldOf('clients');
    expect(rest.map(({ seq, uuid }) => [seq, uuid])).toEqual([
      [1, one?.uuid],
      [2, cloud.toldOf('clients')[1]?.uuid],
    ]);
  });

  it('R3 R13 takes another name when a copy of the device uses its numbers', async () => {
    device.close();
    const asked: boolean[] = [];
    device = openTestDevice({
      transport: cloud,
      settleDevice: (isForked) => {
        asked.push(isForked);
        return Promise.resolve(isForked ? 'renewed' : 'known');
      },
    });
    call = createCaller(device.context, useCases);
    await createClient('One');
    cloud.onPush = (collection) =>
      collection === 'clients' ? { kind: 'device_forked' } : undefined;
    expect(await device.engine.syncOnce()).toBe('renewed');
    expect(asked).toEqual([false, true]);
    expect(outboxOf('clients')).toMatchObject([{ state: 'sent' }]);
  });

  it('R61 takes another name when a copy of the device came first after a backup was put back', async () => {
    device.close();
    device = openTestDevice({
      transport: cloud,
      settleDevice: (isForked) => Promise.resolve(isForked ? 'renewed' : 'known'),
    });
    call = createCaller(device.context, useCases);
    await createClient('One');
    await device.engine.syncOnce();
    await createClient('Two');
    cloud.epoch = 'second';
    const [one] = cloud.toldOf('clients');
    const answer = { kind: 'epoch_changed' as const, epoch: 'second', last: 1 };
    const lastUuids = [newUuid(), one?.uuid ?? ''];
    cloud.onPush = (collection, request) => {
      const lastUuid = request.epoch === 'second' ? undefined : lastUuids.shift();
      return collection !== 'clients' || lastUuid === undefined
        ? undefined
        : { ...answer, lastUuid };
    };
    expect(await device.engine.syncOnce()).toBe('renewed');
    expect(outboxOf('clients')).toMatchObject([{ state: 'acknowledged' }, { state: 'sent' }]);
    // Its own number is no reason.
    expect(await device.engine.syncOnce()).not.toBe('renewed');
    expect(cloud.toldOf('clients').at(-1)).toMatchObject({ seq: 2, body: { kind: 'create' } });
  });

  it('R17 halts a collection whose service is away, and goes on with the others', async () => {
    await createDraft('Acme Ltd');
    cloud.onPush = (collection) => {
      if (collection === 'settings') throw new SyncFailure('temporary', 30);
      return undefined;
    };
    await expect(device.engine.syncOnce()).rejects.toMatchObject({ retryAfterSeconds: 30 });
    expect(cloud.toldOf('clients')).toHaveLength(1);
    expect(cloud.toldOf('invoices')).toHaveLength(1);
    expect(outboxOf('settings').some(({ state }) => state === 'sent')).toBe(true);
  });

  it('R17 does not keep who may only read from what others change', async () => {
    await createClient('One');
    cloud.onPush = () => {
      throw new SyncFailure('no_access');
    };
    await expect(device.engine.syncOnce()).rejects.toMatchObject({ kind: 'no_access' });
    expect(new Set(cloud.pulled.map(({ collection }) => collection)).size).toBe(9);
    expect(outboxOf('clients')).toMatchObject([{ state: 'queued' }]);
  });

  it('R17 does not keep a device that may not register from what others change', async () => {
    device.close();
    device = openTestDevice({
      transport: cloud,
      settleDevice: () => Promise.reject(new SyncFailure('no_access')),
    });
    call = createCaller(device.context, useCases);
    await createClient('One');
    await expect(device.engine.syncOnce()).rejects.toMatchObject({ kind: 'no_access' });
    expect(new Set(cloud.pulled.map(({ collection }) => collection)).size).toBe(9);
    expect(cloud.toldOf('clients')).toEqual([]);
  });

  it('R17 does not keep who may only read from the collections that were not put back', async () => {
    await device.engine.syncOnce();
    cloud.pulled.length = 0;
    cloud.onPull = (collection) =>
      collection === 'clients' ? { kind: 'epoch_changed', epoch: 'second' } : undefined;
    cloud.onPush = () => {
      throw new SyncFailure('no_access');
    };
    await expect(device.engine.syncOnce()).rejects.toMatchObject({ kind: 'no_access' });
    expect(new Set(cloud.pulled.map(({ collection }) => collection)).size).toBe(9);
  });

  it('R61 brings who may only read what a collection has that was put back', async () => {
    await createClient('One');
    await device.engine.syncOnce();
    await createClient('Untold');
    cloud.epoch = 'second';
    cloud.pulled.length = 0;
    cloud.onPull = (collection) => {
      const isFirst = cloud.pulled.filter((one) => one.collection === collection).length === 1;
      return collection === 'clients' && isFirst
        ? { kind: 'epoch_changed', epoch: 'second' }
        : undefined;
    };
    cloud.onPush = (_, { epoch, mutations }) => {
      if (mutations.length > 0) throw new SyncFailure('no_access');
      return epoch === 'second'
        ? undefined
        : { kind: 'epoch_changed', epoch: 'second', last: 1, lastUuid: null };
    };
    await expect(device.engine.syncOnce()).rejects.toMatchObject({ kind: 'no_access' });
    expect(cloud.pulled.filter(({ collection }) => collection === 'clients')).toMatchObject([
      { epoch: 'first' },
      { epoch: 'second', cursor: 0 },
    ]);
  });

  it('R17 advances past a rejection, keeps what was typed and says why', async () => {
    const { uid } = await createClient('Poison');
    await createClient('Fine');
    cloud.decide = (_, mutation) =>
      mutation.uid === uid
        ? {
            kind: 'rejected',
            version: 0,
            code: 'too_big',
            field: 'notes',
            record: null,
            isDeleted: false,
          }
        : undefined;
    await device.engine.syncOnce();
    const [rejection] = device.context.replica.read(openAttention);
    if (rejection === undefined) throw new Error('no rejection');
    expect(dataOf('rejection', rejection)).toMatchObject({ code: 'too_big', field: 'notes' });
    expect(value(await call('clients.get', { uid })).name).toBe('Poison');
    expect(outboxOf('clients').every(({ state }) => state === 'acknowledged')).toBe(true);
    // What follows an edit is told whole, and the rejection is over once that stands.
    value(await call('clients.update', { uid, client: aClient({ name: 'Cured' }) }));
    cloud.decide = (_, { body }) =>
      body.kind === 'patch'
        ? {
            kind: 'rejected',
            version: 0,
            code: 'record_unknown',
            field: '',
            record: null,
            isDeleted: false,
          }
        : undefined;
    expect(await device.engine.syncOnce()).toBe('done');
    expect(cloud.toldOf('clients').at(-1)?.body).toMatchObject({
      kind: 'create',
      record: { name: 'Cured' },
    });
    expect(device.context.replica.read(openAttention)).toEqual([]);
  });

  it('R18 leaves what waits for another record without a number, and it blocks no other', async () => {
    const draft = await createDraft('Away');
    cloud.onPush = (collection) => {
      if (collection === 'clients') throw new SyncFailure('temporary');
      return undefined;
    };
    const blank = value(await call('invoices.blank', {}));
    const free = value(await call('invoices.createDraft', { content: blank }));
    await expect(device.engine.syncOnce()).rejects.toThrow('temporary');
    expect(cloud.toldOf('invoices').map(({ uid }) => uid)).toEqual([free.uid]);
    expect(outboxOf('invoices')).toMatchObject([
      { state: 'queued', seq: null },
      { state: 'acknowledged', seq: 1 },
    ]);
    cloud.onPush = () => undefined;
    await device.engine.syncOnce();
    expect(cloud.toldOf('invoices').map(({ uid }) => uid)).toEqual([free.uid, draft.uid]);
  });

  it('R19 tells creates in the order of references and deletes the other way', async () => {
    const draft = await createDraft('Acme Ltd');
    await device.engine.syncOnce();
    cloud.pushed.length = 0;
    value(await call('invoices.deleteDraft', { uid: draft.uid }));
    const clientUid = draft.content.clientUid;
    if (clientUid === null) throw new Error('no client');
    value(await call('clients.delete', { uid: clientUid }));
    await createClient('New');
    await device.engine.syncOnce();
    expect(
      cloud.pushed.map(({ collection, request }) => [collection, request.mutations[0]?.body.kind]),
    ).toEqual([
      ['clients', 'create'],
      ['invoices', 'delete'],
      ['clients', 'delete'],
    ]);
    expect(
      refusals(await call('invoices.updateDraft', { uid: draft.uid, content: draft.content })),
    ).toEqual([' deleted']);
  });
});

describe('what was just told', () => {
  /** Applied as it was told, at these versions. */
  function appliedAt(...versions: readonly number[]): void {
    const left = [...versions];
    cloud.onPush = (_, { mutations }) => ({
      kind: 'done',
      epoch: 'first',
      last: mutations.at(-1)?.seq ?? 0,
      asTold: true,
      outcomes: mutations.map(({ seq, uuid }) => ({
        seq,
        uuid,
        outcome: { kind: 'applied', version: left.shift() ?? 0, notices: [] },
      })),
    });
  }

  async function pullsAfterTelling(...versions: readonly number[]): Promise<readonly unknown[]> {
    await device.engine.syncOnce();
    const { cursor } = device.context.replica.read((scope) => readState(scope, 'clients'));
    await createClient('One');
    await createClient('Two');
    appliedAt(...versions.map((version) => cursor + version));
    cloud.pulled.length = 0;
    await device.engine.syncOnce(new Set());
    return cloud.pulled.filter(({ collection }) => collection === 'clients');
  }

  it('R55 is not pulled when nothing else lies before it', async () => {
    expect(await pullsAfterTelling(1, 2)).toEqual([]);
    expect(outboxOf('clients').map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
    expect(device.engine.known().clients).toMatchObject({ version: 2 });
  });

  it('R55 is pulled when somebody else told something before it, or in between', async () => {
    expect(await pullsAfterTelling(2, 3)).toHaveLength(1);
  });

  it('R55 is pulled when the cloud does not say that it stands there as it was told', async () => {
    await device.engine.syncOnce();
    await createClient('One');
    cloud.pulled.length = 0;
    await device.engine.syncOnce(new Set());
    expect(cloud.pulled.filter(({ collection }) => collection === 'clients')).toHaveLength(1);
  });
});
