import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The build that is tested; by hand another one than `out/`. */
export const builtApp = join(repository, process.env['DOCCENTR_OUT_DIR'] ?? 'out');

/** Pictures of screens, kept after a run. */
export const screensDirectory = join(repository, 'artifacts', 'screens');
