import { randomUUID } from 'node:crypto';

import type { RowDataPacket } from 'mysql2/promise';
import { createPool } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';

import type { ClientView } from '../../../src/shared/contracts/rest-v1/clients';
import type { Problem } from '../../../src/shared/contracts/rest-v1/problem';
import type { CloudUser, TestAnswer } from '../../kit/testing/cloud-user';
import { callApi, registerUser } from '../../kit/testing/cloud-user';

let user: CloudUser;
const pool = createPool({ ...inject('cloud').database, database: 'doccentr_clients' });

beforeAll(async () => {
  user = await registerUser();
});

afterAll(() => pool.end());

function newEmail(): string {
  return `books-${randomUUID()}@client.example`;
}

function create(body: object, headers: Readonly<Record<string, string>> = {}, of = user) {
  return of.call<ClientView>({ method: 'POST', path: '/clients', body, headers });
}

async function created(more: object = {}): Promise<ClientView> {
  const answer = await create({ name: 'Client Ltd', email: newEmail(), ...more });
  expect(answer.status).toBe(201);
  return answer.body;
}

function update(id: number, body: object, headers: Readonly<Record<string, string>> = {}) {
  return user.call<ClientView>({ method: 'PUT', path: `/clients/${id}`, body, headers });
}

function read(path: string, headers: Readonly<Record<string, string>> = {}) {
  return user.call<ClientView>({ method: 'GET', path, headers });
}

function list(query: string, of = user) {
  return of.call<ClientView[]>({ method: 'GET', path: `/clients?${query}` });
}

function problemOf(answer: TestAnswer): Problem {
  return answer.body as Problem;
}

describe('a client', () => {
  it('is kept as it was described', async () => {
    const email = newEmail();
    const postal_address = {
      line1: 'Długa 1',
      line2: '',
      postalCode: '00-238',
      city: 'Warszawa',
      region: '',
      country: 'PL',
    };
    const answer = await create({ name: ' Zażółć sp. z o.o. ', email, postal_address, phone: '1' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toMatchObject({
      name: 'Zażółć sp. z o.o.',
      email,
      phone: '1',
      address: 'Długa 1\n00-238 Warszawa\nPOLAND',
      postal_address,
      archived: false,
      revision: 1,
    });
    expect((await read(`/clients/${answer.body.id}`)).body).toEqual(answer.body);
  });

  it('changes where a change says so, and under a new ETag', async () => {
    const before = await created({ phone: '1', language: 'pl' });
    const answer = await update(before.id, { phone: '2', archived: true });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    const { updated_at, ...rest } = answer.body;
    expect(rest).toEqual({
      ...Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'updated_at')),
      phone: '2',
      archived: true,
      revision: 2,
    });
    expect(updated_at >= before.updated_at).toBe(true);
    expect((await update(before.id, { phone: '2' })).headers.get('etag')).toBe('"2"');
  });

  it('is not sent again to who has it, nor changed by who has not seen it', async () => {
    const { id } = await created();
    const unchanged = await read(`/clients/${id}`, { 'if-none-match': '"1"' });
    expect([unchanged.status, unchanged.body]).toEqual([304, null]);
    expect((await update(id, { phone: '2' }, { 'if-match': '"1"' })).status).toBe(200);
    const stale = await update(id, { phone: '3' }, { 'if-match': '"1"' });
    expect([stale.status, problemOf(stale).code]).toEqual([409, 'stale_revision']);
    const path = `/clients/${id}`;
    const kept = await user.call({ method: 'DELETE', path, headers: { 'if-match': '"1"' } });
    expect(kept.status).toBe(409);
    expect((await read(path)).body.phone).toBe('2');
  });

  it('is gone once it is deleted', async () => {
    const { id } = await created();
    const path = `/clients/${id}`;
    expect((await user.call({ method: 'DELETE', path })).status).toBe(204);
    expect((await read(path)).status).toBe(404);
    expect((await update(id, { phone: '2' })).status).toBe(404);
    expect((await user.call({ method: 'DELETE', path })).status).toBe(404);
    expect((await list('limit=500')).body.some((one) => one.id === id)).toBe(false);
  });

  it('is archived, not deleted, while an order or an invoice names it', async () => {
    const { id } = await created();
    const path = `/clients/${id}`;
    const remove = () => user.call<Problem>({ method: 'DELETE', path });
    const post = (to: string, body: object) =>
      user.call<{ readonly id: number }>({ method: 'POST', path: to, body });
    for (const [to, item, more] of [
      ['/orders', { product_name: 'Work', quantity: 1, unit_price: 1 }, {}],
      ['/invoices', { description: 'Work', quantity: 1, unit_price: 1 }, { status: 'draft' }],
    ] as const) {
      const document = await post(to, { client_id: id, items: [item], ...more });
      expect(document.status).toBe(201);
      // At once: before any event could have told of it.
      const refused = await remove();
      expect([refused.status, refused.body.code]).toEqual([409, 'client_has_documents']);
      expect(refused.body.detail).toContain('Archive');
      expect((await read(path)).status).toBe(200);
      const gone = await user.call({ method: 'DELETE', path: `${to}/${document.body.id}` });
      expect(gone.status).toBe(204);
    }
    expect((await update(id, { archived: true })).body.archived).toBe(true);
    // Nothing names it any more.
    expect((await remove()).status).toBe(204);
    expect((await read(path)).status).toBe(404);
  });

  it('is of one business alone', async () => {
    const { id, email } = await created();
    const stranger = await registerUser();
    const path = `/clients/${id}`;
    for (const call of [
      { method: 'GET' as const, path },
      { method: 'PUT' as const, path, body: { name: 'Mine' } },
      { method: 'DELETE' as const, path },
    ]) {
      expect((await stranger.call(call)).status).toBe(404);
      expect((await callApi(call)).status).toBe(401);
      const inOther = { ...call, headers: { 'x-business-id': user.business } };
      expect((await stranger.call(inOther)).status).toBe(404);
    }
    expect((await list('', stranger)).body).toEqual([]);
    expect((await create({ name: 'Same', email }, {}, stranger)).status).toBe(201);
    expect((await read(path)).body.name).toBe('Client Ltd');
  });

  it.each([
    [{ email: 'a@b.example' }, 'name', 'required'],
    [{ name: ' ', email: 'a@b.example' }, 'name', 'too_small'],
    [{ name: 'A', email: 'nobody' }, 'email', 'invalid_format'],
    [{ name: 'A\u0007', email: 'a@b.example' }, 'name', 'text_unprintable'],
    [{ name: 'A\nB', email: 'a@b.example' }, 'name', 'text_not_one_line'],
    [{ name: '\u200b\u3164', email: 'a@b.example' }, 'name', 'too_small'],
    [{ name: 'A', email: 'a@b.example', language: 'tlh' }, 'language', 'invalid_value'],
    [{ name: 'A', email: 'a@b.example', phone: 'x'.repeat(41) }, 'phone', 'too_big'],
  ])('is refused as %j', async (body, field, code) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(problemOf(answer).errors).toEqual([expect.objectContaining({ field, code })]);
  });
});

describe('an e-mail address', () => {
  it('belongs to one client, whatever its capitals, until that one is deleted', async () => {
    const first = await created();
    const taken = await create({ name: 'Other', email: first.email.toUpperCase() });
    expect(taken.status).toBe(409);
    expect(problemOf(taken)).toMatchObject({
      code: 'email_taken',
      errors: [{ field: 'email', code: 'email_taken' }],
    });
    const other = await created();
    expect((await update(other.id, { email: first.email })).status).toBe(409);
    expect((await update(first.id, { email: first.email.toUpperCase() })).status).toBe(200);
    await user.call({ method: 'DELETE', path: `/clients/${first.id}` });
    expect((await update(other.id, { email: first.email })).status).toBe(200);
  });

  it('goes to one of many who want it at once', async () => {
    const email = newEmail();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => create({ name: `Client ${index}`, email })),
    );
    const statuses = answers.map((one) => one.status).toSorted();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('may be there twice where it came by another way', async () => {
    const duplicate = await created();
    await pool.query('update clients set email_key = null where id = ?', [duplicate.id]);
    expect((await create({ name: 'Other', email: duplicate.email })).status).toBe(201);
    expect((await update(duplicate.id, { phone: '2' })).status).toBe(200);
    expect((await list(`email=${encodeURIComponent(duplicate.email)}`)).body).toHaveLength(2);
  });
});

describe('a call that is repeated with its key', () => {
  it('has its effect once, also when both arrive at the same time', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { name: 'Once', email: newEmail() };
    const answers = await Promise.all([create(body, headers), create(body, headers)]);
    const later = await create(body, headers);
    expect([...answers, later].map((one) => one.status)).toEqual([201, 201, 201]);
    expect(new Set([...answers, later].map((one) => one.body.id)).size).toBe(1);
    const another = await create({ ...body, name: 'Twice' }, headers);
    expect(problemOf(another)).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
  });

  it('is answered with the first outcome, not with a taken address', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const { email } = await created();
    expect((await create({ name: 'A', email }, headers)).status).toBe(409);
    // A refusal leaves the key free.
    expect((await create({ name: 'A', email: newEmail() }, headers)).status).toBe(201);
  });
});

describe('the list of clients', () => {
  let owner: CloudUser;
  const names = ['Zażółć', 'Straße', 'Acme 100%', 'Acme 1000', 'Łódź', 'ΑΘΗΝΑ', 'Last_one'];

  beforeAll(async () => {
    owner = await registerUser();
    for (const [index, name] of names.entries()) {
      await create({ name, email: `c${index}@list.example`, contact_name: 'Ivo' }, {}, owner);
    }
  });

  it('goes on where a page ends', async () => {
    const seen: string[] = [];
    let query = 'limit=3';
    for (let pages = 1; ; pages += 1) {
      const answer = await list(query, owner);
      seen.push(...answer.body.map((one) => one.name));
      const next = /^<\?(.*)>; rel="next"$/u.exec(answer.headers.get('link') ?? '')?.[1];
      expect(answer.body).toHaveLength(next === undefined ? 1 : 3);
      if (next === undefined) {
        expect(pages).toBe(3);
        break;
      }
      query = next;
    }
    expect(seen).toEqual(names);
  });

  it.each([
    ['search=zazolc', ['Zażółć']],
    ['search=STRASSE', ['Straße']],
    ['search=lodz', ['Łódź']],
    ['search=αθηνα', ['ΑΘΗΝΑ']],
    ['search=100%25', ['Acme 100%']],
    ['search=t_o', ['Last_one']],
    ['search=c4@list', ['Łódź']],
    ['search=ivo', names],
    ['search=nobody', []],
    ['email=C1@list.example', ['Straße']],
    ['archived=true', []],
    ['archived=false', names],
  ])('finds by %s', async (query, expected) => {
    expect((await list(query, owner)).body.map((one) => one.name)).toEqual(expected);
  });

  it.each(['limit=0', 'limit=501', 'cursor=nonsense', 'archived=maybe', 'limit=1&limit=2'])(
    'refuses %s',
    async (query) => {
      expect((await list(query, owner)).status).toBe(400);
    },
  );

  it('shows archived clients where they are asked for', async () => {
    const [first] = (await list('limit=1', owner)).body;
    const path = `/clients/${first!.id}`;
    await owner.call({ method: 'PUT', path, body: { archived: true } });
    expect((await list('archived=true', owner)).body).toHaveLength(1);
    expect((await list('', owner)).body).toHaveLength(names.length);
  });
});

describe('what the service tells', () => {
  it('is the whole state after each change, once', async () => {
    const { id, uid } = await created();
    await update(id, { name: 'Renamed' });
    await update(id, { name: 'Renamed' });
    await user.call({ method: 'DELETE', path: `/clients/${id}` });
    const rows = await vi.waitFor(
      async () => {
        const [found] = await pool.query<RowDataPacket[]>(
          'select name, data, published_at from outbox where tenant = ? and data like ? order by position',
          [user.business, `%${uid}%`],
        );
        expect(found.every((row) => row['published_at'] !== null)).toBe(true);
        return found;
      },
      { timeout: 10_000, interval: 100 },
    );
    const told = rows.map((row) => {
      const data = JSON.parse(String(row['data'])) as Record<string, unknown>;
      return [String(row['name']), data['revision'], data['name'], data['deleted']] as const;
    });
    expect(told).toEqual([
      ['ClientCreated', 1, 'Client Ltd', false],
      ['ClientUpdated', 2, 'Renamed', false],
      ['ClientDeleted', 3, 'Renamed', true],
    ]);
  });

  it('is told to other services alone', async () => {
    const { id } = await created();
    const path = `/internal/v1/tenants/${user.business}/clients/${id}`;
    const direct = await callApi({ method: 'GET', path }, inject('cloud').services['clients']);
    expect(direct.status).toBe(401);
    const withToken = { authorization: `Bearer ${user.token}`, 'x-doccentr-service': user.token };
    const own = await callApi(
      { method: 'GET', path, headers: withToken },
      inject('cloud').services['clients'],
    );
    expect(own.status).toBe(401);
  });
});
