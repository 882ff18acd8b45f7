import { beforeAll, describe, expect, it } from 'vitest';

import type { OrderView } from '../../../src/shared/contracts/rest-v1/orders';
import type { Problem } from '../../../src/shared/contracts/rest-v1/problem';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';

const LINES = [
  { product_name: 'Work', quantity: 1.5, unit_price: 80, unit: 'h' },
  {
    product_name: 'Travel',
    quantity: 2,
    unit_price: 12.3456,
    tax: { name: 'VAT 20 %', category: 'standard', rate: 20 },
  },
];

type Refused = Pick<Problem, 'code' | 'errors'>;

let user: CloudUser;
let clientId: number;

async function createClient(owner: CloudUser, name: string): Promise<number> {
  const created = await owner.call<{ readonly id: number }>({
    method: 'POST',
    path: '/clients',
    body: { name, email: `${name.toLowerCase()}-${crypto.randomUUID()}@example.com` },
  });
  expect(created.status).toBe(201);
  return created.body.id;
}

function createOrder(more: object = {}, headers: Record<string, string> = {}) {
  return user.call<OrderView>({
    method: 'POST',
    path: '/orders',
    body: { client_id: clientId, items: LINES, order_date: '2026-03-01', ...more },
    headers,
  });
}

function change(id: number, body: object, headers: Record<string, string> = {}) {
  return user.call<OrderView & Refused>({ method: 'PUT', path: `/orders/${id}`, body, headers });
}

beforeAll(async () => {
  user = await registerUser({ name: 'Acme Ltd', country: 'DE', time_zone: 'Europe/Berlin' });
  clientId = await createClient(user, 'Zeta');
});

describe('orders over REST', () => {
  it('have exact amounts, a number of the cloud, and the currency of the business', async () => {
    const created = await createOrder({ buyer_reference: 'PO 7', notes: 'Łódź' });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      client_id: clientId,
      status: 'pending',
      order_date: '2026-03-01',
      currency: 'EUR',
      // 120 + 24.69 + 4.94
      total_amount: 149.63,
      buyer_reference: 'PO 7',
      notes: 'Łódź',
      revision: 1,
    });
    expect(created.body.order_number).toMatch(/^ORD-2026-C\d{4}$/u);
    expect(created.body.items).toMatchObject([
      {
        product_name: 'Work',
        quantity: 1.5,
        unit_price: 80,
        total_price: 120,
        unit: 'h',
        tax: { name: 'No tax', category: 'outside_scope', rate: 0, reason: '' },
        invoiced_quantity: 0,
        product_id: null,
      },
      { product_name: 'Travel', quantity: 2, unit_price: 12.3456, total_price: 24.69 },
    ]);
    const read = await user.call({ method: 'GET', path: `/orders/${created.body.id}` });
    expect(read.body).toEqual(created.body);
    expect(read.headers.get('etag')).toBe('"1"');
  });

  it('are numbered without gaps, whatever is refused in between and however many come at once', async () => {
    const owner = await registerUser();
    const client = await createClient(owner, 'Eta');
    const create = (body: object) =>
      owner.call<OrderView>({
        method: 'POST',
        path: '/orders',
        body: { client_id: client, items: LINES, order_date: '2031-01-01', ...body },
      });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        create(index % 3 === 2 ? { items: [{ ...LINES[0], product_id: 999_999_999 }] } : {}),
      ),
    );
    const numbers = answers.filter(({ status }) => status === 201);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(4);
    expect(numbers.map(({ body }) => body.order_number).sort()).toEqual(
      Array.from({ length: 8 }, (_, index) => `ORD-2031-C000${index + 1}`),
    );
    expect((await create({ order_date: '2032-12-31' })).body.order_number).toBe('ORD-2032-C0001');
  });

  it('name the field of what they refuse', async () => {
    const refused = async (more: object) => {
      const { status, body } = await createOrder(more);
      expect(status).toBe(400);
      return (body as unknown as Problem).errors?.map(({ field, code }) => `${field} ${code}`);
    };
    const item = (more: object) => ({ items: [LINES[0], { ...LINES[1], ...more }] });
    expect(await refused({ client_id: 999_999_999 })).toEqual(['client_id client_unknown']);
    expect(await refused({ currency: 'KWD' })).toEqual(['currency currency_unsupported']);
    expect(await refused({ currency: 'XYZ' })).toEqual(['currency currency_unknown']);
    expect(await refused(item({ quantity: 0.0001 }))).toEqual([
      'items.1.quantity too_many_decimals',
    ]);
    expect(await refused(item({ unit_price: 1.23456 }))).toEqual([
      'items.1.unit_price too_many_decimals',
    ]);
    expect(await refused(item({ quantity: 1e9, unit_price: 1e10 }))).toEqual([
      'items.1.unit_price amount_too_large',
    ]);
    expect(await refused(item({ tax: { name: 'Export', category: 'export', rate: 5 } }))).toEqual([
      'items.1.tax.rate tax_rate_not_allowed',
    ]);
    expect(await refused(item({ product_id: 999_999_999 }))).toEqual([
      'items.1.product_id product_unknown',
    ]);
    expect(await refused({ items: [] })).toEqual(['items too_small']);
  });

  it('go from status to status as the rules allow', async () => {
    const { id } = (await createOrder()).body;
    expect((await change(id, { status: 'completed' })).body).toMatchObject({
      status: 'completed',
      revision: 2,
    });
    const forbidden = await change(id, { status: 'cancelled' });
    expect(forbidden.status).toBe(409);
    expect(forbidden.body).toMatchObject({
      code: 'transition_forbidden',
      errors: [{ field: 'status', params: { from: 'completed', to: 'cancelled' } }],
    });
    expect((await change(id, { status: 'processing' })).status).toBe(200);
    expect((await change(id, { status: 'cancelled' })).status).toBe(200);
    const cancelled = await change(id, { notes: 'too late' });
    expect([cancelled.status, cancelled.body.code]).toEqual([409, 'order_cancelled']);
    const revived = await change(id, { status: 'pending', notes: 'once more' });
    expect(revived.body).toMatchObject({ status: 'pending', notes: 'once more', revision: 5 });
  });

  it('keep the lines that a change names, and take the others as new or gone', async () => {
    const before = (await createOrder()).body;
    const [work, travel] = before.items;
    const same = await change(before.id, { items: before.items });
    expect(same.body).toEqual(before);
    const after = await change(before.id, {
      items: [
        { product_name: 'Hotel', quantity: 1, unit_price: 99.5 },
        { ...travel, product_name: 'Train', quantity: 3 },
      ],
    });
    expect(after.body).toMatchObject({
      revision: 2,
      total_amount: 143.95,
      items: [{ product_name: 'Hotel' }, { id: travel?.id, product_name: 'Train', quantity: 3 }],
    });
    expect(after.body.items.map((item) => item.id)).not.toContain(work?.id);
    const unknown = await change(before.id, { items: [{ ...LINES[0], id: work?.id }] });
    expect(unknown.body.errors).toEqual([{ field: 'items.0.id', code: 'line_unknown' }]);
  });

  it('refuse a change of what another has changed meanwhile', async () => {
    const { id } = (await createOrder()).body;
    expect((await change(id, { notes: 'first' }, { 'if-match': '"1"' })).status).toBe(200);
    const stale = await change(id, { notes: 'second' }, { 'if-match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([409, 'stale_revision']);
    const gone = await user.call({
      method: 'DELETE',
      path: `/orders/${id}`,
      headers: { 'if-match': '"1"' },
    });
    expect(gone.status).toBe(409);
    expect((await user.call({ method: 'DELETE', path: `/orders/${id}` })).status).toBe(204);
    expect((await user.call({ method: 'GET', path: `/orders/${id}` })).status).toBe(404);
    expect((await change(id, { notes: 'third' })).status).toBe(404);
  });

  it('are made once for each idempotency key', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const both = await Promise.all([createOrder({}, headers), createOrder({}, headers)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both[0].body).toEqual(both[1].body);
    expect((await createOrder({ notes: 'other' }, headers)).status).toBe(409);
  });

  it('are listed by page, status and client', async () => {
    const other = await createClient(user, 'Theta');
    const ids: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push((await createOrder({ client_id: other })).body.id);
    }
    await change(ids[1]!, { status: 'processing' });
    const list = (query: string) =>
      user.call<OrderView[]>({ method: 'GET', path: `/orders?client_id=${other}${query}` });
    expect((await list('')).body.map(({ id }) => id)).toEqual(ids);
    expect((await list('&status=pending')).body.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    const first = await list('&limit=2');
    expect(first.body.map(({ items }) => items.length)).toEqual([2, 2]);
    const next = /<\?([^>]+)>; rel="next"/u.exec(first.headers.get('link') ?? '')?.[1];
    const second = await user.call<OrderView[]>({ method: 'GET', path: `/orders?${next ?? ''}` });
    expect(second.body.map(({ id }) => id)).toEqual([ids[2]]);
    expect(second.headers.get('link')).toBeNull();
    expect((await list('&cursor=nonsense')).status).toBe(400);
  });
});
