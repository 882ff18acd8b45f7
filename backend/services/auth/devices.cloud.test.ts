import type { RowDataPacket } from 'mysql2/promise';
import { describe, expect, it } from 'vitest';

import { newUid } from '../../../src/shared/domain/ids';
import { callApi, registerUser } from '../../kit/testing/cloud-user';
import { cloud, pool, refusalOf } from './testing/auth-api';
import { join, register } from './testing/sync-api';

it('tells whoever has only its address where to sign in', async () => {
  expect(await callApi({ method: 'GET', path: '/auth/config' })).toMatchObject({
    status: 200,
    body: {
      region: cloud.region,
      user_pool_id: cloud.userPoolId,
      user_pool_client_id: cloud.userPoolClientId,
      user_pool_endpoint: cloud.userPoolEndpoint,
    },
  });
});

describe('devices', () => {
  it('R2 have letters of their own, however many register at once, and the same ever after', async () => {
    const owner = await registerUser();
    const devices = Array.from({ length: 8 }, () => newUid());
    // Each of them twice at the same time.
    const answers = await Promise.all(
      [...devices, ...devices].map((device) => register(owner, { device })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const letters = answers.map(({ body }) => body.letter);
    expect(letters.slice(0, 8).toSorted()).toEqual(['', 'B', 'D', 'E', 'F', 'G', 'H', 'I']);
    expect(letters.slice(8)).toEqual(letters.slice(0, 8));
    const again = await register(owner, { device: devices[3], name: 'Another name' });
    expect(again.body).toEqual({ device: devices[3], letter: letters[3] });
    const other = await registerUser();
    expect((await register(other, { device: devices[3] })).body.letter).toBe('');
  });

  it('R3 take the place of others under a letter that nobody had', async () => {
    const owner = await registerUser();
    const first = (await register(owner)).body;
    const second = (await register(owner, { replaces: first.device })).body;
    const third = (await register(owner, { replaces: second.device })).body;
    expect([first, second, third].map(({ letter }) => letter)).toEqual(['', 'B', 'D']);
    const [rows] = await pool.query<RowDataPacket[]>(
      'select letter from devices where tenant = ? and retired_at is not null order by letter',
      [owner.business],
    );
    expect(rows.map(({ letter }) => String(letter))).toEqual(['', 'B']);
  });

  it('R4 that speak an old version are told to update, and those of viewers may not', async () => {
    const owner = await registerUser();
    const old = await register(owner, { protocol: 0 });
    expect(refusalOf(old)).toMatchObject({ status: 409, code: 'update_required' });
    const path = '/sync/poll?protocol=0&wait=0';
    expect(refusalOf(await owner.call({ method: 'GET', path }))).toMatchObject({
      code: 'update_required',
    });
    const { user, headers } = await join(owner, 'viewer');
    expect((await register(user, {}, headers)).status).toBe(403);
    expect((await register(owner)).body.letter).toBe('');
  });
});
