import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { ClientView } from '../../../src/shared/contracts/rest-v1/clients';
import type { OrderView } from '../../../src/shared/contracts/rest-v1/orders';
import { orderRecord } from '../../../src/shared/contracts/sync/records';
import type { ClientUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import { CloudDevice } from '../../kit/testing/cloud-device';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';
import { patchOf } from '../../kit/testing/sync-device';
import {
  aClientRecord,
  aLine,
  anOrderRecord,
  aProductRecord,
} from '../../kit/testing/wire-records';

let user: CloudUser;

beforeEach(async () => {
  user = await registerUser();
});

function create(record: { readonly uid: string; readonly [field: string]: unknown }) {
  return { uid: record.uid, body: { kind: 'create' as const, record } };
}

async function orders(): Promise<readonly OrderView[]> {
  return (await user.call<OrderView[]>({ method: 'GET', path: '/orders' })).body;
}

interface Product {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
}

async function products(of = user): Promise<readonly Product[]> {
  return (await of.call<Product[]>({ method: 'GET', path: '/products' })).body;
}

describe('an order of a device', () => {
  it('R20 is one of REST as soon as its client is known, whichever came first', async () => {
    const client = aClientRecord();
    const order = anOrderRecord({ clientUid: client.uid, lines: [aLine(), aLine({ unit: 'd' })] });
    const device = new CloudDevice(user, 'orders');
    expect(await device.push(create(order))).toMatchObject([{ kind: 'applied' }]);
    expect(await orders()).toEqual([]);
    await new CloudDevice(user, 'clients').push(create(client));
    await vi.waitFor(async () => expect(await orders()).toHaveLength(1), {
      timeout: 20_000,
      interval: 200,
    });
    const [view] = await orders();
    expect(view).toMatchObject({
      uid: order.uid,
      order_number: 'ORD-2026-0001',
      total_amount: 476,
      items: [{ unit: 'h' }, { unit: 'd', product_name: 'Consulting', quantity: 2 }],
    });

    // What REST changes is there on the device, and the rest of the order as it was.
    const path = `/orders/${view!.id}`;
    const change = { notes: 'By REST', status: 'processing' };
    expect((await user.call({ method: 'PUT', path, body: change })).status).toBe(200);
    await device.pull();
    expect(device.records.get(order.uid)).toEqual({
      deleted: false,
      record: { ...order, ...change },
    });
    const [line] = order.lines;
    const fields = { [`lines.${line!.uid}`]: [line, { ...line, quantity: 5_000 }] as const };
    await device.push(patchOf(order.uid, fields));
    expect((await orders())[0]).toMatchObject({ total_amount: 833, status: 'processing' });
    expect((await user.call({ method: 'DELETE', path })).status).toBe(204);
    await device.pull();
    expect(device.records.get(order.uid)).toMatchObject({ deleted: true });
  });
});

describe('an order of REST', () => {
  it('is whole on devices, with its client and product by their uids', async () => {
    const product = aProductRecord();
    await new CloudDevice(user, 'products').push(create(product));
    const [known] = await products();
    const client = await user.call<ClientView>({
      method: 'POST',
      path: '/clients',
      body: { name: 'A', email: 'a@b.example' },
    });
    const made = await user.call<OrderView>({
      method: 'POST',
      path: '/orders',
      body: {
        client_id: client.body.id,
        items: [
          { product_name: 'Consulting', quantity: 2, unit_price: 10.5, product_id: known!.id },
        ],
      },
    });
    expect(made.status).toBe(201);
    const device = new CloudDevice(user, 'orders');
    await device.pull();
    const record = orderRecord.parse(device.records.get(made.body.uid)?.record);
    expect(record).toMatchObject({
      number: made.body.order_number,
      clientUid: client.body.uid,
      discount: null,
      lines: [{ productUid: product.uid, quantity: 2_000, unitPrice: 105_000 }],
    });
  });
});

describe('a product', () => {
  it('is the same for devices and REST', async () => {
    const device = new CloudDevice(user, 'products');
    const record = aProductRecord({ code: 'C-1' });
    await device.push(create(record));
    const [view] = await products();
    expect(view).toMatchObject({ uid: record.uid, code: 'C-1', unit_price: 100 });
    const path = `/products/${view!.id}`;
    await user.call({ method: 'PUT', path, body: { unit_price: 120 } });
    await device.pull();
    expect(device.records.get(record.uid)?.record).toEqual({ ...record, unitPrice: 1_200_000 });
    await device.push(patchOf(record.uid, { name: ['Consulting', 'Advice'] }));
    expect(await products()).toMatchObject([{ name: 'Advice', unit_price: 120 }]);
    await user.call({ method: 'DELETE', path });
    await device.pull();
    expect(device.records.get(record.uid)).toMatchObject({ deleted: true });
  });

  it('R1 is of one business alone', async () => {
    const record = aProductRecord();
    await new CloudDevice(user, 'products').push(create(record));
    const stranger = await registerUser();
    const theirs = new CloudDevice(stranger, 'products');
    expect((await theirs.pull()).changes).toEqual([]);
    expect(await theirs.push(patchOf(record.uid, { name: ['Consulting', 'X'] }))).toMatchObject([
      { kind: 'rejected', code: 'record_unknown' },
    ]);
    expect(await products(stranger)).toEqual([]);
    const order = anOrderRecord({
      clientUid: newUid<ClientUid>(),
      lines: [aLine({ productUid: record.uid })],
    });
    expect(await new CloudDevice(stranger, 'orders').push(create(order))).toMatchObject([
      { kind: 'applied' },
    ]);
  });
});
