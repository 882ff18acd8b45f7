import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { clientUseCases } from '../features/clients/client-use-cases';
import { aClient } from '../features/clients/testing/client-input';
import { value } from '../features/documents/testing/builders';
import { createCaller } from '../testing/caller';
import { openTestDevice, type TestDevice } from '../testing/test-device';
import { ScriptedCloud } from './testing/scripted-cloud';

const START = Date.parse('2026-03-10T10:00:00.000Z');
const DAY_MS = 86_400_000;

let cloud: ScriptedCloud;
let device: TestDevice;
/** What the clock of the device says. */
let here: number;

beforeEach(() => {
  cloud = new ScriptedCloud();
  here = START;
  device = openTestDevice({ transport: cloud, now: () => new Date(here) });
});
afterEach(() => device.close());

async function tellClient(): Promise<void> {
  const call = createCaller(device.context, clientUseCases);
  value(await call('clients.create', { client: aClient({ name: 'Acme Ltd' }) }));
  await device.engine.syncOnce();
}

function kept(): number {
  return (
    device.context.replica.connection
      .prepare<[], number>(
        `SELECT count(*) FROM outbox WHERE collection = 'clients' AND state = 'acknowledged'`,
      )
      .pluck()
      .get() ?? 0
  );
}

async function hearAt(days: number): Promise<void> {
  cloud.clock = new Date(START + days * DAY_MS);
  await device.engine.syncOnce();
}

describe('what was acknowledged', () => {
  it('R62 is kept for 35 days by the clock of the cloud', async () => {
    await hearAt(0);
    await tellClient();
    await hearAt(35);
    expect(kept()).toBe(1);
    await hearAt(35.1);
    expect(kept()).toBe(0);
  });

  it('R70 outlives a clock of this device that is wrong by years', async () => {
    await hearAt(0);
    await tellClient();
    for (const years of [10, -10]) {
      here = START + years * 365 * DAY_MS;
      await device.engine.syncOnce();
      expect(kept()).toBe(1);
    }
    await hearAt(36);
    expect(kept()).toBe(0);
  });

  it('R62 counts from when the time of the cloud was first known', async () => {
    await tellClient();
    here = START + 100 * DAY_MS;
    await device.engine.syncOnce();
    expect(kept()).toBe(1);
    await hearAt(100);
    expect(kept()).toBe(1);
    await hearAt(136);
    expect(kept()).toBe(0);
  });

  it('R61 R70 is told again to a cloud put back from a backup, whatever the clock here says', async () => {
    await hearAt(0);
    await tellClient();
    here = START + 3 * 365 * DAY_MS;
    await device.engine.syncOnce();
    const before = cloud.toldOf('clients').length;
    cloud.epoch = 'second';
    const known = new Set<string>();
    cloud.onPush = (collection) => {
      if (known.has(collection)) return undefined;
      known.add(collection);
      return { kind: 'epoch_changed', epoch: 'second', last: 0, lastUuid: null };
    };
    cloud.onPull = (collection) =>
      known.has(collection) ? undefined : { kind: 'epoch_changed', epoch: 'second' };
    await device.engine.syncOnce();
    await device.engine.syncOnce();
    expect(cloud.toldOf('clients').length).toBeGreaterThan(before);
  });
});
