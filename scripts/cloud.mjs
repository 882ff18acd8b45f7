import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { localNode, root, run } from './lib/processes.mjs';

/** Starts the cloud on this machine (see backend/local/README.md), building the backend if need be. */
if (!existsSync(join(root, 'node_modules', 'rolldown'))) {
  console.error('doccentr cloud: the dependencies are missing; run "npm ci" first');
  process.exit(1);
}
const built = await run(localNode(), [join(root, 'scripts', 'build-backend.mjs')], {
  stdio: ['ignore', 2, 2],
});
if (built !== 0) process.exit(built);
await import('../out/backend/cloud.mjs');
