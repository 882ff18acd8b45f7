import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';

import { PASSWORD } from '../../src/core/account/testing/test-account';
import { Account } from '../../src/core/account/account';
import { openCloudDoor } from '../../src/core/testing/cloud-door';
import { useCloudMachines } from '../../src/core/testing/cloud-machines';
import { codeOf, enrolAuthenticator } from './support/authenticator';
import { keptToken, readTokens } from './support/kept-tokens';
import { deleteUser, disableUser, enableUser, revokeSignIns } from './support/pool-users';
import { expiringToken } from './support/tokens';

const machines = useCloudMachines();

describe('a sign-in that Cognito itself ends', () => {
  it.each([
    ['revoked everywhere', revokeSignIns, () => Promise.resolve()],
    ['of a user who was disabled', disableUser, enableUser],
  ])(
    '%s: work goes on, and nothing is lost when the user is back',
    async (_what, end, bringBack) => {
      const machine = await machines.add();
      const uid = await machine.createBusiness('Acme Ltd');
      const email = await machine.signUp();
      await machine.call('account.adopt', { uid, into: null });
      await machine.untilSaved();

      await end(email);
      // The token of the hour holds on; what refuses it has it renewed, which Cognito refuses.
      machines.door.decide = ({ path }) =>
        path.startsWith('/sync/') ? { status: 401, code: 'unauthorised' } : null;
      const client = await machine.addClient('Zenith Ltd');
      await machine.until(({ phase }) => phase === 'sign_in_needed');
      expect(await machine.call('account.state', {})).toMatchObject({ kind: 'expired', email });
      const { number } = await machine.issueTo(client);
      const { log } = await machine.call('sync.diagnostics', {});
      expect(log.map(({ text }) => text).join('\n')).toMatch(/cognito refresh: 400 sign_in_over/u);
      expect(await machine.call('account.signOutPreview', {})).toMatchObject({ businesses: 1 });

      machines.door.decide = () => null;
      await bringBack(email);
      await machine.signIn(email);
      await machine.untilSaved();
      const other = await machines.add();
      await other.signIn(email);
      await other.call('account.join', { uid });
      expect(await other.numbers(1)).toEqual([number]);
      expect(await other.clientNames()).toEqual(['Zenith Ltd']);
    },
  );

  it('of a user who is gone: signing out needs no sign-in, and keeps the books', async () => {
    const machine = await machines.add();
    const uid = await machine.createBusiness('Acme Ltd');
    const email = await machine.signUp();
    await machine.call('account.adopt', { uid, into: null });
    await machine.untilSaved();
    await deleteUser(email);
    machines.door.decide = ({ path }) =>
      path.startsWith('/sync/') ? { status: 401, code: 'unauthorised' } : null;
    await machine.addClient('Zenith Ltd');
    await machine.until(({ phase }) => phase === 'sign_in_needed');
    expect((await machine.try('account.signIn', { email, password: PASSWORD })).ok).toBe(false);

    const preview = await machine.call('account.signOutPreview', {});
    expect(preview).toEqual({ unsent: 1, businesses: 1 });
    const state = await machine.call('account.signOut', { keepsCopies: true });
    expect(state).toMatchObject({ kind: 'none', email: '', bound: [] });
    expect(await machine.clientNames()).toEqual(['Zenith Ltd']);
    await machine.stop();
    await machine.start();
    expect((await machine.call('account.state', {})).kind).toBe('none');
    expect(await machine.clientNames()).toEqual(['Zenith Ltd']);
  });
});

describe('renewing', () => {
  it('happens before the token ends, once for all calls, and nobody notices', async () => {
    const machine = await machines.add();
    await machine.signUp();
    await machine.stop();
    // Four minutes are left of the hour.
    const values = { ...readTokens(machine.dataDirectory) };
    for (const [key, value] of Object.entries(values)) {
      if (/\.(?:id|access)Token$/u.test(key)) values[key] = await expiringToken(value, 240);
    }
    const old = keptToken(values, 'idToken');
    writeFileSync(
      join(machine.dataDirectory, 'sign-in.json'),
      JSON.stringify({ encrypted: false, data: JSON.stringify(values) }),
    );
    // A door before the pool counts who asks for new ones.
    const pool = await openCloudDoor(inject('cloud').userPoolEndpoint);
    const file = join(machine.dataDirectory, 'account.json');
    const known = z
      .looseObject({ account: z.looseObject({ pool: z.looseObject({}) }) })
      .parse(JSON.parse(readFileSync(file, 'utf8')));
    known.account.pool['endpoint'] = pool.apiUrl;
    writeFileSync(file, JSON.stringify(known));

    let changes = 0;
    const account = await Account.open({ ...machine.options, onChange: () => (changes += 1) });
    const renewed = await Promise.all(Array.from({ length: 6 }, () => account.idToken()));
    expect(new Set(renewed.map((one) => (one.ok ? one.value : one.error.kind))).size).toBe(1);
    expect(renewed[0]).toMatchObject({ ok: true });
    expect(renewed[0]?.ok === true && renewed[0].value).not.toBe(old);
    expect(await account.idToken()).toEqual(renewed[0]);
    expect(pool.calls).toHaveLength(1);
    expect([account.kind, changes]).toEqual(['signed_in', 0]);
    await pool.close();
  });
});

describe('a user with an authenticator app', () => {
  it('signs in by its code, after a wrong one', async () => {
    const first = await machines.add();
    const uid = await first.createBusiness('Acme Ltd');
    const email = await first.signUp();
    await first.call('account.adopt', { uid, into: null });
    const accessToken = keptToken(readTokens(first.dataDirectory), 'accessToken');
    const secret = await enrolAuthenticator(inject('cloud').userPoolEndpoint, accessToken);

    const second = await machines.add();
    expect(await second.call('account.signIn', { email, password: PASSWORD })).toEqual({
      kind: 'needs_totp',
    });
    expect((await second.call('account.state', {})).kind).toBe('none');
    expect(await second.try('account.confirmSignIn', { code: '000000' })).toEqual({
      ok: false,
      error: { kind: 'refused', issues: [{ field: 'code', code: 'totp_wrong' }] },
    });
    expect(await second.call('account.confirmSignIn', { code: codeOf(secret) })).toEqual({
      kind: 'signed_in',
    });
    await second.call('account.join', { uid });
    await second.untilSaved();
  });
});
