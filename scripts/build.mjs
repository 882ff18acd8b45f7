import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { root, runLocal } from './lib/processes.mjs';

/** Builds all processes into `out/`, from nothing, so that no file of an older build is served. */
rmSync(join(root, 'out'), { recursive: true, force: true });
await runLocal('electron-vite', ['build', '--logLevel', 'warn']);
