import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { builtApp } from './built-app';

const START_PATIENCE_MS = 30_000;

/** A running browser shell, as a person starts it by `npm start`. */
export interface BrowserShell {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly token: string;
  readonly dataDirectory: string;
  readonly pid: number;
  /** Everything that it wrote to standard output so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts the built browser shell on a port of its own; it opens no browser. */
export async function startBrowserShell(
  dataDirectory: string,
  variables: Readonly<Record<string, string>> = {},
  build = builtApp,
): Promise<BrowserShell> {
  const child = spawn(process.execPath, [join(build, 'web', 'index.js')], {
    env: {
      ...process.env,
      DOCCENTR_DATA_DIR: dataDirectory,
      DOCCENTR_PORT: '0',
      DOCCENTR_OPEN: '0',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
  const lines: string[] = [];
  const [address, token] = await Promise.race([
    readAddress(child, lines),
    once(child, 'exit').then(() => {
      throw new Error(`the browser shell ended: ${errors.join('')}`);
    }),
  ]);
  return {
    address,
    token,
    dataDirectory,
    pid: child.pid ?? 0,
    output: () => lines.join('\n'),
    stop: () => stop(child),
  };
}

async function readAddress(
  child: ChildProcess & { readonly stdout: NodeJS.ReadableStream },
  lines: string[],
): Promise<readonly [string, string]> {
  const reader = createInterface({ input: child.stdout });
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('the browser shell did not become ready'));
    }, START_PATIENCE_MS);
    reader.on('line', (line) => {
      lines.push(line);
      const [, address, token] = /^doccentr: (http:\S+)\/#token=(\S+)$/u.exec(line) ?? [];
      if (address === undefined || token === undefined) return;
      clearTimeout(timer);
      resolve([address, token]);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
