import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { localNode, root, run } from './processes.mjs';

const directory = join(root, 'node_modules', 'electron');

/** Electron's binary if it is installed, else null. */
export function installedElectron() {
  const distribution = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(directory, 'dist');
  const pathFile = join(directory, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(distribution, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/**
 * Electron's binary, fetched if need be: `{ path }`, or `{ reason }` why there is none. Its package
 * brings no binary by itself, so the first start on a machine downloads it (about 120 MB).
 */
export async function findElectron(tell) {
  const installed = installedElectron();
  if (installed !== null) return { path: installed };
  if (!existsSync(join(directory, 'package.json'))) return { reason: 'Electron is not installed' };
  tell('fetching Electron (once)');
  await run(localNode(), [join(root, 'scripts', 'fetch-electron.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  const path = installedElectron();
  return path === null ? { reason: 'Electron could not be fetched' } : { path };
}
