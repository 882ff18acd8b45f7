import fc from 'fast-check';

import { appApi, type MethodName } from '../../src/shared/contracts/app-api';
import { apiResult } from '../../src/shared/contracts/api-result';
import type { Api } from './support/api';
import { openSession } from './support/api';
import { expect, test } from './support/app';
import { createBusiness } from './support/business';
import { requestRaw } from './support/raw-request';

const METHODS = Object.keys(appApi) as MethodName[];

/** What a person would see of the books, to find out that nothing changed. */
async function look(api: Api): Promise<unknown> {
  return {
    state: await api('app.state', {}),
    business: await api('businesses.get', {}),
    clients: await api('clients.list', {}),
    products: await api('products.list', {}),
    invoices: await api('invoices.list', {}),
    orders: await api('orders.list', {}),
    series: await api('series.list', {}),
    taxCodes: await api('taxCodes.list', {}),
  };
}

test('malformed calls of every method get a typed error and change nothing', async ({
  app,
  api,
}) => {
  test.setTimeout(120_000);
  await createBusiness(api);
  const before = await look(api);
  const { address, token } = app.browserShell!;
  const authorization = `Bearer ${await openSession(address, token)}`;

  const malformed = fc.constantFrom(...METHODS).chain((method) =>
    fc.tuple(
      fc.constant(method),
      fc
        .oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...fieldsOf(method)), fc.jsonValue()))
        .filter((input) => !appApi[method].input.safeParse(input).success),
    ),
  );
  await fc.assert(
    fc.asyncProperty(malformed, async ([method, input]) => {
      const answer = await requestRaw(address, {
        method: 'POST',
        path: `/api/${method}`,
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const result = apiResult.parse(JSON.parse(answer.body));
      expect(result).toMatchObject({ ok: false, error: { kind: 'refused' } });
      // 400 where the JSON itself is refused, as with a field named __proto__.
      expect([400, 422]).toContain(answer.status);
    }),
    { numRuns: 600, examples: [[['invoices.updateDraft', { ['__proto__']: {} }]]] },
  );
  expect(await look(api)).toEqual(before);
});

test('requests that are no calls get a typed error', async ({ app, api }) => {
  await createBusiness(api);
  const before = await look(api);
  const { address, token } = app.browserShell!;
  const authorization = `Bearer ${await openSession(address, token)}`;
  const json = { authorization, 'content-type': 'application/json' };
  const create = { method: 'POST', path: '/api/clients.create' };

  const cases = [
    { status: 400, kind: 'refused', request: { ...create, headers: json, body: '{' } },
    { status: 400, kind: 'refused', request: { ...create, headers: json, body: '' } },
    {
      status: 400,
      kind: 'refused',
      request: { ...create, headers: json, body: '{"__proto__":{"isAdmin":true}}' },
    },
    {
      status: 415,
      kind: 'refused',
      request: { ...create, headers: { ...json, 'content-type': 'text/plain' }, body: '{}' },
    },
    {
      status: 413,
      kind: 'refused',
      request: { ...create, headers: json, body: JSON.stringify('x'.repeat(2_100_000)) },
    },
    {
      status: 404,
      kind: 'unknown_method',
      request: { method: 'POST', path: '/api/clients.nope', headers: json, body: '{}' },
    },
    {
      status: 404,
      kind: 'unknown_method',
      request: { method: 'POST', path: '/api/__proto__', headers: json, body: '{}' },
    },
    {
      status: 404,
      kind: 'not_found',
      request: { method: 'GET', path: '/api/clients.list', headers: json },
    },
  ];
  for (const { status, kind, request } of cases) {
    const answer = await requestRaw(address, request);
    expect(answer.status, request.path).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { kind } });
  }
  expect(await look(api)).toEqual(before);
});

/** Names of the fields of a method's input, so that the guesses hit something. */
function fieldsOf(method: MethodName): readonly string[] {
  return ['uid', 'limit', ...Object.keys(appApi[method].input.shape)];
}
