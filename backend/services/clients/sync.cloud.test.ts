import type { RowDataPacket } from 'mysql2';
import { createPool } from 'mysql2/promise';
import { afterAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';

import type { ClientView } from '../../../src/shared/contracts/rest-v1/clients';
import { PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import type { ClientRecord } from '../../../src/shared/contracts/sync/records';
import { clientRecord } from '../../../src/shared/contracts/sync/records';
import { CloudDevice } from '../../kit/testing/cloud-device';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';
import { patchOf } from '../../kit/testing/sync-device';
import { aClientRecord } from '../../kit/testing/wire-records';

let user: CloudUser;
let device: CloudDevice;
const pool = createPool({ ...inject('cloud').database, database: 'doccentr_clients' });

beforeEach(async () => {
  user = await registerUser({ name: 'Acme Ltd', country: 'DE' });
  device = new CloudDevice(user, 'clients');
});

afterAll(() => pool.end());

function create(record: ClientRecord) {
  return { uid: record.uid, body: { kind: 'create' as const, record } };
}

async function list(of = user): Promise<readonly ClientView[]> {
  return (await of.call<ClientView[]>({ method: 'GET', path: '/clients?limit=500' })).body;
}

async function createByRest(body: object): Promise<ClientView> {
  const answer = await user.call<ClientView>({ method: 'POST', path: '/clients', body });
  expect(answer.status).toBe(201);
  return answer.body;
}

function pulled(uid: string): ClientRecord {
  return clientRecord.parse(device.records.get(uid)?.record);
}

describe('a client of a device', () => {
  it('is one of REST, and stays whole when REST changes it', async () => {
    const record = aClientRecord({ email: 'office@acme.example' });
    expect(await device.push(create(record))).toMatchObject([{ kind: 'applied', version: 1 }]);
    const [view] = await list();
    expect(view).toMatchObject({
      uid: record.uid,
      name: 'Acme Ltd',
      email: 'office@acme.example',
      address: 'Lange Straße 1\n10115 Berlin\nGERMANY',
      revision: 1,
    });
    const path = `/clients/${view!.id}`;
    const body = { name: 'Acme GmbH', archived: true };
    expect((await user.call({ method: 'PUT', path, body })).status).toBe(200);
    await device.pull();
    const { archivedAt, ...rest } = pulled(record.uid);
    expect(archivedAt).not.toBeNull();
    expect({ ...rest, archivedAt: null }).toEqual({ ...record, name: 'Acme GmbH' });
  });

  it('R30 R35 takes what changed on either side', async () => {
    const record = aClientRecord();
    await device.push(create(record));
    const [view] = await list();
    const path = `/clients/${view!.id}`;
    await user.call({ method: 'PUT', path, body: { phone: '2' } });
    const outcomes = await device.push(
      patchOf(record.uid, { name: ['Acme Ltd', 'Acme'], phone: ['1', '3'] }),
    );
    expect(outcomes).toMatchObject([
      { kind: 'conflict', fields: [{ path: 'phone', base: '1', mine: '3', theirs: '2' }] },
    ]);
    expect(await list()).toMatchObject([{ name: 'Acme', phone: '2', revision: 3 }]);
    expect((await user.call({ method: 'DELETE', path })).status).toBe(204);
    expect(await device.push(patchOf(record.uid, { phone: ['2', '4'] }))).toMatchObject([
      { kind: 'applied', notices: ['restored_by_edit'] },
    ]);
    expect(await list()).toMatchObject([{ id: view!.id, phone: '4' }]);
    const seen = { ...record, name: 'Acme', phone: '4' };
    await device.push({ uid: record.uid, body: { kind: 'delete', record: seen } });
    expect(await list()).toEqual([]);
    await device.pull();
    expect(device.records.get(record.uid)).toEqual({ deleted: true, record: seen });
  });

  it('shares an e-mail address, which REST would refuse', async () => {
    const email = 'same@acme.example';
    await createByRest({ name: 'First', email });
    const [one, two] = [aClientRecord({ email }), aClientRecord({ email, name: 'Third' })];
    expect(await device.push(create(one), create(two))).toMatchObject([
      { kind: 'applied' },
      { kind: 'applied' },
    ]);
    const clients = await list();
    expect(clients.map((client) => client.email)).toEqual([email, email, email]);
    const [first, second] = clients;
    await user.call({ method: 'DELETE', path: `/clients/${first!.id}` });
    // Free again: for the next who is told with it, by whatever way.
    const other = aClientRecord({ email, name: 'Fourth' });
    await device.push(create(other));
    const taken = await user.call({ method: 'POST', path: '/clients', body: { name: 'A', email } });
    expect(taken.status).toBe(409);
    expect(
      (await user.call({ method: 'PUT', path: `/clients/${second!.id}`, body: { phone: '7' } }))
        .status,
    ).toBe(200);
  });

  it('is told to other services in every state', async () => {
    const record = aClientRecord();
    await device.push(create(record), create(aClientRecord()));
    await device.push(patchOf(record.uid, { phone: ['1', '2'] }));
    await device.push({
      uid: record.uid,
      body: { kind: 'delete', record: { ...record, phone: '2' } },
    });
    const told = await vi.waitFor(
      async () => {
        const [rows] = await pool.query<RowDataPacket[]>(
          'select name, data, published_at from outbox where tenant = ? order by position',
          [user.business],
        );
        expect(rows.every((row) => row['published_at'] !== null)).toBe(true);
        return rows.map((row) => {
          const data = JSON.parse(String(row['data'])) as Record<string, unknown>;
          return [row['name'], data['revision'] ?? data['version']] as unknown;
        });
      },
      { timeout: 10_000, interval: 100 },
    );
    expect(told).toEqual([
      ['ClientCreated', 1],
      ['ClientCreated', 1],
      ['ClientsMoved', 2],
      ['ClientUpdated', 2],
      ['ClientsMoved', 3],
      ['ClientDeleted', 3],
      ['ClientsMoved', 4],
    ]);
  });

  it('R1 is of one business alone', async () => {
    const record = aClientRecord();
    await device.push(create(record));
    const stranger = await registerUser();
    const theirs = new CloudDevice(stranger, 'clients');
    expect((await theirs.pull()).changes).toEqual([]);
    expect(await theirs.push(patchOf(record.uid, { phone: ['1', '2'] }))).toMatchObject([
      { kind: 'rejected', code: 'record_unknown', record: null },
    ]);
    // The same uid in another business is another client.
    expect(await theirs.push(create({ ...record, name: 'Theirs' }))).toMatchObject([
      { kind: 'applied', version: 1 },
    ]);
    await device.pull();
    expect(pulled(record.uid).name).toBe('Acme Ltd');
    expect(await list(stranger)).toMatchObject([{ name: 'Theirs' }]);
  });

  it('R17 that is wrong is rejected by itself', async () => {
    const good = aClientRecord();
    const outcomes = await device.push(
      create({ ...aClientRecord(), name: '' }),
      create({ ...aClientRecord(), notes: 'nothing \u0000 more' }),
      create({ ...aClientRecord(), email: 'nobody' }),
      create(good),
    );
    expect(outcomes).toMatchObject([
      { kind: 'rejected', field: 'name', code: 'too_small' },
      { kind: 'rejected', code: 'text_unprintable' },
      { kind: 'rejected', field: 'email' },
      { kind: 'applied' },
    ]);
    expect(await list()).toHaveLength(1);
  });
});

describe('a client of REST', () => {
  it('is whole on devices: an address of one text is in parts there, in the country of the business', async () => {
    const text = 'Długa 1\n00-238 Warszawa';
    const view = await createByRest({ name: 'Zażółć', email: 'a@b.example', address: text });
    await device.pull();
    const record = pulled(view.uid);
    expect(record).toMatchObject({
      name: 'Zażółć',
      address: { line1: 'Długa 1', line2: '00-238 Warszawa', city: '', country: 'DE' },
      currency: null,
      notes: '',
    });
    // What a device changes besides leaves REST its text; the address itself replaces it.
    await device.push(patchOf(view.uid, { notes: ['', 'Asks for copies'] }));
    expect(await list()).toMatchObject([{ address: text, postal_address: null }]);
    const address = { ...record.address, city: 'Warszawa', country: 'PL' };
    await device.push(patchOf(view.uid, { address: [record.address, address] }));
    expect(await list()).toMatchObject([
      { address: 'Długa 1\n00-238 Warszawa\nWarszawa\nPOLAND', postal_address: address },
    ]);
  });

  it('is gone on devices once it is deleted', async () => {
    const view = await createByRest({ name: 'A', email: 'a@b.example' });
    await user.call({ method: 'DELETE', path: `/clients/${view.id}` });
    await device.pull();
    expect(device.records.get(view.uid)).toMatchObject({ deleted: true, record: { name: 'A' } });
  });
});

describe('a device', () => {
  it('R4 that is too old is told to be updated, and changes nothing', async () => {
    const query = 'protocol=0&cursor=0';
    const pull = await user.call({ method: 'GET', path: `/sync/clients/changes?${query}` });
    expect(pull).toMatchObject({ status: 409, body: { code: 'update_required' } });
    const body = {
      protocol: 0,
      device: device.device,
      epoch: null,
      mutations: [],
    };
    const push = await user.call({ method: 'POST', path: '/sync/clients/mutations', body });
    expect(push).toMatchObject({ status: 409, body: { code: 'update_required' } });
  });

  it('pulls packed pages', async () => {
    await device.push(...Array.from({ length: 20 }, () => create(aClientRecord())));
    const answer = await fetch(
      `${inject('cloud').services['clients'] ?? ''}/v1/sync/clients/changes?protocol=${PROTOCOL_VERSION}&cursor=0`,
      { headers: { authorization: `Bearer ${user.token}`, 'accept-encoding': 'gzip' } },
    );
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((await device.pull()).changes).toHaveLength(20);
  });
});
