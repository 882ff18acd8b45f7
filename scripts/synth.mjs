import { join } from 'node:path';

import { localNode, root, run } from './lib/processes.mjs';

/** Writes the templates of all stacks to `out/cdk`. */
const built = await run(localNode(), [join(root, 'scripts', 'build-backend.mjs')]);
process.exitCode =
  built !== 0 ? built : await run(localNode(), [join(root, 'out', 'backend', 'infra.mjs')]);
