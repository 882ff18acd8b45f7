import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { BusinessUid, ClientUid, LineUid, OrderUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { transact } from '../../../kit/database/database';
import type { ScratchDatabase } from '../../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../../kit/testing/scratch-database';
import { patchOf, TestDevice } from '../../../kit/testing/sync-device';
import { anOrderRecord, aProductRecord } from '../../../kit/testing/wire-records';
import { createEventHandlers } from '../adapters/events';
import { listOrders, lockOrder } from '../db/order-repository';
import { listProducts } from '../db/product-repository';
import { publishOrder } from '../db/publish';
import { ordersCollection } from './orders-collection';
import { productsCollection } from './products-collection';

let scratch: ScratchDatabase;
let tenant: BusinessUid;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database, 'orders');
});
afterAll(() => scratch.drop());

async function listed() {
  const all = { after: 0, limit: 10, status: undefined, clientId: undefined };
  return (await listOrders(scratch.db, tenant, all)).rows;
}

describe('orders of devices', () => {
  it('R20 R57 wait for a client that nobody told of, and REST shows them once it is known', async () => {
    tenant = newUid();
    const client = newUid<ClientUid>();
    const device = new TestDevice(scratch.db, ordersCollection, tenant);
    const order = anOrderRecord({ clientUid: client });
    const [outcome] = await device.push({
      uid: order.uid,
      body: { kind: 'create', record: order },
    });
    expect(outcome?.kind).toBe('applied');
    expect(await listed()).toEqual([]);

    await tellOfClient(client, 7);
    const [shown] = await listed();
    expect(shown).toMatchObject({ number: 'ORD-2026-0001', clientId: 7, total: 238_00 });
    expect(shown?.lines.map((line) => line.productName)).toEqual(['Consulting']);
  });

  it('keep what REST does not show when REST changes them', async () => {
    tenant = newUid();
    const client = newUid<ClientUid>();
    await tellOfClient(client, 8);
    const device = new TestDevice(scratch.db, ordersCollection, tenant);
    const order = anOrderRecord({
      clientUid: client,
      discount: { kind: 'percent', percent: 10_000 },
    });
    await device.push({ uid: order.uid, body: { kind: 'create', record: order } });
    const [shown] = await listed();
    if (shown === undefined) throw new Error('the order is not shown');

    await transact(scratch.db, async (transaction) => {
      const locked = await lockOrder(transaction, tenant, shown.id);
      if (locked === null) throw new Error('the order is gone');
      await publishOrder(transaction, tenant, { ...locked, notes: 'By REST' }, 'OrderUpdated');
    });
    await device.pullAll();
    expect(device.records.get(order.uid)).toEqual({
      deleted: false,
      record: { ...order, notes: 'By REST' },
    });
  });

  it('R30 R33 merge by field and line, also with the same number as another order', async () => {
    tenant = newUid();
    const client = newUid<ClientUid>();
    await tellOfClient(client, 9);
    const [one, other] = [0, 1].map(() => new TestDevice(scratch.db, ordersCollection, tenant));
    if (one === undefined || other === undefined) throw new Error('two devices');
    const order = anOrderRecord({ clientUid: client });
    const same = anOrderRecord({ clientUid: client });
    await one.push({ uid: order.uid, body: { kind: 'create', record: order } });
    const [second] = await other.push({ uid: same.uid, body: { kind: 'create', record: same } });
    expect(second?.kind).toBe('applied');

    const [line] = order.lines;
    await one.push(patchOf(order.uid, { status: ['pending', 'processing'] }));
    const [merged] = await other.push(
      patchOf(order.uid, { [`lines.${line?.uid ?? ''}`]: [line, { ...line, quantity: 5_000 }] }),
    );
    expect(merged?.kind).toBe('applied');
    const orders = await listed();
    expect(orders.find(({ uid }) => uid === order.uid)).toMatchObject({
      status: 'processing',
      total: 595_00,
    });
    expect(orders.map(({ number }) => number)).toEqual(['ORD-2026-0001', 'ORD-2026-0001']);
  });
});

describe('a client and its orders that come at the same time', () => {
  it('R20 find each other, whoever is first', async () => {
    for (let round = 0; round < 20; round += 1) {
      tenant = newUid();
      const client = newUid<ClientUid>();
      const device = new TestDevice(scratch.db, ordersCollection, tenant);
      const orders = [anOrderRecord({ clientUid: client }), anOrderRecord({ clientUid: client })];
      await device.push();
      await Promise.all([
        device.push(
          ...orders.map((record) => ({
            uid: record.uid,
            body: { kind: 'create' as const, record },
          })),
        ),
        tellOfClient(client, 100 + round),
      ]);
      expect(await listed()).toHaveLength(2);
    }
  });
});

describe('documents of an order', () => {
  it('move its status on devices, and nothing else, also where REST has it hidden', async () => {
    tenant = newUid();
    const client = newUid<ClientUid>();
    await tellOfClient(client, 11);
    const device = new TestDevice(scratch.db, ordersCollection, tenant);
    const order = anOrderRecord({ clientUid: client });
    const [line] = order.lines;
    if (line === undefined) throw new Error('no line');
    await device.push({ uid: order.uid, body: { kind: 'create', record: order } });
    await tellOfInvoice(order.uid, line.uid, 1_000, 1);
    await device.pullAll();
    expect(device.records.get(order.uid)?.record).toEqual({ ...order, status: 'processing' });

    await device.push(patchOf(order.uid, { clientUid: [client, null] }));
    expect(await listed()).toEqual([]);
    await tellOfInvoice(order.uid, line.uid, line.quantity, 2);
    await device.pullAll();
    expect(device.records.get(order.uid)).toEqual({
      deleted: false,
      record: { ...order, clientUid: null, status: 'completed' },
    });
  });
});

describe('documents that come before their order', () => {
  it('R20 count once it is there, whoever is first', async () => {
    for (let round = 0; round < 10; round += 1) {
      tenant = newUid();
      const client = newUid<ClientUid>();
      await tellOfClient(client, 200 + round);
      const device = new TestDevice(scratch.db, ordersCollection, tenant);
      const order = anOrderRecord({ clientUid: client, status: 'processing' });
      const [line] = order.lines;
      if (line === undefined) throw new Error('no line');
      const told = () => tellOfInvoice(order.uid, line.uid, 1_000, 1);
      const push = () => device.push({ uid: order.uid, body: { kind: 'create', record: order } });
      if (round === 0) await told();
      await Promise.all([told(), push()]);
      const [shown] = await listed();
      expect(shown).toMatchObject({ status: 'processing', lines: [{ invoiced: 1_000 }] });
    }
  });
});

describe('what an order cannot be', () => {
  it('R17 is rejected by itself: nothing of the database fails', async () => {
    tenant = newUid();
    const client = newUid<ClientUid>();
    await tellOfClient(client, 10);
    const device = new TestDevice(scratch.db, ordersCollection, tenant);
    const [line] = anOrderRecord().lines;
    if (line === undefined) throw new Error('no line');
    const huge = { ...line, quantity: 900_000_000_000, unitPrice: 900_000_000_000 };
    const orders = [
      anOrderRecord({ clientUid: client, number: 'N'.repeat(51) }),
      anOrderRecord({ clientUid: client, lines: [huge] }),
      // Two orders that share the uid of a line are two orders.
      anOrderRecord({ clientUid: client, lines: [line] }),
      anOrderRecord({ clientUid: client, lines: [line] }),
      anOrderRecord({ clientUid: client, lines: [] }),
    ];
    const outcomes = await device.push(
      ...orders.map((record) => ({ uid: record.uid, body: { kind: 'create' as const, record } })),
    );
    expect(outcomes).toMatchObject([
      { kind: 'rejected', code: 'too_big', field: 'number' },
      { kind: 'rejected', code: 'amount_too_large' },
      { kind: 'applied' },
      { kind: 'applied' },
      { kind: 'applied' },
    ]);
    expect(await listed()).toHaveLength(2);
  });
});

describe('products of devices', () => {
  it('are never refused for a code: who came second keeps it without a key', async () => {
    tenant = newUid();
    const device = new TestDevice(scratch.db, productsCollection, tenant);
    const [one, other] = [aProductRecord({ code: 'HOUR' }), aProductRecord({ code: 'HOUR' })];
    const outcomes = await device.push(
      { uid: one.uid, body: { kind: 'create', record: one } },
      { uid: other.uid, body: { kind: 'create', record: other } },
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['applied', 'applied']);
    const found = await listProducts(scratch.db, tenant, {
      after: 0,
      limit: 10,
      search: '',
      isArchived: undefined,
    });
    expect(found.map(({ code }) => code)).toEqual(['HOUR', 'HOUR']);
    await device.pullAll();
    expect(device.records.get(other.uid)?.record).toEqual(other);
  });
});

async function tellOfInvoice(
  order: OrderUid,
  line: LineUid,
  quantity: number,
  revision: number,
): Promise<void> {
  await createEventHandlers(scratch.db).InvoiceUpdated?.({
    name: 'InvoiceUpdated',
    id: randomUUID(),
    tenant,
    occurredAt: new Date(),
    data: {
      id: 1,
      uid: newUid(),
      revision,
      kind: 'invoice',
      number: 'INV-1',
      client_id: null,
      order_id: null,
      order_uid: order,
      status: 'sent',
      change: 'finalised',
      currency: 'EUR',
      total: 1,
      balance: 1,
      due_date: '2026-04-01',
      order_lines: [{ order_item_id: null, line_uid: line, quantity }],
      deleted: false,
    },
  });
}

async function tellOfClient(uid: ClientUid, id: number): Promise<void> {
  await createEventHandlers(scratch.db).ClientCreated?.({
    name: 'ClientCreated',
    id: randomUUID(),
    tenant,
    occurredAt: new Date(),
    data: {
      id,
      uid,
      revision: 1,
      name: 'Acme Ltd',
      contact_name: '',
      email: '',
      phone: '',
      address: '',
      postal_address: null,
      vat_number: '',
      company_number: '',
      language: null,
      reminders_paused: false,
      archived: false,
      deleted: false,
    },
  });
}
