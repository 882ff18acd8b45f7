import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import type { productView } from '../../../src/shared/contracts/rest-v1/orders';
import type { Problem } from '../../../src/shared/contracts/rest-v1/problem';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';

type ProductView = z.output<typeof productView>;

let user: CloudUser;

beforeAll(async () => {
  user = await registerUser({ name: 'Acme Ltd', country: 'PL' });
});

function create(body: object) {
  return user.call<ProductView & Problem>({ method: 'POST', path: '/products', body });
}

function change(id: number, body: object, headers: Record<string, string> = {}) {
  return user.call<ProductView & Problem>({
    method: 'PUT',
    path: `/products/${id}`,
    body,
    headers,
  });
}

describe('products over REST', () => {
  it('keep what was sent, in the currency of the business', async () => {
    const created = await create({
      name: 'Zażółć gęślą',
      unit_price: 12.3456,
      code: 'ZG-1',
      unit: 'szt.',
      tax: { name: 'VAT 8.5 %', category: 'reduced', rate: 8.5 },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      name: 'Zażółć gęślą',
      unit_price: 12.3456,
      code: 'ZG-1',
      unit: 'szt.',
      currency: 'PLN',
      tax: { name: 'VAT 8.5 %', category: 'reduced', rate: 8.5, reason: '' },
      archived: false,
      revision: 1,
    });
    const read = await user.call({ method: 'GET', path: `/products/${created.body.id}` });
    expect(read.body).toEqual(created.body);
  });

  it('share no code, capitals aside, until the first one is deleted', async () => {
    const { id } = (await create({ name: 'One', unit_price: 1, code: 'Abc' })).body;
    const taken = await create({ name: 'Two', unit_price: 1, code: 'aBC' });
    expect([taken.status, taken.body.code]).toEqual([409, 'code_taken']);
    const free = await create({ name: 'Two', unit_price: 1, code: 'Äbc' });
    expect(free.status).toBe(201);
    expect((await change(free.body.id, { code: 'ABC' })).status).toBe(409);
    expect((await create({ name: 'No code', unit_price: 1 })).status).toBe(201);
    expect((await create({ name: 'No code either', unit_price: 1, code: '' })).status).toBe(201);
    expect((await user.call({ method: 'DELETE', path: `/products/${id}` })).status).toBe(204);
    expect((await change(free.body.id, { code: 'ABC' })).body).toMatchObject({ code: 'ABC' });
    expect((await user.call({ method: 'GET', path: `/products/${id}` })).status).toBe(404);
  });

  it('change by revision, and only where something changes', async () => {
    const { id } = (await create({ name: 'Chair', unit_price: 50 })).body;
    expect((await change(id, { name: 'Chair' }, { 'if-match': '"1"' })).body.revision).toBe(1);
    expect((await change(id, { unit_price: 55 }, { 'if-match': '"1"' })).body).toMatchObject({
      name: 'Chair',
      unit_price: 55,
      revision: 2,
    });
    const stale = await change(id, { unit_price: 60 }, { 'if-match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([409, 'stale_revision']);
    const bad = await change(id, { unit_price: 0.00001, currency: 'TND' });
    expect(bad.body.errors?.map(({ field }) => field)).toEqual(['unit_price', 'currency']);
  });

  it('are found by folded text and by whether they are archived', async () => {
    const { id } = (await create({ name: 'Łódź 100%_sure', unit_price: 1, code: 'SEEK-9' })).body;
    const list = async (query: string) => {
      const { body } = await user.call<ProductView[]>({
        method: 'GET',
        path: `/products?${query}`,
      });
      return body.map((product) => product.id);
    };
    expect(await list('search=lodz')).toEqual([id]);
    expect(await list('search=seek-9')).toEqual([id]);
    expect(await list('search=100%25_s')).toEqual([id]);
    expect(await list('search=100%25xs')).toEqual([]);
    await change(id, { archived: true });
    expect(await list('search=lodz&archived=true')).toEqual([id]);
    expect(await list('search=lodz&archived=false')).toEqual([]);
  });

  it('can be named by lines of orders, and are gone only for new ones', async () => {
    const client = await user.call<{ readonly id: number }>({
      method: 'POST',
      path: '/clients',
      body: { name: 'Iota', email: 'iota@example.com' },
    });
    const product = (await create({ name: 'Desk', unit_price: 200 })).body;
    const items = [{ product_name: 'Desk', quantity: 1, unit_price: 180, product_id: product.id }];
    const body = { client_id: client.body.id, items };
    const order = await user.call<{ id: number; items: { id: number }[] }>({
      method: 'POST',
      path: '/orders',
      body,
    });
    expect(order.body).toMatchObject({ items: [{ product_id: product.id, unit_price: 180 }] });
    await user.call({ method: 'DELETE', path: `/products/${product.id}` });
    expect((await user.call({ method: 'POST', path: '/orders', body })).status).toBe(400);
    const changed = await user.call({
      method: 'PUT',
      path: `/orders/${order.body.id}`,
      body: { items: [{ ...items[0], quantity: 2 }] },
    });
    expect(changed.body).toMatchObject({ items: [{ id: order.body.items[0]?.id, quantity: 2 }] });
  });
});
