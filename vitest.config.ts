import { defineConfig } from 'vitest/config';

// With its ending, which Node's own loader of such files asks for.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import { seedDefect } from './tests/faults/defects.ts';

/** What needs the local cloud: one is started for all of these files. */
const CLOUD_TESTS = '{src,backend,tests}/**/*.cloud.test.ts';
/** What kills processes of a cloud, and so starts one of its own. */
const FAULT_TESTS = 'tests/cloud/**/*.faults.test.ts';

/** What runs devices and the cloud's handlers through schedules of faults, on a MariaDB of its own. */
const SYNC_TESTS = 'tests/faults/sync/**/*.test.ts';

/** One of tests/faults/defects.ts, to see that the tests catch it. */
const DEFECT = process.env['DOCCENTR_DEFECT'];

export default defineConfig({
  plugins: DEFECT === undefined ? [] : [seedDefect(DEFECT)],
  test: {
    // What was transformed with a defect is nothing for later runs, nor the other way round.
    ...(DEFECT === undefined ? {} : { fsModuleCache: false }),
    environment: 'node',
    pool: 'forks',
    // Property tests and real databases on two shared cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{src,backend}/**/*.test.ts',
            'tests/{integration,faults}/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', CLOUD_TESTS, FAULT_TESTS, SYNC_TESTS],
        },
      },
      {
        extends: true,
        test: {
          name: 'sync',
          include: [SYNC_TESTS],
          globalSetup: 'tests/faults/sync/prepare-machine.ts',
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'cloud',
          include: [CLOUD_TESTS],
          globalSetup: 'backend/local/testing.ts',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'cloud-faults',
          include: [FAULT_TESTS],
          globalSetup: 'backend/local/build-services.ts',
          maxWorkers: 1,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
