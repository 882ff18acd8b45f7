import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The Node that the tools and the app run on: the one that comes with the dependencies, because the
 * machine's own may be older than what they need.
 */
export function localNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const local = join(root, 'node_modules', 'node', 'bin', name);
  return existsSync(local) ? local : process.execPath;
}

/** The script behind a command of a dependency, to be run by `localNode`. */
export function commandOf(name, command = name) {
  const directory = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  return join(directory, typeof bin === 'string' ? bin : bin[command]);
}

/** Runs a command of a dependency; rejects when it fails. */
export async function runLocal(name, parameters = [], options = {}) {
  const code = await run(localNode(), [commandOf(name), ...parameters], options);
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
}

/**
 * Runs a program in the repository and answers its exit code (a signal counts as 1). It outlives
 * the signals that end this process, because it decides itself when it is done: they are passed on to it. (A
 * terminal sends Ctrl+C to both; hearing it twice is no harm.)
 */
export function run(program, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: root, stdio: 'inherit', ...options });
    const handlers = { SIGINT: passOn, SIGTERM: passOn, SIGHUP: passOn };
    function passOn(signal) {
      child.kill(signal);
    }
    for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);
    function settle(finish) {
      for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler);
      finish();
    }
    child.on('error', (error) => settle(() => reject(error)));
    child.on('exit', (code) => settle(() => resolve(code ?? 1)));
  });
}
