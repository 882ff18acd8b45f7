import {
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import type { RowDataPacket } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';

import { callApi, CODE, PASSWORD, registerUser } from '../../kit/testing/cloud-user';
import type { Session, Place } from './testing/auth-api';
import {
  RESET_CODE,
  cloud,
  pool,
  cognito,
  newEmail,
  post,
  get,
  bearer,
  login,
  refusalOf,
  eventsOf,
  userIdOf,
  signUpWithCognito,
  signInWithCognito,
} from './testing/auth-api';

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
      Array.from({ length: 12 }, () => post('/auth/register', { email, password: PASSWORD })),
    );
    const refused = Array.from({ length: 11 }, () => 409);
    expect(answers.map((one) => one.status).toSorted()).toEqual([200, ...refused]);
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
    await owner.call({
      method: 'PUT',
      path: '/business/members',
      body: { email: victim.email, role: 'viewer' },
    });
    expect((await get<Place[]>('/businesses', token)).body).toHaveLength(1);
    expect((await get<Place[]>('/businesses', victim.token)).body).toHaveLength(2);
    expect((await get('/business', token, owner.business)).status).toBe(404);
    expect((await get('/business', victim.token, owner.business)).status).toBe(200);
  });
});
