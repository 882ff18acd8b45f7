import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, runLocal } from './lib/processes.mjs';

/** Builds all processes, from nothing, so that no file of an older build is served. */
const out = join(root, process.env.DOCCENTR_OUT_DIR ?? 'out');
const started = new Date();
for (const name of existsSync(out) ? readdirSync(out) : []) {
  // The backend has a build of its own, and may be running from it.
  if (name !== 'backend') rmSync(join(out, name), { recursive: true, force: true });
}
await runLocal('electron-vite', ['build', '--logLevel', 'warn']);
// A source that changed while the build ran is newer than this mark (see build-state.mjs).
writeFileSync(join(out, 'built'), `${started.toISOString()}\n`);
