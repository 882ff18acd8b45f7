import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { MembershipState } from '../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { ScratchDatabase } from '../testing/scratch-database';
import { createScratchDatabase } from '../testing/scratch-database';
import { createMembershipProjection } from './membership-projection';
import { ServiceUnavailableError } from './service-unavailable';

let scratch: ScratchDatabase;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database);
});

afterAll(() => scratch.drop());

const NOBODY = { get: () => Promise.resolve(null), post: () => Promise.resolve(null) };

function membership(more: Partial<MembershipState> = {}): MembershipState {
  return {
    user: newUid(),
    user_id: 1,
    business: newUid<BusinessUid>(),
    role: 'owner',
    position: 0,
    revision: 1,
    removed: false,
    ...more,
  };
}

it('applies events in whatever order they come', async () => {
  const projection = createMembershipProjection(scratch.db, NOBODY);
  const first = membership();
  const viewer: MembershipState = { ...first, role: 'viewer', revision: 2 };
  const gone: MembershipState = { ...first, role: 'bookkeeper', revision: 3, removed: true };
  for (const state of [viewer, first, viewer]) await projection.apply(state);
  expect(await projection.find(first.user)).toEqual([viewer]);
  for (const state of [gone, viewer, first]) await projection.apply(state);
  expect(await projection.find(first.user)).toEqual([]);
});

it('gives the first business first', async () => {
  const projection = createMembershipProjection(scratch.db, NOBODY);
  const second = membership({ position: 1 });
  const first = membership({ user: second.user });
  await projection.apply(second);
  await projection.apply(first);
  expect((await projection.find(first.user)).map((one) => one.business)).toEqual([
    first.business,
    second.business,
  ]);
});

it('asks the auth service about a user that no event told of, once', async () => {
  const state = membership();
  const asked: string[] = [];
  const calls = {
    get: (service: string, path: string) => {
      asked.push(`${service}${path}`);
      return Promise.resolve([state]);
    },
    post: NOBODY.post,
  };
  const projection = createMembershipProjection(scratch.db, calls);
  expect(await projection.find(state.user)).toEqual([state]);
  expect(await createMembershipProjection(scratch.db, calls).find(state.user)).toEqual([state]);
  expect(asked).toEqual([`auth/memberships/${state.user}`]);
});

it('is not silent about an auth service that cannot be asked', async () => {
  const calls = {
    get: () => Promise.reject(new ServiceUnavailableError('auth cannot be asked')),
    post: NOBODY.post,
  };
  const projection = createMembershipProjection(scratch.db, calls);
  await expect(projection.find(newUid())).rejects.toThrow(ServiceUnavailableError);
});
