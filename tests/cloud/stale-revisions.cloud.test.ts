import { beforeAll, expect, it } from 'vitest';

import { ALL_ROUTES } from '../../src/shared/contracts/rest-v1/routes';
import { callRoute, DOORS, withToken } from './support/call-route';
import type { Tenant } from './support/tenant';
import { createTenant, snapshot } from './support/tenant';
import { validCallsOf } from './support/valid-calls';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await createTenant('Acme Ltd');
});

const changing = ALL_ROUTES.filter(
  ({ hasETag, method }) => hasETag === true && (method === 'PUT' || method === 'DELETE'),
);

it.each(changing.map((route) => [route.operationId, route] as const))(
  '%s is refused on a revision that is no more, and changes nothing',
  async (_, route) => {
    const before = await snapshot(tenant);
    const headers = withToken(tenant.owner.token, { 'if-match': '"0"' });
    for (const door of DOORS) {
      const answer = await callRoute(route, validCallsOf(route).build(tenant), headers, door);
      expect([answer.status, answer.body], door).toMatchObject([409, { code: 'stale_revision' }]);
    }
    expect(await snapshot(tenant)).toEqual(before);
  },
);
