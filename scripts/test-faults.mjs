import { parseArgs } from 'node:util';

import { commandOf, localNode, run } from './lib/processes.mjs';

/**
 * Runs schedules of faults (docs/sync.md):
 *
 *   npm run test:faults -- --runs 10000            so many schedules
 *   npm run test:faults -- --seed S --path P       one that failed, again
 *   npm run test:faults -- ... --shrink            looks for a smaller one that fails
 *   npm run test:faults -- ... --trace             tells what happens in it
 *   npm run test:faults -- --defects [name]        puts defects in, and expects each to be caught
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    shrink: { type: 'boolean' },
    trace: { type: 'boolean' },
    defects: { type: 'boolean' },
  },
});

function runSchedules(more, parameters = []) {
  const wanted = {
    DOCCENTR_SYNC_RUNS: values.runs ?? (values.path === undefined ? undefined : '1'),
    DOCCENTR_SYNC_SEED: values.seed,
    DOCCENTR_SYNC_PATH: values.path,
    DOCCENTR_SYNC_SHRINK: values.shrink ? 'yes' : undefined,
    DOCCENTR_SYNC_TRACE: values.trace ? 'yes' : undefined,
    ...more,
  };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  // A schedule that is run again needs one process only.
  const files = values.path === undefined ? [] : ['sync/schedules.test.ts', '-t', 'converges'];
  return run(localNode(), [commandOf('vitest'), 'run', '--project=sync', ...files, ...parameters], {
    env: { ...process.env, ...Object.fromEntries(given) },
  });
}

/** Each defect has to make the schedule that is named for it fail. */
async function seedDefects() {
  const { DEFECTS } = await import('../tests/faults/defects.ts');
  const names = positionals.length > 0 ? positionals : Object.keys(DEFECTS);
  const missed = [];
  for (const name of names) {
    const code = await runSchedules({ DOCCENTR_DEFECT: name }, ['-t', DEFECTS[name].test]);
    console.log(`${name}: ${code === 0 ? 'MISSED' : 'caught'}`);
    if (code === 0) missed.push(name);
  }
  console.log(`${names.length - missed.length} of ${names.length} defects caught`);
  return missed.length === 0 ? 0 : 1;
}

process.exitCode = values.defects ? await seedDefects() : await runSchedules({});
