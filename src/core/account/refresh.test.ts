import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Account } from './account';
import { openFakePool, signInByHand, type FakePool } from './testing/fake-pool';
import { createMachine, type TestMachine } from './testing/test-account';

const NOBODY = 'http://127.0.0.1:9';
const MINUTE_MS = 60_000;

let machine: TestMachine;
let pool: FakePool;
let account: Account;
let first: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T10:00:00Z') });
  machine = createMachine(NOBODY);
  pool = await openFakePool();
  signInByHand(machine.dataDirectory, pool.endpoint, NOBODY);
  account = await machine.start();
  first = await token();
});
afterEach(async () => {
  vi.useRealTimers();
  await pool.close();
  machine.remove();
});

function pass(minutes: number): void {
  vi.setSystemTime(Date.now() + minutes * MINUTE_MS);
}

async function token(rejected?: string): Promise<string> {
  const answer = await account.idToken(rejected);
  if (!answer.ok) throw new Error(`no token: ${answer.error.kind}`);
  return answer.value;
}

/** Asks for a token that does not come, and waits no longer once there is a reason not to. */
async function giveUpHanging() {
  vi.useFakeTimers({
    toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'],
    now: Date.now(),
  });
  const waiting = account.idToken();
  await vi.waitUntil(() => pool.asked() === 1);
  account.giveUpHanging();
  await vi.advanceTimersByTimeAsync(3_000);
  const answer = await waiting;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  return answer;
}

const unreachable = { ok: false, error: { kind: 'unreachable' } };
const unauthorised = { ok: false, error: { kind: 'unauthorised' } };

describe('a token of an hour', () => {
  it('is used for as long as it is good, and renewed five minutes before its end', async () => {
    pass(54);
    expect(await token()).toBe(first);
    expect(pool.asked()).toBe(0);
    pass(2);
    const second = await token();
    expect(second).not.toBe(first);
    expect(await token()).toBe(second);
    expect(pool.asked()).toBe(1);
    pass(56);
    expect(await token()).not.toBe(second);
    expect(pool.asked()).toBe(2);
    expect(machine.changes()).toBe(0);
  });

  it('is renewed once, however many calls need it', async () => {
    pass(70);
    const all = await Promise.all(Array.from({ length: 8 }, () => token()));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).not.toBe(first);
    expect(pool.asked()).toBe(1);
  });

  it('is good to its end where it cannot be renewed, and renewed later', async () => {
    pool.answer = { status: 503, name: 'ServiceUnavailable' };
    pass(57);
    expect(await token()).toBe(first);
    pass(4);
    expect(await account.idToken()).toEqual(unreachable);
    expect(account.kind).toBe('signed_in');
    pool.answer = 'tokens';
    expect(await token()).not.toBe(first);
  });
});

describe('renewing', () => {
  it.each([
    ['an internal error', 500, 'InternalErrorException'],
    ['throttling', 400, 'TooManyRequestsException'],
    ['a proxy in the way', 407, 'ProxyAuthenticationRequired'],
    ['a firewall', 502, 'UnknownException'],
  ])('loses nothing to %s', async (_what, status, name) => {
    pool.answer = { status, name };
    pass(70);
    expect((await account.idToken()).ok).toBe(false);
    expect(account.kind).toBe('signed_in');
    pool.answer = 'tokens';
    expect((await machine.start()).kind).toBe('signed_in');
    expect(await token()).not.toBe(first);
  });

  it.each([
    'NotAuthorizedException',
    'TokenRevokedException',
    'UserNotFoundException',
    'PasswordResetRequiredException',
    'UserNotConfirmedException',
    'RefreshTokenReuseException',
  ])('ends the sign-in for %s, once and for good, and keeps whose it was', async (name) => {
    pool.answer = { status: 400, name };
    pass(70);
    expect(await Promise.all([account.idToken(), account.idToken()])).toEqual([
      unauthorised,
      unauthorised,
    ]);
    expect(account.kind).toBe('expired');
    expect(account.known?.email).toBe('anna@acme.example');
    expect(machine.changes()).toBeGreaterThan(0);
    expect(pool.asked()).toBe(1);
    expect((await machine.start()).kind).toBe('expired');
    expect(await account.idToken()).toEqual(unauthorised);
    expect(pool.asked()).toBe(1);
  });

  it('that hangs is given up, and begun anew with the next call', async () => {
    pool.answer = 'silence';
    pass(70);
    expect(await giveUpHanging()).toEqual(unreachable);
    pool.answer = 'tokens';
    expect(await token()).not.toBe(first);
  });

  it('that comes back after a sign-out leaves no token behind', async () => {
    pool.answer = 'silence';
    pass(70);
    await giveUpHanging();
    pool.answer = 'tokens';
    await account.signOut();
    pool.answerLate();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(account.kind).toBe('none');
    expect(() => readFileSync(join(machine.dataDirectory, 'sign-in.json'))).toThrow('ENOENT');
  });
});
