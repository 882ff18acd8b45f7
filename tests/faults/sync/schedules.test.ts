import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { type Databases, startDatabases } from './databases';
import { FaultCount } from './fault-plan';
import { REGRESSIONS } from './regressions';
import { schedule } from './schedule';
import { runSchedule } from './world';

/**
 * With every test run the same schedules, so that a failure is a change's own; others, and any
 * number of them, by `npm run test:faults -- --runs 10000`.
 */
const WANTED = process.env['DOCCENTR_SYNC_RUNS'];
const RUNS = Number(WANTED ?? 50);
const SEED = Number(
  process.env['DOCCENTR_SYNC_SEED'] ?? (WANTED === undefined ? 5 : Date.now() % 1_000_000_000),
);
const LIMIT = WANTED === undefined ? { interruptAfterTimeLimit: 150_000 } : {};
const PATH = process.env['DOCCENTR_SYNC_PATH'];

let databases: Databases;

beforeAll(async () => {
  databases = await startDatabases();
}, 120_000);
afterAll(() => databases.stop());

it.each(REGRESSIONS)('$name', { timeout: 60_000 }, async (one) => {
  expect(await runSchedule(databases, one, new FaultCount())).toEqual([]);
});

it(
  'converges after schedules of faults, and loses, doubles and overwrites nothing',
  { timeout: 0 },
  async () => {
    const counts = new FaultCount();
    const began = Date.now();
    const details = await fc.check(
      fc.asyncProperty(schedule, async (one) => {
        const faults = await runSchedule(databases, one, counts);
        if (faults.length > 0) throw new Error(faults.join('\n'));
      }),
      {
        numRuns: RUNS,
        seed: SEED,
        ...LIMIT,
        ...(PATH === undefined ? {} : { path: PATH }),
        endOnFailure: process.env['DOCCENTR_SYNC_SHRINK'] !== 'yes',
      },
    );
    const seconds = (Date.now() - began) / 1_000;
    process.stderr.write(
      `${details.numRuns} schedules in ${seconds.toFixed(0)} s, seed ${SEED}\n${counts.report()}\n`,
    );
    if (!details.failed) return;
    const replay = `npm run test:faults -- --seed ${SEED} --path ${details.counterexamplePath ?? '0'}`;
    throw new Error(
      `${replay}\n${JSON.stringify(details.counterexample)}\n${String(details.errorInstance)}`,
    );
  },
);
