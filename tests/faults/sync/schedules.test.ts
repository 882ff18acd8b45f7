import { afterAll, beforeAll, expect, it } from 'vitest';

import { type Databases, startDatabases } from './databases';
import { removeEmptyReplica } from './disks';
import { FaultCount } from './fault-plan';
import { REGRESSIONS } from './regressions';
import { runShare } from './run-schedules';
import { UNDISTURBED_WORLD } from './schedule';
import { runSchedule } from './world';

let databases: Databases;

beforeAll(async () => {
  databases = await startDatabases();
}, 120_000);
afterAll(async () => {
  removeEmptyReplica();
  await databases.stop();
});

it.each(REGRESSIONS)('$name', { timeout: 60_000 }, async (one) => {
  expect(await runSchedule(databases, { ...UNDISTURBED_WORLD, ...one }, new FaultCount())).toEqual(
    [],
  );
});

it(
  'converges after schedules of faults, and loses, doubles and overwrites nothing',
  { timeout: 0 },
  () => runShare(databases, 0),
);
