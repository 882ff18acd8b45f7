import { randomUUID } from 'node:crypto';

import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import type { RowDataPacket } from 'mysql2/promise';
import { createPool } from 'mysql2/promise';
import { afterAll, describe, expect, inject, it, vi } from 'vitest';

import { openApiDocument } from '../../kit/http/openapi';
import type { Problem } from '../../../src/shared/contracts/rest-v1/problem';
import type { TestAnswer } from '../../kit/testing/cloud-user';
import { callApi, registerUser } from '../../kit/testing/cloud-user';

interface Session {
  readonly token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

interface Place {
  readonly business_id: string;
  readonly name: string;
  readonly role: string;
}

const PASSWORD = 'Correct horse 1';
/** The codes of the emulator's Cognito. */
const CODE = '123456';
const RESET_CODE = '654321';

const cloud = inject('cloud');
const pool = createPool({ ...cloud.database, database: 'doccentr_auth' });
const cognito = new CognitoIdentityProviderClient({
  region: cloud.region,
  endpoint: cloud.userPoolEndpoint,
  credentials: cloud.adminCredentials,
});

afterAll(async () => {
  cognito.destroy();
  await pool.end();
});

function newEmail(): string {
  return `person-${randomUUID()}@acme.example`;
}

function post<T>(path: string, body: object): Promise<TestAnswer<T>> {
  return callApi<T>({ method: 'POST', path, body });
}

function get<T>(path: string, token: string, business?: string): Promise<TestAnswer<T>> {
  return callApi<T>({ method: 'GET', path, headers: bearer(token, business) });
}

function bearer(token: string, business?: string) {
  return {
    authorization: `Bearer ${token}`,
    ...(business === undefined ? {} : { 'x-business-id': business }),
  };
}

function login(email: string, password = PASSWORD): Promise<TestAnswer<Session>> {
  return post<Session>('/auth/login', { email, password });
}

/** What a refusal says, without the name of the request. */
function refusalOf(answer: TestAnswer) {
  return { ...(answer.body as Problem), instance: '' };
}

async function eventsOf(field: 'user_id' | 'user', value: number | string) {
  const [rows] = await pool.query<RowDataPacket[]>(
    'select name, tenant, data from outbox where data like ? order by position',
    [`%"${field}":${JSON.stringify(value)}%`],
  );
  return rows.map((row) => String(row['name']));
}

async function userIdOf(email: string): Promise<number> {
  const [rows] = await pool.query<RowDataPacket[]>('select id from users where email = ?', [email]);
  expect(rows).toHaveLength(1);
  return Number(rows[0]?.['id']);
}

/** A user whom Cognito knows and this service does not. */
async function signUpWithCognito(email: string): Promise<string> {
  const { UserSub } = await cognito.send(
    new SignUpCommand({
      ClientId: cloud.userPoolClientId,
      Username: email,
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
  await cognito.send(
    new ConfirmSignUpCommand({
      ClientId: cloud.userPoolClientId,
      Username: email,
      ConfirmationCode: CODE,
    }),
  );
  return UserSub ?? '';
}

/** A sign-in that the API has no part in, as the app does it by SRP. */
async function signInWithCognito(email: string) {
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: cloud.userPoolId,
      ClientId: cloud.userPoolClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD },
    }),
  );
  return {
    token: AuthenticationResult?.IdToken ?? '',
    accessToken: AuthenticationResult?.AccessToken ?? '',
    refreshToken: AuthenticationResult?.RefreshToken ?? '',
  };
}

describe('registering', () => {
  it('makes a user, a business by its country, and the membership, and tells of each', async () => {
    const email = newEmail();
    const business = { name: 'Zażółć sp. z o.o.', country: 'PL' };
    const registered = await post<{ business_id: string; confirmed: boolean }>('/auth/register', {
      email: email.toUpperCase().replace('ACME.EXAMPLE', 'acme.example'),
      password: PASSWORD,
      business,
    });
    expect(registered).toMatchObject({ status: 200, body: { confirmed: false } });
    expect((await post('/auth/confirm', { email, code: CODE })).body).toEqual({ confirmed: true });
    const { token } = (await login(email)).body;
    const found = await get<{ id: string; settings: object }>('/business', token);
    expect(found.headers.get('etag')).toBe('"1"');
    expect(found.body).toMatchObject({
      id: registered.body.business_id,
      settings: {
        name: business.name,
        address: { country: 'PL' },
        currency: 'PLN',
        timeZone: 'Europe/Warsaw',
        language: 'pl',
        reminders: { enabled: false, daysAfterDue: [3, 10, 20] },
        sendReceipts: false,
      },
    });
    const id = await userIdOf(email);
    expect((await eventsOf('user_id', id)).toSorted()).toEqual([
      'MembershipChanged',
      'UserLoggedIn',
      'UserRegistered',
    ]);
    const [told] = await pool.query<RowDataPacket[]>(
      'select name from outbox where tenant = ? order by position',
      [registered.body.business_id],
    );
    expect(told.map((row) => String(row['name']))).toEqual([
      'BusinessUpdated',
      'MembershipChanged',
    ]);
  });

  it('refuses an address that is taken, a weak password and bad input by its field', async () => {
    const { email } = await registerUser();
    const taken = await post('/auth/register', { email: email.toUpperCase(), password: PASSWORD });
    expect(refusalOf(taken)).toMatchObject({
      status: 409,
      code: 'email_taken',
      errors: [{ field: 'email', code: 'email_taken' }],
    });
    const weak = await post('/auth/register', { email: newEmail(), password: 'short' });
    expect(refusalOf(weak)).toMatchObject({
      status: 400,
      errors: [{ field: 'password', code: 'password_weak' }],
    });
    const business = { time_zone: 'Mars/Olympus', country: 'pl' };
    const bad = await post('/auth/register', { email: 'nobody', password: '', business });
    expect(
      refusalOf(bad)
        .errors?.map((one) => one.field)
        .toSorted(),
    ).toEqual(['business.country', 'business.time_zone', 'email', 'password']);
  });

  it('lets one of many win who want an address at once', async () => {
    const email = newEmail();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post('/auth/register', { email, password: PASSWORD })),
    );
    expect(answers.map((one) => one.status).toSorted()).toEqual([200, 409, 409, 409, 409]);
    await userIdOf(email);
  });
});

describe('an account whose making was cut off after Cognito', () => {
  it('is made by the sign-in, once, from however many sides', async () => {
    const email = newEmail();
    await signUpWithCognito(email);
    const answers = await Promise.all(Array.from({ length: 6 }, () => login(email)));
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200, 200, 200]);
    const { body } = await get<Place[]>('/businesses', answers[0]!.body.token);
    expect(body).toEqual([expect.objectContaining({ name: email, role: 'owner' })]);
    const events = await eventsOf('user_id', await userIdOf(email));
    expect(events.filter((name) => name === 'UserRegistered')).toHaveLength(1);
    expect(events.filter((name) => name === 'UserLoggedIn')).toHaveLength(6);
  });

  it('is made by the first token, at whatever service', async () => {
    const email = newEmail();
    await signUpWithCognito(email);
    const { token } = await signInWithCognito(email);
    const clients = await Promise.all(Array.from({ length: 4 }, () => get('/clients', token)));
    for (const answer of clients) expect(answer).toMatchObject({ status: 200, body: [] });
    expect((await get<Place[]>('/businesses', token)).body).toHaveLength(1);
  });

  it('is made by the confirmation', async () => {
    const email = newEmail();
    await cognito.send(
      new SignUpCommand({
        ClientId: cloud.userPoolClientId,
        Username: email,
        Password: PASSWORD,
        UserAttributes: [{ Name: 'email', Value: email }],
      }),
    );
    expect((await post('/auth/confirm', { email, code: CODE })).status).toBe(200);
    await userIdOf(email);
  });
});

describe('signing in', () => {
  it('answers strangers alike, whoever they ask about', async () => {
    const { email } = await registerUser();
    const unconfirmed = newEmail();
    await post('/auth/register', { email: unconfirmed, password: PASSWORD });
    const answers = await Promise.all([
      login(email, 'Wrong horse 1'),
      login(newEmail()),
      login(unconfirmed),
      login(unconfirmed, 'Wrong horse 1'),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(refusalOf(answer)).toEqual(refusalOf(answers[0]));
    }
  });

  it('tells of a login and of a session, not of a refresh', async () => {
    const { email } = await registerUser();
    const id = await userIdOf(email);
    const logins = async () =>
      (await eventsOf('user_id', id)).filter((name) => name === 'UserLoggedIn').length;
    const before = await logins();
    const { refresh_token } = (await login(email.toUpperCase())).body;
    expect(await logins()).toBe(before + 1);
    const refreshed = await post<Session>('/auth/refresh', { refresh_token });
    expect(refreshed.body).toMatchObject({ refresh_token, expires_in: 3_600 });
    expect(await logins()).toBe(before + 1);
    const session = await callApi<{ memberships: Place[] }>({
      method: 'POST',
      path: '/auth/session',
      headers: bearer(refreshed.body.token),
    });
    expect(session.body.memberships).toHaveLength(1);
    expect(await logins()).toBe(before + 2);
  });

  it('verifies a token', async () => {
    const { email, token, business } = await registerUser();
    const answer = await get<{ expires_at: string }>('/auth/verify', token);
    expect(answer.body).toMatchObject({
      valid: true,
      email,
      memberships: [{ business_id: business, role: 'owner' }],
    });
    expect(new Date(answer.body.expires_at).getTime()).toBeGreaterThan(Date.now());
    expect((await get('/auth/verify', 'nonsense')).status).toBe(401);
    expect((await post('/auth/refresh', { refresh_token: 'nonsense' })).status).toBe(401);
  });

  it('takes no code but the right one', async () => {
    const { email } = await registerUser();
    const unconfirmed = newEmail();
    await post('/auth/register', { email: unconfirmed, password: PASSWORD });
    const answers = await Promise.all(
      [email, unconfirmed, newEmail()].map((one) =>
        post('/auth/confirm', { email: one, code: '111111' }),
      ),
    );
    for (const answer of answers) {
      expect(refusalOf(answer)).toMatchObject({
        status: 400,
        errors: [{ field: 'code', code: 'code_invalid' }],
      });
    }
  });
});

describe('a new password', () => {
  it('is set by the mailed code', async () => {
    const { email } = await registerUser();
    await post('/auth/reset-password', { email });
    const wrong = await post('/auth/confirm-reset', { email, code: '111111', password: 'Other 1' });
    expect(refusalOf(wrong)).toMatchObject({ status: 400, errors: [{ field: 'code' }] });
    const weak = await post('/auth/confirm-reset', { email, code: RESET_CODE, password: 'short' });
    expect(refusalOf(weak)).toMatchObject({ status: 400, errors: [{ field: 'password' }] });
    const password = 'Other horse 22';
    const set = await post('/auth/confirm-reset', { email, code: RESET_CODE, password });
    expect(set).toMatchObject({ status: 200, body: { accepted: true } });
    expect((await login(email)).status).toBe(401);
    expect((await login(email, password)).status).toBe(200);
  });

  it('can be asked for by everybody, with the same answer in the same time', async () => {
    const { email } = await registerUser();
    async function ask(address: string) {
      const started = performance.now();
      const answer = await post('/auth/reset-password', { email: address });
      expect(answer).toMatchObject({ status: 200, body: { accepted: true } });
      return performance.now() - started;
    }
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      known.push(await ask(email));
      unknown.push(await ask(newEmail()));
    }
    expect(Math.min(...known, ...unknown)).toBeGreaterThan(380);
    expect(Math.abs(Math.min(...known) - Math.min(...unknown))).toBeLessThan(150);
    const code = await Promise.all(
      [email, newEmail()].map((one) =>
        post('/auth/confirm-reset', { email: one, code: '111111', password: PASSWORD }),
      ),
    );
    expect(refusalOf(code[0]!)).toEqual(refusalOf(code[1]!));
  });
});

describe('what a user can write about himself', () => {
  it('changes nothing about what he may see', async () => {
    const victim = await registerUser();
    const owner = await registerUser();
    const attacker = await registerUser();
    await victim.call({
      method: 'POST',
      path: '/clients',
      body: { name: 'Secret', email: newEmail() },
    });
    const tokens = await signInWithCognito(attacker.email);
    const attributes = [
      ['email', victim.email],
      ['name', victim.business],
      ['email_verified', 'true'],
      ['preferred_username', victim.email],
      ['profile', victim.business],
      ...['tenant', 'business', 'business_id', 'role', 'sub'].map((name) => [
        `custom:${name}`,
        victim.business,
      ]),
    ] as const;
    for (const [Name, Value] of attributes) {
      // Some of them Cognito refuses, and some the emulator takes that Cognito would refuse.
      await cognito
        .send(
          new UpdateUserAttributesCommand({
            AccessToken: tokens.accessToken,
            UserAttributes: [{ Name, Value }],
          }),
        )
        .catch((error: unknown) => expect(error).toBeInstanceOf(Error));
    }
    const refreshed = await post<Session>('/auth/refresh', {
      refresh_token: tokens.refreshToken,
    });
    const { token } = refreshed.body;
    const claims = decodeJwt(token);
    expect(claims.sub).toBe(decodeJwt(attacker.token).sub);
    expect(claims['name']).toBe(victim.business);

    const { body } = await get<Place[]>('/businesses', token);
    expect(body.map((one) => one.business_id)).toEqual([attacker.business]);
    expect((await get('/clients', token)).body).toEqual([]);
    for (const path of ['/clients', '/business', '/business/members']) {
      expect((await get(path, token, victim.business)).status).toBe(404);
    }
    // Who is let in by the victim's address is the victim.
    const added = await owner.call<{ user_id: number }>({
      method: 'PUT',
      path: '/business/members',
      body: { email: victim.email, role: 'viewer' },
    });
    expect(added.body.user_id).toBe(await userIdOf(victim.email));
    expect((await get('/business', token, owner.business)).status).toBe(404);
    expect((await get('/business', victim.token, owner.business)).status).toBe(200);
  });
});

describe('members of a business', () => {
  function put(owner: Awaited<ReturnType<typeof registerUser>>, email: string, role: string) {
    return owner.call<{ user_id: number }>({
      method: 'PUT',
      path: '/business/members',
      body: { email, role },
    });
  }

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
    await vi.waitFor(async () => expect((await look()).status).toBe(200), seconds);
    const { body } = await get<Place[]>('/businesses', other.token);
    expect(body.map((one) => one.business_id)).toEqual([other.business, owner.business]);
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
    const secondId = (await put(owner, second.email, 'owner')).body.user_id;
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

  it('are people who have registered and confirmed', async () => {
    const owner = await registerUser();
    const unconfirmed = newEmail();
    await post('/auth/register', { email: unconfirmed, password: PASSWORD });
    for (const email of [newEmail(), unconfirmed]) {
      expect(refusalOf(await put(owner, email, 'viewer'))).toMatchObject({
        status: 404,
        code: 'user_not_found',
      });
    }
    await post('/auth/confirm', { email: unconfirmed, code: CODE });
    expect((await put(owner, unconfirmed, 'viewer')).status).toBe(200);
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

  it('may have a logo of the largest size, and tells of it', async () => {
    const user = await registerUser();
    const logo = { mime: 'image/png', width: 10, height: 10, base64: 'A'.repeat(700_000) };
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
