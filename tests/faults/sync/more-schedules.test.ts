import { afterAll, beforeAll, it } from 'vitest';

import { type Databases, startDatabases } from './databases';
import { removeEmptyReplica } from './disks';
import { runShare } from './run-schedules';

/** The other half of the schedules, at the same time on a MariaDB of its own. */

let databases: Databases;

beforeAll(async () => {
  databases = await startDatabases();
}, 120_000);
afterAll(async () => {
  removeEmptyReplica();
  await databases.stop();
});

it(
  'converges after other schedules of faults, and loses, doubles and overwrites nothing',
  { timeout: 0 },
  () => runShare(databases, 1),
);
