import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';

import type { Databases } from './databases';
import { FaultCount } from './fault-plan';
import { type Schedule, schedule } from './schedule';
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
const SHRINKS = process.env['DOCCENTR_SYNC_SHRINK'] === 'yes';
/** The schedules are shared among files, which run at the same time. */
const PARTS = 2;
/** A machine under load runs fewer of them rather than for hours, and says so. */
const LIMIT_MS = WANTED === undefined ? 240_000 : Number.POSITIVE_INFINITY;
/** So many schedules without some kind of fault say nothing about it. */
const ENOUGH = 250;
/** After so many that failed nothing new is looked for. */
const MOST_FAILURES = 5;

/** Stacks are taken with every query, and read after a failure only. */
const STACK_FRAMES = 10;

/** What a part leaves for the report. */
interface Part {
  readonly schedules: number;
  readonly wanted: number;
  readonly seconds: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Runs a part's share of the schedules; throws with the lines that repeat those that failed. */
export async function runShare(databases: Databases, part: number): Promise<void> {
  Error.stackTraceLimit = STACK_FRAMES;
  const counts = new FaultCount();
  const failures: string[] = [];
  const seed = SEED + part;
  const wanted = PATH === undefined ? Math.ceil(RUNS / PARTS) : 1;
  let schedules = 0;
  let milliseconds = 0;

  async function run(one: Schedule): Promise<void> {
    if (failures.length === MOST_FAILURES || milliseconds > LIMIT_MS) return;
    const path = PATH ?? String(schedules);
    const began = performance.now();
    const faults = await runSchedule(databases, one, counts).catch(describe);
    milliseconds += performance.now() - began;
    schedules += 1;
    if (faults.length === 0) return;
    const failure = [
      `npm run test:faults -- --seed ${seed} --path ${path}`,
      ...faults,
      JSON.stringify(one),
    ].join('\n');
    if (SHRINKS) throw new Error(failure);
    process.stderr.write(`${failure}\n`);
    failures.push(failure);
  }

  const details = await fc.check(fc.asyncProperty(schedule, run), {
    numRuns: wanted,
    seed,
    ...(PATH === undefined ? {} : { path: PATH }),
  });
  leaveReport(part, { schedules, wanted, seconds: milliseconds / 1_000, counts: counts.all() });
  if (details.failed) {
    const path = details.counterexamplePath ?? '0';
    throw new Error(`--seed ${seed} --path ${path}\n${String(details.errorInstance)}`);
  }
  const missing = schedules < ENOUGH ? [] : counts.missing();
  if (missing.length > 0) failures.push(`never struck: ${missing.join(', ')}`);
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
}

/** What broke off a schedule is a fault like any other. */
function describe(error: unknown): readonly string[] {
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

function leaveReport(part: number, report: Part): void {
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(`${REPORTS}/schedules-${part}.json`, JSON.stringify(report));
}
