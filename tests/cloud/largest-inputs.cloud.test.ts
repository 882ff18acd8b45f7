import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  attachmentOf,
  createClient,
  mailsTo,
  newAddress,
} from '../../backend/kit/testing/cloud-mail';
import { createInvoice, untilDelivery } from '../../backend/kit/testing/cloud-mail';
import type { CloudUser, TestAnswer } from '../../backend/kit/testing/cloud-user';
import { registerUser } from '../../backend/kit/testing/cloud-user';
import { aClientRecord } from '../../backend/kit/testing/wire-records';
import type { InvoiceView } from '../../src/shared/contracts/rest-v1/invoices';
import type { OrderView } from '../../src/shared/contracts/rest-v1/orders';
import type { PushAnswer } from '../../src/shared/contracts/sync/protocol';
import { MAX_BATCH, PROTOCOL_VERSION } from '../../src/shared/contracts/sync/protocol';
import { newUid } from '../../src/shared/domain/ids';

const BODY_LIMIT = 2 * 1024 * 1024;
const BULK_BODY_LIMIT = 4 * 1024 * 1024;
const LINES = 1_000;
const PAGE_LINES = 3_000;

/** Takes two bytes in JSON, and in memory makes two of every other character of its string. */
const LETTER = 'ż';

/** As long as it may be; a thousand of them are as much as a body may hold. */
const TEXT = LETTER.repeat(40).padEnd(2_000, 'Consulting ');
const ITEMS = Array.from({ length: LINES }, () => ({
  description: TEXT,
  quantity: 1.5,
  unit_price: 10,
}));

/** The body, when it is of about the largest size. */
function large<T extends object>(body: T, limit = BODY_LIMIT): T {
  expect(sizeOf(body)).toBeGreaterThan(limit * 0.95);
  expect(sizeOf(body)).toBeLessThanOrEqual(limit);
  return body;
}

function sizeOf(body: object): number {
  return Buffer.byteLength(JSON.stringify(body));
}

let user: CloudUser;
let clientId: number;

beforeAll(async () => {
  user = await registerUser();
  clientId = await createClient(user, newAddress());
});

/** A service that had run out of memory would have been started again, as another process. */
afterEach(() => {
  for (const [service, pid] of Object.entries(inject('cloud').pids)) {
    expect(() => process.kill(pid, 0), service).not.toThrow();
  }
});

describe('the largest that is taken', () => {
  it('is printed and mailed: a thousand lines of two megabytes', async () => {
    const address = newAddress();
    const to = await createClient(user, address);
    const { id } = await createInvoice(user, to, large({ items: ITEMS }));
    expect((await untilDelivery(user, id, 'sent')).items).toHaveLength(LINES);
    const mails = await mailsTo(address);
    expect(mails.map((mail) => attachmentOf(mail).name)).toHaveLength(1);
  });

  it('is listed page by page, each with as many as there is room for', async () => {
    const body = large({ client_id: clientId, status: 'draft', items: ITEMS });
    for (let count = 0; count < 4; count += 1) {
      const created = await Promise.all([post('/invoices', body), post('/invoices', body)]);
      expect(created.map(({ status }) => status)).toEqual([201, 201]);
    }
    const pages = await listAll<InvoiceView>(`/invoices?client_id=${clientId}&limit=500`);
    expect(pages.flat()).toHaveLength(8);
    for (const page of pages) expectRoom(page);
  });

  it('is an order, and listed the same', async () => {
    const item = { product_name: LETTER.repeat(200), quantity: 2, unit_price: 10 };
    const body = { client_id: clientId, items: ITEMS.map(() => item) };
    for (let count = 0; count < 4; count += 1) {
      expect((await post('/orders', body)).status).toBe(201);
    }
    const pages = await listAll<OrderView>(`/orders?client_id=${clientId}&limit=500`);
    expect(pages.map((page) => page.length)).toEqual([3, 1]);
  });

  it('is a batch of a device', async () => {
    const device = newUid();
    const mutations = Array.from({ length: MAX_BATCH }, (_, index) => {
      const record = aClientRecord({ notes: LETTER.repeat(3_750) });
      return { uid: record.uid, uuid: newUid(), seq: index + 1, body: { kind: 'create', record } };
    });
    const protocol = PROTOCOL_VERSION;
    const body = large(
      { protocol, device, epoch: null, acknowledged: 0, mutations },
      BULK_BODY_LIMIT,
    );
    const registered = await post('/sync/devices', {
      protocol,
      device,
      name: 'Laptop',
      replaces: null,
    });
    expect(registered.status).toBe(200);
    const answer = await post<PushAnswer>('/sync/clients/mutations', body);
    expect([answer.status, answer.body.kind]).toEqual([200, 'done']);
    if (answer.body.kind !== 'done') throw new Error('nothing was applied');
    const kinds = new Set(answer.body.outcomes.map(({ outcome }) => outcome.kind));
    expect([...kinds]).toEqual(['applied']);
  });
});

it('is refused with a byte more', async () => {
  const bodyOf = (text: string) => ({ client_id: clientId, notes: text, items: [] });
  const largest = bodyOf('x'.repeat(BODY_LIMIT - sizeOf(bodyOf(''))));
  expect(sizeOf(largest)).toBe(BODY_LIMIT);
  expect((await post('/invoices', largest)).status).toBe(400);
  const larger = { ...largest, notes: `${largest.notes}x` };
  expect((await post('/invoices', larger)).status).toBe(413);
});

function post<T = unknown>(path: string, body: object): Promise<TestAnswer<T>> {
  return user.call<T>({ method: 'POST', path, body });
}

function expectRoom(page: readonly { readonly items: readonly unknown[] }[]): void {
  const count = page.reduce((sum, { items }) => sum + items.length, 0);
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThanOrEqual(PAGE_LINES);
}

/** All pages, as their links lead from one to the next. */
async function listAll<T extends { readonly id: number }>(path: string): Promise<readonly T[][]> {
  const list = path.slice(0, path.indexOf('?'));
  const pages: T[][] = [];
  let query: string | undefined = path.slice(path.indexOf('?'));
  while (query !== undefined) {
    const page: TestAnswer<T[]> = await user.call({ method: 'GET', path: `${list}${query}` });
    expect(page.status).toBe(200);
    pages.push(page.body);
    query = /^<(\?[^>]+)>; rel="next"$/u.exec(page.headers.get('link') ?? '')?.[1];
  }
  const ids = pages.flat().map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => one - other));
  return pages;
}
