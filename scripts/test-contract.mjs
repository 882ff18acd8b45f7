import { commandOf, localNode, run } from './lib/processes.mjs';

/**
 * Tries the REST API by its own document with Schemathesis, as `npm test` does with the same 10,000
 * cases every time: here with new ones, 30,000 or as many as the first argument says. What was found
 * is in `artifacts/schemathesis.txt`.
 */
const cases = process.argv[2] ?? '30000';
process.exitCode = await run(
  localNode(),
  [commandOf('vitest'), 'run', '--project=cloud', 'tests/cloud/contract'],
  { env: { ...process.env, DOCCENTR_CONTRACT_CASES: cases } },
);
