import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { pushRequest } from '../../shared/contracts/sync/protocol';
import type { BusinessUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import type { DoorCall } from '../testing/cloud-door';
import { useCloudMachines } from '../testing/cloud-machines';

const machines = useCloudMachines();

const isSync = ({ path }: DoorCall) => path.startsWith('/sync/');

describe('the status', () => {
  it('R71 tells what is the matter, never that all is saved, and goes on when woken', async () => {
    const { machine } = await machines.addInStep();
    machine.shown.length = 0;
    const trouble = [
      [{ status: 503 }, 'cloud_problem', 'cloud'],
      [{ status: 409, code: 'protocol_too_new' }, 'cloud_outdated', 'cloud'],
      [{ status: 409, code: 'update_required' }, 'update_required', 'update'],
      ['cut', 'offline', 'network'],
    ] as const;
    let isTold = false;
    for (const [answer, phase, waitsFor] of trouble) {
      machines.door.decide = (call) => (isSync(call) ? answer : null);
      if (isTold) await machine.call('sync.wake', {});
      else await machine.addClient('Zenith Ltd');
      isTold = true;
      const status = await machine.until((one) => one.phase === phase);
      expect(status).toMatchObject({ waiting: 1, retryAt: expect.any(String) as string });
      expect(status.offlineSince === null).toBe(phase !== 'offline');
      const { items } = await machine.call('sync.waiting', { limit: 10 });
      expect(items).toMatchObject([{ title: 'Zenith Ltd', waitsFor }]);
    }
    expect(machine.shown.filter((one) => one.phase === 'idle' && one.waiting === 0)).toEqual([]);
    machines.door.decide = () => null;
    await machine.call('sync.wake', {});
    await machine.untilSaved();
    const diagnostics = await machine.call('sync.diagnostics', {});
    expect(diagnostics.rates.up?.recordsPerSecond).toBeGreaterThan(0);
    expect(diagnostics.rates.up?.bytesPerSecond).toBeGreaterThan(0);
    const told = diagnostics.log.map(({ text }) => text);
    expect(told.filter((text) => text === 'in step again')).toHaveLength(1);
  });

  it('R55 counts a change as waiting until the cloud has it, also while paused', async () => {
    const { machine } = await machines.addInStep();
    expect(await machine.call('sync.pause', { paused: true })).toMatchObject({ phase: 'paused' });
    const before = machines.door.calls.length;
    await machine.addClient('Zenith Ltd');
    await machine.call('sync.wake', {});
    await machine.call('sync.now', {});
    expect(await machine.status()).toMatchObject({ phase: 'paused', waiting: 1 });
    expect(machines.door.calls.slice(before).filter(isSync)).toEqual([]);
    await machine.call('sync.pause', { paused: false });
    await machine.untilSaved();
  });

  it('R71 is offline since the same moment, and as fast as before, when anything else changes', async () => {
    const { machine } = await machines.addInStep();
    const { rates } = await machine.call('sync.diagnostics', {});
    machines.door.decide = () => 'cut';
    await machine.addClient('Zenith Ltd');
    const { offlineSince } = await machine.until((one) => one.phase === 'offline');
    machine.shown.length = 0;
    await machine.call('app.setLanguage', { language: 'de' });
    await machine.call('sync.wake', {});
    await machine.until((one) => one.retryAt !== null);
    expect(machine.shown.map((one) => [one.phase, one.offlineSince])).toEqual(
      machine.shown.map(() => ['offline', offlineSince]),
    );
    expect((await machine.call('sync.diagnostics', {})).rates).toEqual(rates);
  });
});

describe('a call that hangs', () => {
  it('R12 R13 R71 is given up when somebody looks, and what it told counts once', async () => {
    const { machine, uid, email } = await machines.addInStep();
    machines.door.decide = ({ path }) => (path.endsWith('/mutations') ? 'hang_answer' : null);
    const before = machines.door.calls.length;
    await machine.addClient('Zenith Ltd');
    const pushes = () =>
      machines.door.calls.slice(before).filter(({ path }) => path === '/sync/clients/mutations');
    await vi.waitUntil(() => pushes().length === 1);
    machines.door.decide = () => null;
    const began = performance.now();
    await machine.call('sync.wake', {});
    await machine.untilSaved();
    // Its whole patience is half a minute.
    expect(performance.now() - began).toBeLessThan(15_000);
    const [first, again] = pushes().map(({ body }) => pushRequest.parse(body).mutations);
    expect(again).toEqual(first);

    const other = await machines.add();
    await other.signIn(email);
    await other.call('account.join', { uid });
    await other.untilSaved();
    expect(await other.clientNames()).toEqual(['Zenith Ltd']);
    expect(await machine.clientNames()).toEqual(['Zenith Ltd']);
    const { log } = await machine.call('sync.diagnostics', {});
    expect(log.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^POST \/sync\/clients\/mutations: no answer \(TimeoutError\), \d+ ms$/u,
      ),
    );
  });
});

describe('the log for support', () => {
  it('holds the calls that failed, with the id that the cloud gave them, and no secret', async () => {
    const { machine, email } = await machines.addInStep();
    machines.door.decide = (call) => (isSync(call) ? { status: 503, code: 'unavailable' } : null);
    await machine.addClient('Zenith Ltd');
    await machine.until(({ phase }) => phase === 'cloud_problem');
    machines.door.decide = () => null;
    await machine.call('sync.wake', {});
    await machine.untilSaved();
    // What the cloud itself refuses has an id: a business that is not there.
    const [uid, into] = [await machine.createBusiness('Other Ltd'), newUid<BusinessUid>()];
    expect((await machine.try('account.adopt', { uid, into })).ok).toBe(false);
    expect((await machine.try('account.confirm', { email, code: '000000' })).ok).toBe(false);
    const own = (await machine.call('sync.diagnostics', {})).log.map(({ text }) => text);
    expect(own).toContainEqual(
      expect.stringMatching(/^POST \/auth\/confirm: 4\d\d \w+, \d+ ms, request [\w-]+$/u),
    );
    const [first] = (await machine.call('app.state', {})).businesses;
    await machine.call('businesses.open', { uid: first?.uid ?? uid });
    const log = (await machine.call('sync.diagnostics', {})).log.map(({ text }) => text);
    expect(log).toContainEqual(
      expect.stringMatching(/^POST \/sync\/clients\/mutations: 503 unavailable, \d+ ms/u),
    );
    expect([...own, ...log].join()).not.toMatch(/acme|zenith|eyJ|@/iu);
  });
});

const secretFile = z.object({ encrypted: z.boolean(), data: z.string() });
const tokens = z.record(z.string(), z.string());

/** As when the refresh token has been revoked, or has reached its end. */
function spoilRefreshToken(dataDirectory: string): void {
  const path = join(dataDirectory, 'sign-in.json');
  const kept = secretFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const values = tokens.parse(JSON.parse(kept.data));
  const [key] = Object.keys(values).filter((one) => one.endsWith('.refreshToken'));
  if (key === undefined) throw new Error('no refresh token is kept');
  const data = JSON.stringify({ ...values, [key]: 'ended' });
  writeFileSync(path, JSON.stringify({ ...kept, data }));
}

describe('a sign-in that has expired', () => {
  it('stops nothing but sync; what was done meanwhile goes out once after signing in', async () => {
    const { machine, uid, email } = await machines.addInStep();
    await machine.stop();
    spoilRefreshToken(machine.dataDirectory);
    // As the cloud answers to a token that has ended.
    machines.door.decide = (call) => (isSync(call) ? { status: 401, code: 'unauthorised' } : null);
    await machine.start();
    await machine.until(({ phase }) => phase === 'sign_in_needed');
    expect(await machine.call('account.state', {})).toMatchObject({ kind: 'expired', email });

    const client = await machine.addClient('Zenith Ltd');
    const issued = await machine.issueTo(client);
    await machine.stop();
    await machine.start();
    const status = await machine.until(({ phase }) => phase === 'sign_in_needed');
    expect(status.waiting).toBeGreaterThanOrEqual(2);
    expect(await machine.clientNames()).toEqual(['Zenith Ltd']);
    const { items } = await machine.call('sync.waiting', { limit: 10 });
    expect(new Set(items.map(({ waitsFor }) => waitsFor))).toEqual(new Set(['sign_in']));

    machines.door.decide = () => null;
    await machine.signIn(email);
    await machine.untilSaved();
    const other = await machines.add();
    await other.signIn(email);
    await other.call('account.join', { uid });
    expect(await other.numbers(1)).toEqual([issued.number]);
    expect(await other.clientNames()).toEqual(['Zenith Ltd']);
    expect(await machine.clientNames()).toEqual(['Zenith Ltd']);
  });
});

describe('a second device', () => {
  it('shows how far it has come while it loads, and is usable meanwhile', async () => {
    const { machine, uid, email } = await machines.addInStep();
    const count = 4_000;
    const names = Array.from({ length: count }, (_, index) => `Client ${String(index + 10_000)}`);
    const file = Buffer.from(['Name', ...names].join('\n')).toString('base64');
    const { importId, reading } = await machine.call('imports.open', {
      kind: 'clients',
      fileName: 'clients.csv',
      file,
    });
    await machine.call('imports.run', { importId, reading, policy: 'all_or_nothing' });
    await machine.until(({ waiting }) => waiting > 0);
    await machine.untilSaved();
    await machine.stop();

    const other = await machines.add();
    await other.signIn(email);
    // However fast the machine, there is time to look: the way goes on after the pause of a failure.
    let pages = 0;
    machines.door.decide = ({ path }) => {
      if (path.startsWith('/sync/clients/changes')) pages += 1;
      return pages === 2 ? { status: 503, code: 'unavailable' } : null;
    };
    await other.call('account.join', { uid });
    expect((await other.call('businesses.get', {})).name).toBe('Acme Ltd');
    await other.untilSaved();
    const shown = other.shown.flatMap(({ phase, transfer }) =>
      transfer === null ? [] : [{ phase, ...transfer }],
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const one of shown) {
      expect(one).toMatchObject({ phase: 'syncing', direction: 'down' });
      // Of all collections together.
      expect(one.total).toBeGreaterThan(count);
      expect(one.recordsPerSecond).toBeGreaterThan(0);
    }
    expect(pages).toBeGreaterThan(2);
    const done = shown.map((one) => one.done);
    expect(done).toEqual([...done].sort((one, next) => one - next));
    expect(done[0]).toBeGreaterThan(0);
    expect(done[0]).toBeLessThan(count);
    const all = await other.call('clients.count', { search: '', shelf: 'active' });
    expect(all.count).toBe(count);
  });
});

/** The UUIDs under which each record was told. */
function toldUuids(calls: readonly DoorCall[]): ReadonlyMap<string, ReadonlySet<string>> {
  const told = new Map<string, Set<string>>();
  for (const { path, body } of calls) {
    if (!path.endsWith('/mutations')) continue;
    for (const { uid, uuid } of pushRequest.parse(body).mutations) {
      const key = `${path} ${uid}`;
      told.set(key, (told.get(key) ?? new Set<string>()).add(uuid));
    }
  }
  return told;
}

describe('an adoption', () => {
  it('R10 R15 that is cut off at every call goes on, and takes nothing up twice', async () => {
    const machine = await machines.add();
    const uid = await machine.createBusiness('Acme Ltd');
    const names = Array.from({ length: 12 }, (_, index) => `Client ${String(index + 10)}`);
    let client = '';
    for (const name of names) client = await machine.addClient(name);
    const { number } = await machine.issueTo(client);
    const email = await machine.signUp();

    let left = 0;
    machines.door.decide = () => {
      left -= 1;
      return left < 0 ? 'cut_answer' : null;
    };
    let tries = 0;
    for (let isBound = false; !isBound; tries += 1) {
      left = tries;
      isBound = (await machine.try('account.adopt', { uid, into: null })).ok;
      await machine.stop();
      left = 0;
      await machine.start();
    }
    expect(tries).toBeGreaterThan(2);
    for (let calls = 1, isTold = false; !isTold; calls += 1) {
      await machine.stop();
      left = calls;
      await machine.start();
      const { phase } = await machine.until(
        (one) => one.phase === 'offline' || (one.phase === 'idle' && one.lastSyncAt !== null),
      );
      isTold = phase === 'idle';
    }
    machines.door.decide = () => null;
    await machine.call('sync.wake', {});
    await machine.untilSaved();
    expect([...toldUuids(machines.door.calls)].filter(([, uuids]) => uuids.size > 1)).toEqual([]);

    const other = await machines.add();
    await other.signIn(email);
    const { cloud } = await other.call('account.businesses', {});
    expect(cloud).toHaveLength(1);
    await other.call('account.join', { uid });
    expect(await other.numbers(1)).toEqual([number]);
    await other.untilSaved();
    expect(await other.clientNames()).toEqual(names);
  });
});
