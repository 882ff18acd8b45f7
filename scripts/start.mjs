import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { isBuildFresh } from './lib/build-state.mjs';
import { findElectron } from './lib/find-electron.mjs';
import { localNode, root, run } from './lib/processes.mjs';

/**
 * Starts the app: in Electron, or where that cannot be had as the browser shell. Standard output is
 * left to the browser shell, whose one line scripts wait for; everything else goes to standard error.
 */

/** An Electron that ends with an error so soon never opened its window (a library is missing, …). */
const FAILED_START_MS = 5_000;

const PARENT_CHECK_MS = 500;

function tell(text) {
  process.stderr.write(`doccentr: ${text}\n`);
}

/** Why Electron cannot show a window here, or null. */
function obstacle() {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid() === 0) return "Electron's sandbox does not run as root";
  return null;
}

/** The binary to start, or null for the browser shell. */
async function chooseElectron(wish) {
  if (wish === 'browser') return null;
  const reason = wish === 'electron' ? null : obstacle();
  const found = reason === null ? await findElectron(tell) : { reason };
  if (found.path !== undefined) return found.path;
  if (wish === 'electron') throw new Error(`Electron was asked for, but: ${found.reason}`);
  tell(`opening in the browser: ${found.reason}`);
  return null;
}

async function build() {
  if (isBuildFresh()) return;
  tell('building the app (the first time, and after a change)');
  const code = await run(localNode(), [join(root, 'scripts', 'build.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) throw new Error('the build failed');
}

function startBrowserShell() {
  return run(localNode(), [join(root, 'out', 'web', 'index.js')]);
}

async function startElectron(binary, wish) {
  const startedAt = Date.now();
  const code = await run(binary, [root], { stdio: ['inherit', 2, 'inherit'] });
  const hasFailed = code !== 0 && Date.now() - startedAt < FAILED_START_MS;
  if (!hasFailed || wish === 'electron') return code;
  tell(`opening in the browser: Electron did not start (${code})`);
  return await startBrowserShell();
}

/**
 * npm and its shell may be ended without a word to what they started; whoever ended them meant the
 * app. (Windows keeps the number of a parent that is gone, so nothing happens there.)
 */
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.emit('SIGTERM', 'SIGTERM');
  }, PARENT_CHECK_MS).unref();
}

async function main() {
  endWithParent();
  const wish = process.env.DOCCENTR_SHELL || 'any';
  if (!['any', 'electron', 'browser'].includes(wish)) {
    throw new Error(`DOCCENTR_SHELL is "${wish}"; it may be "electron" or "browser"`);
  }
  if (!existsSync(join(root, 'node_modules', 'electron-vite'))) {
    throw new Error('the dependencies are missing; run "npm ci" first');
  }
  const electron = await chooseElectron(wish);
  await build();
  return electron === null ? await startBrowserShell() : await startElectron(electron, wish);
}

try {
  process.exitCode = await main();
} catch (error) {
  tell(error.message);
  process.exitCode = 1;
}
