import { expect, it } from 'vitest';

import type { MembershipState } from '../../../src/shared/contracts/events/events';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { MembershipSource } from './membership';
import { memberOf } from './membership';

const FIRST = newUid<BusinessUid>();
const SECOND = newUid<BusinessUid>();
const CALLER = { sub: 'user-1', email: 'a@example.com', expiresAt: new Date() };

function membership(business: BusinessUid, role: Role, position: number): MembershipState {
  return { user: 'user-1', user_id: 1, business, role, position, revision: 1, removed: false };
}

const SOURCE: MembershipSource = {
  find: (sub) =>
    Promise.resolve(
      sub === 'user-1' ? [membership(FIRST, 'owner', 0), membership(SECOND, 'viewer', 1)] : [],
    ),
};

it('takes the first business of the caller when the call names none', async () => {
  const member = await memberOf(SOURCE, CALLER, undefined, 'owner');
  expect(member).toEqual({ tenant: FIRST, userId: 1, role: 'owner' });
});

it('takes the business that the call names', async () => {
  expect(await memberOf(SOURCE, CALLER, SECOND, 'viewer')).toMatchObject({ tenant: SECOND });
});

it('does not find the business of someone else, nor one for a stranger', async () => {
  const foreign = newUid<BusinessUid>();
  expect(await memberOf(SOURCE, CALLER, foreign, 'viewer')).toMatchObject({ status: 404 });
  const stranger = { ...CALLER, sub: 'user-2' };
  expect(await memberOf(SOURCE, stranger, FIRST, 'viewer')).toMatchObject({ status: 404 });
  expect(await memberOf(SOURCE, stranger, undefined, 'viewer')).toMatchObject({ status: 404 });
});

it('asks for the role that the route needs', async () => {
  expect(await memberOf(SOURCE, CALLER, SECOND, 'bookkeeper')).toMatchObject({ status: 403 });
});

it('asks anew for a business that no event has told of yet, and only then', async () => {
  const third = newUid<BusinessUid>();
  let asked = 0;
  const source: MembershipSource = {
    ...SOURCE,
    findAnew: () => {
      asked += 1;
      return Promise.resolve([membership(FIRST, 'owner', 1), membership(third, 'owner', 3)]);
    },
  };
  expect(await memberOf(source, CALLER, FIRST, 'viewer')).toMatchObject({ tenant: FIRST });
  expect(asked).toBe(0);
  expect(await memberOf(source, CALLER, third, 'viewer')).toMatchObject({ tenant: third });
  const foreign = newUid<BusinessUid>();
  expect(await memberOf(source, CALLER, foreign, 'viewer')).toMatchObject({ status: 404 });
});
