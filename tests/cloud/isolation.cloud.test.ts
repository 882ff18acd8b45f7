import { beforeAll, describe, expect, it } from 'vitest';

import { BUSINESS_HEADER } from '../../backend/kit/identity/membership';
import { callApi } from '../../backend/kit/testing/cloud-user';
import { newUid } from '../../src/shared/domain/ids';
import type { Problem } from '../../src/shared/contracts/rest-v1/problem';
import type { Route } from '../../src/shared/contracts/rest-v1/route';
import { needsToken } from '../../src/shared/contracts/rest-v1/route';
import { ALL_ROUTES } from '../../src/shared/contracts/rest-v1/routes';
import { callRoute, DOORS, withToken } from './support/call-route';
import type { Tenant } from './support/tenant';
import { createTenant, newOrder, snapshot } from './support/tenant';
import { accessTokenOf, expiredToken, sameToken, tokenOfAnotherPool } from './support/tokens';
import { VALID_CALLS, validCallsOf } from './support/valid-calls';

/** Whose data the calls are after, and who makes them. */
let own: Tenant;
let foreign: Tenant;
let wrongTokens: Readonly<Record<string, string>>;

beforeAll(async () => {
  [own, foreign] = await Promise.all([createTenant('Acme Ltd'), createTenant('Zeta GmbH')]);
  const { token, email } = own.owner;
  wrongTokens = {
    expired: await expiredToken(token),
    'of another pool': await tokenOfAnotherPool(email),
    'for another use': await accessTokenOf(email),
    'without a signature': `${token.split('.').slice(0, 2).join('.')}.`,
  };
});

const guarded = ALL_ROUTES.filter(needsToken);
const ofMembers = guarded.filter((route) => typeof route.access === 'object');
const withIds = ofMembers.filter((route) => route.params !== undefined);
const beyondViewers = ofMembers.filter(
  (route) => typeof route.access === 'object' && route.access.member !== 'viewer',
);
const writing = ofMembers.filter((route) => route.method === 'POST' || route.method === 'PUT');
const byId = (routes: readonly Route[]) =>
  routes.map((route) => [route.operationId, route] as const);

it('is tried for every operation of the API', () => {
  const operations = ALL_ROUTES.map((route) => route.operationId);
  expect(Object.keys(VALID_CALLS).sort()).toEqual(operations.sort());
});

describe('without a token that is right', () => {
  it.each(byId(guarded))('%s is refused', async (_, route) => {
    const before = await snapshot(own);
    const valid = validCallsOf(route).build(own);
    for (const door of DOORS) {
      expect((await callRoute(route, valid, {}, door)).status, `none, ${door}`).toBe(401);
      for (const [name, token] of Object.entries(wrongTokens)) {
        const answer = await callRoute(route, valid, withToken(token), door);
        expect(answer.status, `${name}, ${door}`).toBe(401);
      }
    }
    expect(await snapshot(own)).toEqual(before);
  });

  it('is refused for what is wrong with it, not for who signed it', async () => {
    const token = await sameToken(own.owner.token);
    for (const path of ['/business', '/clients', '/orders', '/invoices']) {
      const answer = await callApi({ method: 'GET', path, headers: withToken(token) });
      expect(answer.status, path).toBe(200);
    }
  });
});

describe('somebody of another business', () => {
  it.each(byId(withIds))('%s does not find what is not his', async (_, route) => {
    const before = await snapshot(own);
    const valid = validCallsOf(route).build(own);
    for (const door of DOORS) {
      const answer = await callRoute(route, valid, withToken(foreign.owner.token), door);
      expect([answer.status, answer.body], door).toMatchObject([404, { status: 404 }]);
    }
    expect(await snapshot(own)).toEqual(before);
  });

  it.each(byId(ofMembers))('%s does not find the business that he names', async (_, route) => {
    const before = await snapshot(own);
    const headers = withToken(foreign.owner.token, { [BUSINESS_HEADER]: own.owner.business });
    for (const door of DOORS) {
      const answer = await callRoute(route, validCallsOf(route).build(own), headers, door);
      expect([answer.status, answer.body], door).toMatchObject([
        404,
        { code: 'business_not_found' },
      ]);
    }
    expect(await snapshot(own)).toEqual(before);
  });

  it.each([
    ['client_id', 'POST', '/orders', () => newOrder(own.clientId, null)],
    ['items.0.product_id', 'POST', '/orders', () => newOrder(foreign.clientId, own.productId)],
    ['client_id', 'PUT', 'order', () => ({ client_id: own.clientId })],
    [
      'items.0.id',
      'PUT',
      'order',
      () => ({ items: [{ ...own.order.items[0], product_id: null }] }),
    ],
    ['client_id', 'POST', '/invoices', () => invoice({ client_id: own.clientId })],
    ['order_id', 'POST', '/invoices', () => invoice({ order_id: own.order.id })],
  ] as const)('cannot refer to it: %s of %s %s', async (field, method, path, body) => {
    const before = await snapshot(own);
    const answer = await foreign.owner.call<Problem>({
      method,
      path: path === 'order' ? `/orders/${foreign.order.id}` : path,
      body: body(),
    });
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
    expect(await snapshot(own)).toEqual(before);
  });
});

function invoice(more: object) {
  return {
    client_id: foreign.clientId,
    status: 'draft',
    items: [{ description: 'Work', quantity: 1, unit_price: 1 }],
    ...more,
  };
}

describe('a viewer', () => {
  it.each(byId(beyondViewers))('is refused %s', async (_, route) => {
    const before = await snapshot(own);
    const headers = withToken(own.viewer.token, { [BUSINESS_HEADER]: own.owner.business });
    for (const door of DOORS) {
      const answer = await callRoute(route, validCallsOf(route).build(own), headers, door);
      expect([answer.status, answer.body], door).toMatchObject([
        403,
        { code: 'role_insufficient' },
      ]);
    }
    expect(await snapshot(own)).toEqual(before);
  });
});

describe('a viewer of what devices tell', () => {
  const pushing = ALL_ROUTES.filter(({ path }) => /^\/sync\/\w+\/mutations$/u.test(path));
  it.each(byId(pushing))('R17 asks by %s, and is refused to tell anything', async (_, route) => {
    const before = await snapshot(own);
    const headers = withToken(own.viewer.token, { [BUSINESS_HEADER]: own.owner.business });
    const { body = {} } = validCallsOf(route).build(own);
    const change = { uuid: newUid(), seq: 1, uid: own.sent.uid, body: { kind: 'restore' } };
    for (const door of DOORS) {
      expect((await callRoute(route, { body }, headers, door)).status, door).toBe(200);
      const telling = { body: { ...body, mutations: [change] } };
      expect(await callRoute(route, telling, headers, door), door).toMatchObject({
        status: 403,
        body: { code: 'role_insufficient' },
      });
    }
    expect(await snapshot(own)).toEqual(before);
  });
});

describe('the owner', () => {
  it.each(byId(writing))('%s heeds no identity in the body', async (_, route) => {
    const before = await snapshot(foreign);
    const { prepare, build } = validCallsOf(route);
    const valid = prepare === undefined ? build(own) : await prepare(own);
    const { sent, owner } = foreign;
    const identity = {
      id: sent.id,
      uid: sent.uid,
      tenant: owner.business,
      tenant_id: owner.business,
      business: owner.business,
      business_id: owner.business,
      user: owner.email,
    };
    const body = { ...valid.body, ...identity };
    const answer = await callRoute(route, { ...valid, body }, withToken(own.owner.token));
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    if (valid.params !== undefined || answer.body.id !== undefined) {
      expect(answer.body).not.toMatchObject({ uid: sent.uid });
    }
    expect(await snapshot(foreign)).toEqual(before);
  });

  it.each(byId(ALL_ROUTES))('%s is answered as the contract says', async (_, route) => {
    const { prepare, build } = validCallsOf(route);
    const valid = prepare === undefined ? build(own) : await prepare(own);
    const answer = await callRoute(
      route,
      valid,
      needsToken(route) ? withToken(own.owner.token) : {},
    );
    const promised = Object.keys(route.success).map(Number);
    expect(promised, JSON.stringify(answer.body)).toContain(answer.status);
  });
});
