import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, inject, it } from 'vitest';

import { refused } from '../../shared/domain/result';
import type { Account } from './account';
import { memberships } from './cloud-api';
import {
  CODE,
  createMachine,
  newEmail,
  PASSWORD,
  RESET_CODE,
  type TestMachine,
} from './testing/test-account';

const machines: TestMachine[] = [];

function newMachine(): TestMachine {
  const machine = createMachine(inject('cloud').apiUrl);
  machines.push(machine);
  return machine;
}

afterEach(() => {
  for (const machine of machines.splice(0)) machine.remove();
});

async function signUp(account: Account): Promise<string> {
  const email = newEmail();
  expect(await account.signUp('Acme Ltd', email, PASSWORD)).toEqual({ ok: true, value: undefined });
  expect(await account.confirm(email, CODE)).toEqual({ ok: true, value: undefined });
  return email;
}

async function signIn(account: Account, email: string, password = PASSWORD): Promise<void> {
  expect(await account.signIn(email, password)).toEqual({
    ok: true,
    value: { kind: 'signed_in' },
  });
}

async function tokenOf(account: Account, rejected?: string): Promise<string> {
  const token = await account.idToken(rejected);
  if (!token.ok) throw new Error(`no token: ${token.error.kind}`);
  return token.value;
}

describe('signing up and in', () => {
  it('goes from sign-up over the code and the token to sign-out', async () => {
    const machine = newMachine();
    const account = await machine.start();
    expect(account.kind).toBe('none');
    const email = await signUp(account);
    await signIn(account, email.toUpperCase());
    expect(account.kind).toBe('signed_in');
    expect(account.known?.email).toBe(email);
    expect(machine.changes()).toBe(1);

    const found = await account.call({ method: 'GET', path: '/businesses' }, memberships);
    expect(found.ok && found.value.map(({ name, role }) => ({ name, role }))).toEqual([
      { name: 'Acme Ltd', role: 'owner' },
    ]);

    await account.signOut();
    expect(account.kind).toBe('none');
    expect(account.known).toBeNull();
    expect(await account.idToken()).toEqual({ ok: false, error: { kind: 'unauthorised' } });
    expect((await machine.start()).kind).toBe('none');
  });

  it('keeps the sign-in over a restart, in a file for its owner alone', async () => {
    const machine = newMachine();
    const account = await machine.start();
    await signIn(account, await signUp(account));
    const file = join(machine.dataDirectory, 'sign-in.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(machine.dataDirectory, 'account.json'), 'utf8')).not.toContain('eyJ');

    const restarted = await machine.start();
    expect(restarted.kind).toBe('signed_in');
    expect(await tokenOf(restarted)).toBe(await tokenOf(account));
  });

  it('refuses what is wrong by codes that the form can show', async () => {
    const account = await newMachine().start();
    const email = await signUp(account);
    expect(await account.signIn(email, 'Wrong-horse-1')).toEqual(
      refused('password', 'sign_in_failed'),
    );
    expect(await account.signIn(newEmail(), PASSWORD)).toEqual(
      refused('password', 'sign_in_failed'),
    );
    expect(account.kind).toBe('none');
    expect(await account.signUp('Acme Ltd', email, PASSWORD)).toEqual(
      refused('email', 'email_taken'),
    );
    expect(await account.signUp('Acme Ltd', newEmail(), 'short')).toEqual(
      refused('password', 'password_too_weak'),
    );
    await signIn(account, email);
    expect(await account.signIn(email, PASSWORD)).toEqual(refused('', 'already_signed_in'));
    expect(account.setCloud(null)).toEqual(refused('apiUrl', 'sign_out_first'));
  });

  it('asks for the code of an address that is not confirmed', async () => {
    const account = await newMachine().start();
    const email = newEmail();
    await account.signUp('Acme Ltd', email, PASSWORD);
    expect(await account.signIn(email, PASSWORD)).toEqual({
      ok: true,
      value: { kind: 'needs_confirmation' },
    });
    expect(await account.confirm(email, '000000')).toEqual(refused('code', 'code_wrong'));
    expect(await account.resendCode(email)).toEqual({ ok: true, value: undefined });
    expect(await account.confirm(email, CODE)).toEqual({ ok: true, value: undefined });
    await signIn(account, email);
  });

  it('sets a new password by a mailed code', async () => {
    const account = await newMachine().start();
    const email = await signUp(account);
    expect(await account.startReset(email)).toEqual({ ok: true, value: undefined });
    expect(await account.finishReset(email, '000000', 'Fresh-horse-2')).toEqual(
      refused('code', 'code_wrong'),
    );
    expect(await account.finishReset(email, RESET_CODE, 'Fresh-horse-2')).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await account.signIn(email, PASSWORD)).toEqual(refused('password', 'sign_in_failed'));
    await signIn(account, email, 'Fresh-horse-2');
  });
});

describe('refreshing', () => {
  it('renews a token that the cloud refused, once for all who ask', async () => {
    const account = await newMachine().start();
    await signIn(account, await signUp(account));
    const first = await tokenOf(account);
    // Tokens tell seconds: an earlier one would be the same.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const renewed = await Promise.all([1, 2, 3].map(() => tokenOf(account, first)));
    expect(renewed[0]).not.toBe(first);
    expect(new Set(renewed).size).toBe(1);
    expect(await tokenOf(account)).toBe(renewed[0]);
    expect((await account.call({ method: 'GET', path: '/businesses' }, memberships)).ok).toBe(true);
  });
});
