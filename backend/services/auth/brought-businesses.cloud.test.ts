import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';

import type { PullAnswer } from '../../../src/shared/contracts/sync/protocol';
import { PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import { newUid } from '../../../src/shared/domain/ids';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';
import type { Place } from './testing/auth-api';
import { eventsOf, get, newEmail, refusalOf } from './testing/auth-api';
import type { Business } from './testing/sync-api';
import { business, createDevice, join, pullSettings, register } from './testing/sync-api';

describe('a business that a device brings along', () => {
  const created_at = '2026-01-02T03:04:05.678Z';

  async function bring(user: CloudUser, more: object = {}) {
    const { type, uid, createdAt, ...settings } = (await pullSettings(user)).business;
    expect([type, uid, typeof createdAt]).toEqual(['business', user.business, 'string']);
    const body = { name: 'Local Ltd', settings: { ...settings, name: 'Local Ltd' }, created_at };
    return user.call<Business>({
      method: 'POST',
      path: '/businesses',
      body: { ...body, ...more },
    });
  }

  const places = async (user: CloudUser) => (await get<Place[]>('/businesses', user.token)).body;

  it('keeps its uid, once, and is nobody else’s', async () => {
    const user = await registerUser();
    const uid = newUid();
    const answers = await Promise.all(Array.from({ length: 4 }, () => bring(user, { uid })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    for (const { body } of answers) expect(body).toEqual(answers[0]!.body);
    expect(answers[0]!.body).toMatchObject({ id: uid, settings: { name: 'Local Ltd' } });
    expect((await places(user)).map(({ name }) => name)).toEqual(['Acme Ltd', 'Local Ltd']);
    const other = await registerUser();
    expect(refusalOf(await bring(other, { uid }))).toMatchObject({
      status: 409,
      code: 'business_exists',
    });
    expect(refusalOf(await bring(other, { uid: user.business }))).toMatchObject({ status: 409 });
    expect(await places(other)).toHaveLength(1);

    // Its own record is there already, as the device tells it.
    const record = {
      ...(await pullSettings(user)).business,
      uid,
      name: 'Local Ltd',
      createdAt: created_at,
    };
    const device = createDevice(user, { 'x-business-id': uid });
    expect(await device.push(uid, { kind: 'create', record })).toMatchObject({ kind: 'applied' });
    const path = `/sync/settings/changes?protocol=${PROTOCOL_VERSION}&cursor=0`;
    const pulled = await get<PullAnswer>(path, user.token, uid);
    expect(pulled.body).toMatchObject({ changes: [{ record }] });
  });

  it('takes the place of the first one that nobody has used', async () => {
    const user = await registerUser();
    expect(await places(user)).toMatchObject([{ is_pristine: true }]);
    const uid = newUid();
    expect((await bring(user, { uid, replaces: user.business })).status).toBe(201);
    expect(await places(user)).toMatchObject([{ business_id: uid, is_pristine: false }]);
    expect((await user.call<Business>({ method: 'GET', path: '/business' })).body.id).toBe(uid);
    expect(await eventsOf('user', decodeJwt(user.token).sub ?? '')).toEqual([
      'MembershipChanged',
      'MembershipChanged',
      'MembershipChanged',
    ]);
  });

  it.each([
    ['has a device', (user: CloudUser) => register(user)],
    [
      'was changed',
      (user: CloudUser) => user.call({ method: 'PUT', path: '/business', body: { phone: '1' } }),
    ],
    ['has another member', (user: CloudUser) => join(user, 'viewer')],
    [
      'has somebody invited',
      (user: CloudUser) =>
        user.call({
          method: 'PUT',
          path: '/business/members',
          body: { email: newEmail(), role: 'viewer' },
        }),
    ],
    [
      'has a client',
      (user: CloudUser) =>
        user.call({ method: 'POST', path: '/clients', body: { name: 'C', email: newEmail() } }),
    ],
  ])('leaves alone one that %s', async (_, use) => {
    const user = await registerUser();
    await use(user);
    // Of records at other services an event tells.
    await vi.waitFor(
      async () => expect(await places(user)).toMatchObject([{ is_pristine: false }]),
      { timeout: 10_000, interval: 100 },
    );
    await bring(user, { uid: newUid(), replaces: user.business });
    expect(await places(user)).toHaveLength(2);
  });

  it('cannot replace somebody else’s, nor bring accounts that cannot be', async () => {
    const user = await registerUser();
    const other = await registerUser();
    expect((await bring(user, { uid: newUid(), replaces: other.business })).status).toBe(201);
    expect(await places(other)).toHaveLength(1);
    const details = { kind: 'iban', holder: '', bankName: '', iban: 'PL1', bic: '' };
    const account = { uid: newUid(), label: 'Main', currency: 'PLN', details };
    const { settings } = await business(user);
    const wrong = await bring(user, { settings: { ...settings, bankAccounts: [account] } });
    expect(refusalOf(wrong).errors?.[0]?.field).toBe('settings.bankAccounts.0.details.iban');
  });
});
