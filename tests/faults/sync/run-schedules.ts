import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';

import type { Databases } from './databases';
import { FaultCount } from './fault-plan';
import { schedule } from './schedule';
import { runSchedule } from './world';

/** Where a part tells what struck, for the report of `npm run test:faults`. */
const REPORTS = fileURLToPath(new URL('../../../artifacts/faults', import.meta.url));

/**
 * With every test run the same schedules, so that a failure is a change's own; others, and any
 * number of them, by `npm run test:faults -- --runs 10000`.
 */
const WANTED = process.env['DOCCENTR_SYNC_RUNS'];
const RUNS = Number(WANTED ?? 500);
const SEED = Number(
  process.env['DOCCENTR_SYNC_SEED'] ?? (WANTED === undefined ? 5 : randomInt(1_000_000_000)),
);
const PATH = process.env['DOCCENTR_SYNC_PATH'];
/** The schedules are shared among files, which run at the same time. */
const PARTS = 2;
/** A machine under load runs fewer of them rather than for hours. */
const LIMIT = WANTED === undefined ? { interruptAfterTimeLimit: 240_000 } : {};

/** Stacks are taken with every query, and read after a failure only. */
const STACK_FRAMES = 10;

/** Runs a part's share of the schedules; throws with the line that repeats one that failed. */
export async function runShare(databases: Databases, part: number): Promise<void> {
  Error.stackTraceLimit = STACK_FRAMES;
  const counts = new FaultCount();
  const seed = SEED + part;
  const began = Date.now();
  const details = await fc.check(
    fc.asyncProperty(schedule, async (one) => {
      const faults = await runSchedule(databases, one, counts);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }),
    {
      numRuns: PATH === undefined ? Math.ceil(RUNS / PARTS) : 1,
      seed,
      ...LIMIT,
      ...(PATH === undefined ? {} : { path: PATH }),
      endOnFailure: process.env['DOCCENTR_SYNC_SHRINK'] !== 'yes',
    },
  );
  const seconds = (Date.now() - began) / 1_000;
  const { numRuns: schedules } = details;
  process.stderr.write(
    `${schedules} schedules in ${seconds.toFixed(0)} s, seed ${seed}\n${counts.report()}\n`,
  );
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(
    `${REPORTS}/schedules-${part}.json`,
    JSON.stringify({ schedules, counts: counts.all() }),
  );
  if (!details.failed) return;
  const replay = `npm run test:faults -- --seed ${seed} --path ${details.counterexamplePath ?? '0'}`;
  throw new Error(
    `${replay}\n${JSON.stringify(details.counterexample)}\n${String(details.errorInstance)}`,
  );
}
