import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { faultReport, forgetFaultReports } from './lib/fault-report.mjs';
import { commandOf, localNode, root, run } from './lib/processes.mjs';

/**
 * Runs schedules of faults (docs/sync.md):
 *
 *   npm run test:faults -- --runs 10000            so many schedules; from 1,000 on, 50 SIGKILLs too
 *   npm run test:faults -- --kill 50               so many SIGKILLs of real processes
 *   npm run test:faults -- --seed S --path P       one that failed, again
 *   npm run test:faults -- ... --shrink            looks for a smaller one that fails
 *   npm run test:faults -- ... --trace             tells what happens in it
 *   npm run test:faults -- --defects [name]        puts defects in, and expects each to be caught
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    kill: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    shrink: { type: 'boolean' },
    trace: { type: 'boolean' },
    defects: { type: 'boolean' },
  },
});

function runTests(project, variables, parameters = []) {
  const given = Object.entries(variables).filter(([, value]) => value !== undefined);
  return run(localNode(), [commandOf('vitest'), 'run', `--project=${project}`, ...parameters], {
    env: { ...process.env, ...Object.fromEntries(given) },
  });
}

function runSchedules() {
  const again = values.path !== undefined;
  return runTests(
    'sync',
    {
      DOCCENTR_SYNC_RUNS: values.runs ?? (again ? '1' : undefined),
      DOCCENTR_SYNC_SEED: values.seed,
      DOCCENTR_SYNC_PATH: values.path,
      DOCCENTR_SYNC_SHRINK: values.shrink ? 'yes' : undefined,
      DOCCENTR_SYNC_TRACE: values.trace ? 'yes' : undefined,
    },
    // One that is run again needs one process only.
    again ? ['sync/schedules.test.ts', '-t', 'converges'] : [],
  );
}

/** Ends cores and services of a cloud of their own by SIGKILL, while they work. */
async function killProcesses() {
  await buildServices({});
  return runTests('cloud-faults', { DOCCENTR_KILLS: values.kill }, ['devices.faults']);
}

/** A run of so many schedules is a proof, and kills real processes as well. */
const MANY = 1_000;

async function runAndReport() {
  forgetFaultReports();
  const wantsSchedules = values.kill === undefined || values.runs !== undefined;
  const ran = wantsSchedules ? await runSchedules() : 0;
  if (Number(values.runs ?? 0) >= MANY) values.kill ??= '50';
  const killed = values.kill === undefined ? 0 : await killProcesses();
  for (const line of faultReport({ withCounts: true })) console.log(line);
  return ran || killed;
}

/** Each defect has to make the test that is named for it fail. */
async function seedDefects() {
  const { DEFECTS } = await import('../tests/faults/defects.ts');
  const names = positionals.length > 0 ? positionals : Object.keys(DEFECTS);
  const missed = [];
  for (const name of names) {
    const isCaught = await catches(name, DEFECTS[name]);
    console.log(`${name}: ${isCaught ? 'caught' : 'MISSED'}`);
    if (!isCaught) missed.push(name);
  }
  console.log(`${names.length - missed.length} of ${names.length} defects caught`);
  return missed.length === 0 ? 0 : 1;
}

/** Whether the test itself fails: that nothing could be started proves nothing. */
async function catches(name, { test, project = 'sync' }) {
  const variables = { DOCCENTR_DEFECT: name };
  const file = join(root, 'artifacts', 'defect.json');
  rmSync(file, { force: true });
  const isOfServices = project === 'cloud-faults';
  try {
    if (isOfServices) await buildServices(variables);
    await runTests(project, variables, [
      ...['-t', test],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ]);
  } finally {
    if (isOfServices) await buildServices({});
  }
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  return testResults.some((one) => one.assertionResults.some(({ status }) => status === 'failed'));
}

async function buildServices(variables) {
  const script = join(root, 'scripts', 'build-backend.mjs');
  const code = await run(localNode(), [script], { env: { ...process.env, ...variables } });
  if (code !== 0) throw new Error('the services could not be built');
}

process.exitCode = values.defects ? await seedDefects() : await runAndReport();
