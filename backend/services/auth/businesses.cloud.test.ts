import type { RowDataPacket } from 'mysql2/promise';
import { describe, expect, it, vi } from 'vitest';

import { newUid } from '../../../src/shared/domain/ids';
import { JPEG_LOGO, PNG_LOGO } from '../../../src/shared/domain/testing/logos';
import { openApiDocument } from '../../kit/http/openapi';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { callApi, CODE, PASSWORD, registerUser } from '../../kit/testing/cloud-user';
import { MOST_BUSINESSES } from './domain/new-business';
import type { Place } from './testing/auth-api';
import { pool, newEmail, post, get, refusalOf, userIdOf } from './testing/auth-api';

describe('members of a business', () => {
  function put(owner: Awaited<ReturnType<typeof registerUser>>, email: string, role: string) {
    return owner.call<{ email: string; role: string }>({
      method: 'PUT',
      path: '/business/members',
      body: { email, role },
    });
  }

  const placesOf = async ({ token }: Pick<CloudUser, 'token'>) =>
    (await get<Place[]>('/businesses', token)).body;

  it('may do what their role says, here and at other services, until they are removed', async () => {
    const owner = await registerUser();
    const other = await registerUser();
    const of = { 'x-business-id': owner.business };
    const look = () => other.call({ method: 'GET', path: '/clients', headers: of });
    const add = () =>
      other.call({
        method: 'POST',
        path: '/clients',
        headers: of,
        body: { name: 'Client', email: newEmail() },
      });
    expect((await look()).status).toBe(404);
    expect((await put(owner, other.email.toUpperCase(), 'viewer')).status).toBe(200);
    expect((await look()).status).toBe(404);
    await placesOf(other);
    const seconds = { timeout: 10_000, interval: 100 };
    await vi.waitFor(async () => expect((await look()).status).toBe(200), seconds);
    expect((await add()).status).toBe(403);
    await put(owner, other.email, 'bookkeeper');
    await vi.waitFor(async () => expect((await add()).status).toBe(201), seconds);
    const business = { method: 'PUT' as const, path: '/business', body: { phone: '1' } };
    expect((await other.call({ ...business, headers: of })).status).toBe(403);

    const members = await owner.call<{ user_id: number; email: string }[]>({
      method: 'GET',
      path: '/business/members',
    });
    expect(members.body.map((one) => one.email)).toEqual([owner.email, other.email]);
    const path = `/business/members/${members.body[1]!.user_id}`;
    expect((await owner.call({ method: 'DELETE', path })).status).toBe(204);
    expect((await other.call({ method: 'GET', path: '/business', headers: of })).status).toBe(404);
    await vi.waitFor(async () => expect((await look()).status).toBe(404), seconds);
    expect((await owner.call({ method: 'DELETE', path })).status).toBe(404);
    // What was his own is his still.
    expect((await other.call({ method: 'GET', path: '/clients' })).status).toBe(200);

    expect((await put(owner, other.email, 'viewer')).status).toBe(200);
    const places = await placesOf(other);
    expect(places.map((one) => one.business_id)).toEqual([other.business, owner.business]);
    await vi.waitFor(async () => expect((await look()).status).toBe(200), seconds);
  });

  it('always have an owner among them', async () => {
    const owner = await registerUser();
    const id = await userIdOf(owner.email);
    const remove = (userId: number) =>
      owner.call({ method: 'DELETE', path: `/business/members/${userId}` });
    expect(refusalOf(await remove(id))).toMatchObject({ status: 409, code: 'last_owner_stays' });
    expect(refusalOf(await put(owner, owner.email, 'viewer'))).toMatchObject({ status: 409 });

    // Two owners who take each other's place away at once: one of them stays.
    const second = await registerUser();
    await put(owner, second.email, 'owner');
    await placesOf(second);
    const secondId = await userIdOf(second.email);
    const answers = await Promise.all([
      remove(secondId),
      second.call({
        method: 'DELETE',
        path: `/business/members/${id}`,
        headers: { 'x-business-id': owner.business },
      }),
    ]);
    expect(answers.filter((one) => one.status === 204)).toHaveLength(1);
    const [rows] = await pool.query<RowDataPacket[]>(
      "select user_id from memberships where tenant = ? and role = 'owner' and removed_at is null",
      [owner.business],
    );
    expect(rows).toHaveLength(1);
  });

  it('are invited alike, whether there is an account or not', async () => {
    const owner = await registerUser();
    const known = await registerUser();
    const unconfirmed = newEmail();
    const unknown = newEmail();
    await post('/auth/register', { email: unconfirmed, password: PASSWORD });
    const all = [known.email, unconfirmed, unknown];
    for (const email of all) {
      const { status, body } = await put(owner, email.toUpperCase(), 'viewer');
      expect({ status, body }).toEqual({ status: 200, body: { email, role: 'viewer' } });
    }
    // Nor does a list tell before somebody comes.
    const listed = async (path: string) =>
      (await owner.call<{ id: number; email: string }[]>({ method: 'GET', path })).body;
    const invited = async () => (await listed('/business/invitations')).map(({ email }) => email);
    const members = async () => (await listed('/business/members')).map(({ email }) => email);
    expect(await invited()).toEqual(all);
    expect(await members()).toEqual([owner.email]);
    await put(owner, unknown, 'bookkeeper');
    expect(await invited()).toEqual(all);

    expect(await placesOf(known)).toMatchObject([{}, { business_id: owner.business }]);
    await post('/auth/confirm', { email: unconfirmed, code: CODE });
    expect(await invited()).toEqual([unconfirmed, unknown]);
    await post('/auth/login', { email: unconfirmed, password: PASSWORD });
    await post('/auth/register', { email: unknown, password: PASSWORD });
    await post('/auth/confirm', { email: unknown, code: CODE });
    const { body } = await post<{ token: string }>('/auth/login', {
      email: unknown,
      password: PASSWORD,
    });
    expect(await placesOf(body)).toMatchObject([
      { role: 'owner' },
      { business_id: owner.business, role: 'bookkeeper' },
    ]);
    expect(await members()).toEqual([owner.email, known.email, unconfirmed, unknown]);
    expect(await invited()).toEqual([]);
  });

  it('are not who was invited, once that was withdrawn', async () => {
    const owner = await registerUser();
    const other = await registerUser();
    await put(owner, other.email, 'owner');
    const path = '/business/invitations';
    const [invitation] = (await owner.call<{ id: number }[]>({ method: 'GET', path })).body;
    const withdraw = () =>
      owner.call({ method: 'DELETE', path: `${path}/${String(invitation?.id)}` });
    expect((await withdraw()).status).toBe(204);
    expect(refusalOf(await withdraw())).toMatchObject({ code: 'invitation_not_found' });
    expect(await placesOf(other)).toMatchObject([{ business_id: other.business }]);
  });
});

describe('a business', () => {
  it('can be a second one, used at once, and the first stays the first', async () => {
    const user = await registerUser();
    const second = await user.call<{ id: string; settings: object }>({
      method: 'POST',
      path: '/businesses',
      body: { name: 'Second GmbH', country: 'DE' },
    });
    expect(second.status).toBe(201);
    expect(second.body.settings).toMatchObject({ currency: 'EUR', timeZone: 'Europe/Berlin' });
    const body = { name: 'Client', email: newEmail() };
    const created = await user.call({
      method: 'POST',
      path: '/clients',
      headers: { 'x-business-id': second.body.id },
      body,
    });
    expect(created.status).toBe(201);
    expect((await user.call({ method: 'GET', path: '/clients' })).body).toEqual([]);
    const found = await user.call<{ id: string }>({ method: 'GET', path: '/business' });
    expect(found.body.id).toBe(user.business);
  });

  it('is one of so many that one user can make, whoever owns them by then', async () => {
    const user = await registerUser();
    const heir = await registerUser();
    const make = (body: object = {}) =>
      user.call<{ id: string }>({
        method: 'POST',
        path: '/businesses',
        body: { name: 'Another', ...body },
      });
    const uid = newUid();
    const brought = await make({ uid });
    const headers = { 'x-business-id': brought.body.id };
    const role = { email: heir.email, role: 'owner' };
    await user.call({ method: 'PUT', path: '/business/members', headers, body: role });
    await heir.call({ method: 'GET', path: '/businesses' });
    const path = `/business/members/${await userIdOf(user.email)}`;
    expect((await user.call({ method: 'DELETE', path, headers })).status).toBe(204);
    // With the first business, which registering made, and the one that was given away.
    for (let made = 2; made < MOST_BUSINESSES - 1; made += 1) {
      expect((await make()).status).toBe(201);
    }
    const last = newUid();
    const both = await Promise.all([make({ uid: last }), make()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(refusalOf(await make())).toMatchObject({ status: 409, code: 'too_many_businesses' });
    const { body } = await get<Place[]>('/businesses', user.token);
    expect(body).toHaveLength(MOST_BUSINESSES - 1);
    const known = body.at(-1)!.business_id;
    expect((await make({ uid: known })).body.id).toBe(known);
  });

  it('changes where a change says so, by who has seen it', async () => {
    const user = await registerUser();
    const put = (body: object, etag = '"1"') =>
      user.call<{ settings: object }>({
        method: 'PUT',
        path: '/business',
        body,
        headers: { 'if-match': etag },
      });
    const changed = await put({ phone: '123', sendReceipts: true });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(changed.body.settings).toMatchObject({ name: 'Acme Ltd', phone: '123' });
    expect(refusalOf(await put({ phone: '4' }))).toMatchObject({ code: 'stale_revision' });
    expect((await put({ phone: '123' }, '"2"')).headers.get('etag')).toBe('"2"');
    const details = { kind: 'iban', holder: '', bankName: '', iban: 'PL1', bic: '' };
    const account = { uid: user.business, label: 'Main', currency: 'PLN', details };
    const wrong = await put({ bankAccounts: [account] }, '"2"');
    expect(wrong.status).toBe(400);
    expect(refusalOf(wrong).errors?.[0]?.field).toBe('bankAccounts.0.details.iban');
    expect((await put({ currency: 'KWD' }, '"2"')).status).toBe(400);
  });

  it('has a logo only where that is a picture, and keeps an older one that is none', async () => {
    const user = await registerUser();
    const broken = { ...PNG_LOGO, base64: 'A'.repeat(400) };
    const put = (body: object) => user.call({ method: 'PUT', path: '/business', body });
    const settings = (await user.call<{ settings: object }>({ method: 'GET', path: '/business' }))
      .body.settings;
    for (const [logo, code] of [
      [broken, 'logo_unreadable'],
      [{ ...PNG_LOGO, width: 5 }, 'logo_size_differs'],
      [{ ...PNG_LOGO, mime: 'image/gif' }, 'invalid_value'],
      [{ ...PNG_LOGO, base64: 'A'.repeat(700_004) }, 'too_big'],
    ] as const) {
      const refused = refusalOf(await put({ logo }));
      expect(refused).toMatchObject({ status: 400, errors: [{ code }] });
      expect(refused.errors?.[0]?.field).toMatch(/^logo/u);
    }
    const created = await user.call({
      method: 'POST',
      path: '/businesses',
      body: { name: 'Second', settings: { ...settings, logo: broken } },
    });
    expect(refusalOf(created)).toMatchObject({
      status: 400,
      errors: [{ field: 'settings.logo', code: 'logo_unreadable' }],
    });
    expect((await put({ logo: JPEG_LOGO })).status).toBe(200);

    await pool.query(
      "update businesses set settings = json_set(settings, '$.logo', json_extract(?, '$')) where tenant = ?",
      [JSON.stringify(broken), user.business],
    );
    const kept = await user.call<{ settings: object }>({ method: 'GET', path: '/business' });
    expect(kept.body.settings).toMatchObject({ logo: broken });
    expect((await put({ ...kept.body.settings, phone: '5' })).status).toBe(200);
  });

  it('may have a logo of the largest size, and tells of it', async () => {
    const user = await registerUser();
    // Whatever stands after the end of a PNG belongs to nobody.
    const picture = Buffer.from(PNG_LOGO.base64, 'base64');
    const base64 = Buffer.concat([picture, Buffer.alloc(525_000 - picture.length)]).toString(
      'base64',
    );
    const logo = { ...PNG_LOGO, base64 };
    for (const phone of ['1', '2', '3']) {
      const put = { method: 'PUT' as const, path: '/business', body: { logo, phone } };
      expect((await user.call(put)).status).toBe(200);
    }
    await vi.waitFor(
      async () => {
        const [rows] = await pool.query<RowDataPacket[]>(
          'select position from outbox where tenant = ? and published_at is null',
          [user.business],
        );
        expect(rows).toEqual([]);
      },
      { timeout: 10_000, interval: 100 },
    );
  });
});

it('shows the OpenAPI document to everybody', async () => {
  const answer = await callApi({ method: 'GET', path: '/openapi.json' });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});
