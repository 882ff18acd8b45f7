import { commandOf, localNode, run } from './lib/processes.mjs';

/**
 * Tries the REST API by its own document with Schemathesis: 10,000 cases, or as many as the first
 * argument says. `npm test` runs a tenth of it. What was found is in `artifacts/schemathesis.txt`.
 */
const cases = process.argv[2] ?? '10000';
process.exitCode = await run(
  localNode(),
  [commandOf('vitest'), 'run', '--project=cloud', 'tests/cloud/contract'],
  { env: { ...process.env, DOCCENTR_CONTRACT_CASES: cases } },
);
