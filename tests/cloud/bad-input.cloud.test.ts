import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';

import { createInvoice, mailsTo, untilDelivery } from '../../backend/kit/testing/cloud-mail';
import type { CloudUser, TestAnswer, TestCall } from '../../backend/kit/testing/cloud-user';
import { callApi, CODE, PASSWORD, registerUser } from '../../backend/kit/testing/cloud-user';
import type { ClientView } from '../../src/shared/contracts/rest-v1/clients';
import { problem } from '../../src/shared/contracts/rest-v1/problem';
import type { Route } from '../../src/shared/contracts/rest-v1/route';
import { ALL_ROUTES } from '../../src/shared/contracts/rest-v1/routes';
import { newUid } from '../../src/shared/domain/ids';

let user: CloudUser;

beforeAll(async () => {
  user = await registerUser();
});

const fieldsOf = (answer: TestAnswer) => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(400);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  return problem.parse(answer.body).errors?.map(({ field }) => field);
};

describe('a body that is null', () => {
  const writing = ALL_ROUTES.filter(({ method }) => method === 'POST' || method === 'PUT');
  const byId = (routes: readonly Route[]) =>
    routes.map((route) => [route.operationId, route] as const);

  /** The gateway, and the service itself. */
  function sendNull({ method, path, service, params }: Route): Promise<readonly TestAnswer[]> {
    const filled = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
      const field: unknown = params?.shape[name];
      return field instanceof z.ZodType && field.safeParse('1').success ? '1' : newUid();
    });
    const { apiUrl, services } = inject('cloud');
    const call: TestCall = {
      method,
      path: filled,
      body: null,
      headers: { authorization: `Bearer ${user.token}` },
    };
    return Promise.all(
      [apiUrl, `${services[service] ?? ''}/v1`].map((door) => callApi(call, door)),
    );
  }

  it.each(byId(writing.filter(({ body }) => body !== undefined)))(
    '%s refuses it',
    async (_, route) => {
      for (const answer of await sendNull(route)) expect(fieldsOf(answer)).toEqual(['']);
    },
  );

  it.each(byId(writing.filter(({ body }) => body === undefined)))(
    '%s, which takes no body, heeds none',
    async (_, route) => {
      const [first, ...others] = (await sendNull(route)).map(({ status }) => status);
      expect(others).toEqual([first]);
      expect(first).toBeLessThan(500);
    },
  );
});

describe('an address that means nothing', () => {
  it.each([
    '%00',
    '%0d%0aX: y',
    '%20',
    '%C3%A4',
    '%F0%9F%98%80',
    '%ff',
    '%zz',
    '%',
    '1'.repeat(300),
  ])('is refused, not taken for a service that is away: /clients/%s', async (part) => {
    const { apiUrl, services } = inject('cloud');
    for (const door of [apiUrl, `${services['clients'] ?? ''}/v1`]) {
      const headers = { authorization: `Bearer ${user.token}` };
      const answer = await callApi({ method: 'GET', path: `/clients/${part}`, headers }, door);
      expect(answer.status, door).toBe(400);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(problem.parse(answer.body).status).toBe(400);
    }
  });
});

describe('an e-mail address', () => {
  /** RFC 5321: 64 characters, the @, and what is left of 254 or more in parts of 63 at most. */
  function addressOf(length: 254 | 255): string {
    const local = randomUUID().replaceAll('-', '').padEnd(64, 'x');
    const domain = ['a'.repeat(63), 'b'.repeat(63)].join('.');
    return `${local}@${domain}.`.padEnd(length, 'c');
  }

  const asUser = (method: TestCall['method'], path: string, body: object) =>
    user.call<ClientView>({ method, path, body });

  it('of 254 characters is a client, who is found, changed and written to', async () => {
    const [email, other] = [addressOf(254), addressOf(254)];
    expect(email).toHaveLength(254);
    const created = await asUser('POST', '/clients', { name: 'Far away', email });
    expect([created.status, created.body.email]).toEqual([201, email]);
    const path = `/clients/${created.body.id}`;
    const found = await user.call<ClientView[]>({ method: 'GET', path: `/clients?email=${email}` });
    expect(found.body.map(({ id }) => id)).toEqual([created.body.id]);
    expect((await asUser('POST', '/clients', { name: 'Twin', email })).status).toBe(409);
    const changed = await asUser('PUT', path, { email: other });
    expect([changed.status, changed.body.email]).toEqual([200, other]);

    const invoice = await createInvoice(user, created.body.id);
    await untilDelivery(user, invoice.id, 'sent');
    expect(await mailsTo(other)).toHaveLength(1);
    const kept = await user.call<{ recipient: string }[]>({
      method: 'GET',
      path: `/invoices/${invoice.id}/notifications`,
    });
    expect(kept.body.map(({ recipient }) => recipient)).toEqual([other]);
  });

  it('of 254 characters is a user, a member and what mails of a business answer to', async () => {
    const email = addressOf(254);
    const post = (path: string, body: object) => callApi({ method: 'POST', path, body });
    expect((await post('/auth/register', { email, password: PASSWORD })).status).toBe(200);
    expect((await post('/auth/confirm', { email, code: CODE })).status).toBe(200);
    expect((await post('/auth/login', { email, password: PASSWORD })).status).toBe(200);
    const member = await asUser('PUT', '/business/members', { email, role: 'viewer' });
    expect([member.status, member.body.email]).toEqual([200, email]);
    const mail = { replyTo: email, subject: '', body: '' };
    const business = await asUser('PUT', '/business', { email, mail });
    expect(business.status).toBe(200);
    expect(business.body).toMatchObject({ settings: { email, mail } });
  });

  const TOO_LONG = addressOf(255);

  it.each<readonly [TestCall['method'], string, object, string]>([
    ['POST', '/auth/register', { email: TOO_LONG, password: PASSWORD }, 'email'],
    ['POST', '/auth/confirm', { email: TOO_LONG, code: CODE }, 'email'],
    ['POST', '/auth/login', { email: TOO_LONG, password: PASSWORD }, 'email'],
    ['POST', '/auth/reset-password', { email: TOO_LONG }, 'email'],
    ['POST', '/auth/confirm-reset', { email: TOO_LONG, code: CODE, password: PASSWORD }, 'email'],
    ['PUT', '/business/members', { email: TOO_LONG, role: 'viewer' }, 'email'],
    ['PUT', '/business', { email: TOO_LONG }, 'email'],
    ['PUT', '/business', { mail: { replyTo: TOO_LONG, subject: '', body: '' } }, 'mail.replyTo'],
    ['POST', '/clients', { name: 'Far away', email: TOO_LONG }, 'email'],
    ['PUT', '/clients/1', { email: TOO_LONG }, 'email'],
  ])('of 255 characters is refused: %s %s', async (method, path, body, field) => {
    expect(TOO_LONG).toHaveLength(255);
    expect(fieldsOf(await asUser(method, path, body))).toEqual([field]);
  });
});
