import { existsSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { BusinessUid } from '../../shared/domain/ids';
import { pathsOf } from '../businesses/registry';
import { openReplica } from '../replica/replica';
import type { CloudMachine } from '../testing/cloud-machine';
import { useCloudMachines } from '../testing/cloud-machines';
import { Account } from './account';
import { createAccountTransport } from './account-transport';
import { settleDevice } from './register-device';

const machines = useCloudMachines();

/** What sync does first with a business that is stopped here. */
async function settle(machine: CloudMachine, uid: BusinessUid, isForked = false) {
  const account = await Account.open({
    ...machine.options,
    onChange: () => undefined,
  });
  const replica = openReplica(pathsOf(machine.dataDirectory, uid).replica, {
    now: () => new Date(),
    onChange: () => undefined,
  });
  try {
    const transport = createAccountTransport(account, uid);
    return await settleDevice(
      { replica, name: 'Test machine', register: (asked) => transport.register(asked) },
      isForked,
    );
  } finally {
    replica.close();
  }
}

describe('businesses of an account', () => {
  it('R2 a local business goes up in place of the empty one and keeps its series', async () => {
    const machine = await machines.add();
    const uid = await machine.createBusiness('Acme Ltd');
    await machine.createBusiness('Demo Ltd', true);
    await machine.signUp();

    const before = await machine.call('account.businesses', {});
    expect(before.cloud).toMatchObject([{ role: 'owner', isHere: false, isPristine: true }]);
    expect(before.local).toEqual([
      {
        uid,
        name: 'Acme Ltd',
        counts: { clients: 0, products: 0, orders: 0, invoices: 0, payments: 0 },
      },
    ]);

    expect(await machine.call('account.adopt', { uid, into: null })).toEqual({ uid });
    const after = await machine.call('account.businesses', {});
    expect(after.cloud).toMatchObject([{ uid, name: 'Acme Ltd', isHere: true, isPristine: false }]);
    expect(after.local).toEqual([]);
    expect((await machine.call('account.state', {})).bound).toEqual([uid]);
    await machine.call('businesses.open', { uid });
    expect(await machine.letters()).toEqual(['']);
    // Asked again, as after a start that was cut off: the same.
    expect(await machine.call('account.adopt', { uid, into: null })).toEqual({ uid });
    expect(await machine.letters()).toEqual(['']);
  });

  it('R2 a second device joins with the profile at hand and a letter of its own', async () => {
    const first = await machines.add();
    const uid = await first.createBusiness('Acme Ltd');
    const email = await first.signUp();
    await first.call('account.adopt', { uid, into: null });

    const second = await machines.add();
    await second.signIn(email);
    await second.call('account.join', { uid });
    expect(await second.call('businesses.get', {})).toMatchObject({
      uid,
      name: 'Acme Ltd',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    });
    expect(await second.letters()).toContain('B');
    expect((await second.call('account.state', {})).bound).toEqual([uid]);
  });

  it('takes a local business into another one, whose uid it gets', async () => {
    const first = await machines.add();
    const uid = await first.createBusiness('Acme Ltd');
    const email = await first.signUp();
    await first.call('account.adopt', { uid, into: null });

    const second = await machines.add();
    const local = await second.createBusiness('Acme by hand');
    await second.signIn(email);
    expect(await second.call('account.adopt', { uid: local, into: uid })).toEqual({ uid });
    const state = await second.call('app.state', {});
    expect(state.currentUid).toBe(uid);
    expect(state.businesses.map((one) => one.uid)).toEqual([uid]);
    expect((await second.letters()).slice(0, 2)).toEqual(['', 'B']);
    expect(existsSync(pathsOf(second.dataDirectory, local).directory)).toBe(false);
    expect(existsSync(pathsOf(second.dataDirectory, local).ledger)).toBe(false);
    expect(existsSync(pathsOf(second.dataDirectory, uid).ledger)).toBe(true);
  });

  it('R2 R44 R49 keeps the numbers that both machines had issued, flags them, and goes on apart', async () => {
    const first = await machines.add();
    const uid = await first.createBusiness('Acme Ltd');
    const number = await first.issue();
    const email = await first.signUp();
    await first.call('account.adopt', { uid, into: null });

    const second = await machines.add();
    const local = await second.createBusiness('Acme by hand');
    expect(await second.issue()).toBe(number);
    await second.signIn(email);
    await second.call('account.adopt', { uid: local, into: uid });
    expect(await first.numbers(2)).toEqual([number, number]);
    expect(await second.numbers(2)).toEqual([number, number]);
    for (const machine of [first, second]) {
      const { notices } = await machine.call('sync.attention', {});
      expect(notices).toMatchObject([{ code: 'number_used_twice', params: { number } }]);
    }
    const next = [await first.issue(), await second.issue()];
    expect(next).toEqual([number.replace(/1$/u, '2'), number.replace(/0001$/u, 'B0001')]);
    const all = [number, number, ...next].sort();
    expect(await first.numbers(4)).toEqual(all);
    expect(await second.numbers(4)).toEqual(all);
  });

  it('R3 a device that was put back from a backup numbers by a new letter', async () => {
    const machine = await machines.add();
    const uid = await machine.createBusiness('Acme Ltd');
    await machine.signUp();
    await machine.call('account.adopt', { uid, into: null });
    const { id } = await machine.call('backups.create', {});
    await machine.call('backups.restore', { id });
    // Known by its binding, which the backup has as well; it registers before it pushes.
    expect((await machine.call('account.state', {})).bound).toEqual([uid]);
    await machine.stop();
    expect(await settle(machine, uid)).toBe('renewed');
    expect(await settle(machine, uid)).toBe('known');
    expect(await settle(machine, uid, true)).toBe('renewed');
    await machine.start();
    expect(await machine.letters()).toEqual(['', 'B', 'D']);
  });

  it('refuses demo companies and what is not there', async () => {
    const machine = await machines.add();
    const uid = await machine.createBusiness('Demo Ltd', true);
    const refusal = (field: string, code: string) => ({
      ok: false,
      error: { kind: 'refused', issues: [{ field, code }] },
    });
    expect(await machine.try('account.adopt', { uid, into: null })).toEqual(
      refusal('', 'sign_in_needed'),
    );
    await machine.signUp();
    expect(await machine.try('account.adopt', { uid, into: null })).toEqual(
      refusal('uid', 'demo_not_uploaded'),
    );
    const other = await machine.createBusiness('Acme Ltd');
    expect(await machine.try('account.adopt', { uid: other, into: uid })).toEqual(
      refusal('into', 'business_not_in_account'),
    );
    expect(await machine.try('account.join', { uid })).toMatchObject(
      refusal('uid', 'business_is_here'),
    );
  });

  it('never take what belongs to one user into the account of another', async () => {
    const machine = await machines.add();
    const uid = await machine.createBusiness('Acme Ltd');
    const email = await machine.signUp();
    await machine.call('account.adopt', { uid, into: null });
    const preview = await machine.call('account.signOutPreview', {});
    expect(preview.businesses).toBe(1);
    await machine.call('account.signOut', { keepsCopies: true });

    // The copy stays, and can be worked on.
    expect((await machine.call('businesses.get', {})).uid).toBe(uid);
    await machine.signUp();
    expect((await machine.call('account.state', {})).bound).toEqual([]);
    expect((await machine.call('account.businesses', {})).local).toEqual([]);
    expect(await machine.try('account.adopt', { uid, into: null })).toEqual({
      ok: false,
      error: { kind: 'refused', issues: [{ field: 'uid', code: 'belongs_to_other_account' }] },
    });

    await machine.call('account.signOut', { keepsCopies: true });
    await machine.signIn(email);
    expect((await machine.call('account.state', {})).bound).toEqual([uid]);
  });

  it('R49 leave the machine on signing out when that is wished, but for the ledger', async () => {
    const machine = await machines.add();
    const uid = await machine.createBusiness('Acme Ltd');
    const email = await machine.signUp();
    await machine.call('account.adopt', { uid, into: null });
    const local = await machine.createBusiness('Local Ltd');
    await machine.call('businesses.open', { uid });
    await machine.call('account.signOut', { keepsCopies: false });

    const state = await machine.call('app.state', {});
    expect(state.businesses.map((one) => one.uid)).toEqual([local]);
    expect(state.currentUid).toBe(local);
    expect(existsSync(pathsOf(machine.dataDirectory, uid).directory)).toBe(false);
    expect(existsSync(pathsOf(machine.dataDirectory, uid).ledger)).toBe(true);

    await machine.signIn(email);
    await machine.call('account.join', { uid });
    expect(await machine.letters()).toContain('B');
  });
});
