import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PROTOCOL_VERSION, type DeviceRegistration } from '../../shared/contracts/sync/protocol';
import type { DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { deviceLetter } from '../../shared/domain/number-series';
import { ok } from '../../shared/domain/result';
import { currentSeries } from '../numbering/device-series';
import type { WriteScope } from '../replica/replica';
import { meta, outbox } from '../replica/schema';
import { readState, saveState } from '../sync/sync-state';
import { openTestBusiness, type TestBusiness } from '../testing/open-test-business';
import { bind, readBinding } from './binding';
import { registerReplica, settleDevice } from './register-device';

const ACCOUNT = 'a7c0b8a2-6f6b-4d0a-9d5e-0d5c6f1f8a11';

let business: TestBusiness;
let asked: DeviceRegistration[];

beforeEach(() => {
  business = openTestBusiness();
  asked = [];
});
afterEach(() => business.close());

function write(work: (scope: WriteScope) => void): void {
  business.context.replica.write((scope) => {
    work(scope);
    return ok(undefined);
  });
}

/** Gives letters as the cloud does: the same to the same device, the next to a new one. */
function parts() {
  return {
    replica: business.context.replica,
    name: 'Test machine',
    register: (registration: DeviceRegistration) => {
      asked.push(registration);
      const devices = [...new Set(asked.map(({ device }) => device))];
      const { device } = registration;
      return Promise.resolve({ device, letter: deviceLetter(devices.indexOf(device)) });
    },
  };
}

/** The letters that the device numbers by now. */
function letters(): readonly string[] {
  return business.context.replica.read((scope) => currentSeries(scope)).map(({ letter }) => letter);
}

async function adopt(): Promise<void> {
  const registered = await registerReplica(parts(), {
    device: business.context.deviceUid,
    replaces: null,
  });
  write((scope) => bind(scope, { accountId: ACCOUNT, ...registered }));
}

describe('the device of a replica', () => {
  it('R2 goes on with its series where it is the first of its business', async () => {
    await adopt();
    expect(letters()).toEqual(['', '', '']);
    expect(business.context.replica.read(readBinding)).toEqual({
      accountId: ACCOUNT,
      device: business.context.deviceUid,
      letter: '',
    });
    expect(await settleDevice(parts(), false)).toBe('known');
    expect(asked).toHaveLength(1);
  });

  it('R2 begins series with its letter where others came before it', async () => {
    asked.push({
      protocol: PROTOCOL_VERSION,
      device: newUid<DeviceUid>(),
      name: 'Other',
      replaces: null,
    });
    await adopt();
    expect(letters()).toEqual(['B', 'B', 'B']);
  });

  it('R3 registers in its own place after a restore, with new series', async () => {
    await adopt();
    const restored = newUid<DeviceUid>();
    write((scope) =>
      scope.db.update(meta).set({ value: restored }).where(eq(meta.key, 'device_uid')).run(),
    );
    expect(await settleDevice(parts(), false)).toBe('renewed');
    expect(asked.at(-1)).toMatchObject({
      device: restored,
      replaces: business.context.deviceUid,
    });
    expect(letters()).toEqual(['B', 'B', 'B']);
    expect(await settleDevice(parts(), false)).toBe('known');
  });

  it('R3 takes a letter only if no closed series of the replica printed it', async () => {
    write((scope) =>
      bind(scope, { accountId: '', device: business.context.deviceUid, letter: 'B' }),
    );
    await adopt();
    // The first letter offered, none, is that of the series that were closed.
    expect(asked.map(({ replaces }) => replaces === null)).toEqual([true, false]);
    expect(letters()).toEqual(['B', 'B', 'B']);
  });

  it('R12 counts its mutations anew under a new uid, and changes none that was on its way', async () => {
    await adopt();
    const read = () =>
      business.context.replica.read((scope) =>
        scope.db
          .select({ uuid: outbox.uuid, seq: outbox.seq, state: outbox.state, body: outbox.body })
          .from(outbox)
          .where(eq(outbox.collection, 'settings'))
          .orderBy(asc(outbox.id))
          .all(),
      );
    const [first, second, third] = read();
    write((scope) => {
      const states = [
        [first, 'acknowledged', 7],
        [second, 'sent', 8],
        [third, 'sent', 9],
      ] as const;
      for (const [row, state, seq] of states) {
        scope.db
          .update(outbox)
          .set({ state, seq })
          .where(eq(outbox.uuid, row?.uuid ?? ''))
          .run();
      }
      saveState(scope, 'settings', { lastSeq: 9 });
    });
    expect(await settleDevice(parts(), true)).toBe('renewed');
    const after = read();
    expect(after.slice(1, 3)).toEqual([
      { ...second, state: 'sent', seq: 1 },
      { ...third, state: 'sent', seq: 2 },
    ]);
    expect(after[0]?.seq).toBeGreaterThan(1_000_000);
    expect(business.context.replica.read((scope) => readState(scope, 'settings'))).toMatchObject({
      lastSeq: 2,
    });
  });
});
