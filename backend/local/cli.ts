import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { cloudFileOf, readCloudFile } from './cloud-file';
import { type Cloud, startCloud } from './cloud';
import { usualDataDirectory } from './cloud-options';
import { fillDemo } from './demo';
import { DirectoryInUseError } from './directory-lock';

/** `npm run cloud`: the whole cloud on this machine, until Ctrl-C. */

const PARENT_CHECK_MS = 500;

interface Wishes {
  readonly dataDirectory: string;
  readonly port: number | undefined;
  readonly reset: boolean;
  readonly demo: boolean;
}

function readWishes(): Wishes {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      reset: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port is "${values.port ?? ''}"; it is a number from 1 to 65535`);
  }
  return {
    dataDirectory: values.data === undefined ? usualDataDirectory : resolve(values.data),
    port,
    reset: values.reset,
    demo: values.demo,
  };
}

/** Standard output is left to the one line that scripts wait for. */
function tell(text: string): void {
  process.stderr.write(`doccentr cloud: ${text}\n`);
}

function printAddress(address: string): void {
  process.stdout.write(`doccentr cloud: ${address}\n`);
}

/** Aborts when the process is asked to end, or when who started it is gone without a word. */
function untilAskedToEnd(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => controller.abort());
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) controller.abort();
  }, PARENT_CHECK_MS).unref();
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function main(): Promise<number> {
  const wishes = readWishes();
  const signal = untilAskedToEnd();
  const cloud = await start(wishes, signal);
  if (cloud === null) return 0;
  if (wishes.demo) await Promise.race([showDemo(cloud, wishes.dataDirectory), aborted(signal)]);
  printAddress(cloud.api);
  const reason = await Promise.race([aborted(signal), cloud.failed]);
  if (reason !== undefined) tell(reason);
  await cloud.stop();
  return reason === undefined ? 0 : 1;
}

/** Fills the demo; without it the cloud is as good as ever. */
async function showDemo(cloud: Cloud, dataDirectory: string): Promise<void> {
  try {
    const accounts = await fillDemo(cloud.api, join(dataDirectory, 'demo.json'));
    for (const { email, password } of accounts) tell(`demo business: ${email}, ${password}`);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}

/** The running cloud, or null when there is nothing to run. */
async function start(wishes: Wishes, signal: AbortSignal): Promise<Cloud | null> {
  const { dataDirectory, port, reset } = wishes;
  try {
    return await startCloud({
      dataDirectory,
      reset,
      signal,
      tell,
      ...(port === undefined ? {} : { port }),
    });
  } catch (error) {
    if (signal.aborted) return null;
    if (!(error instanceof DirectoryInUseError)) throw error;
    const running = readCloudFile(cloudFileOf(dataDirectory));
    if (running === null) {
      tell(`is being started on this data by process ${error.pid}`);
    } else {
      tell(`is running on this data already (process ${error.pid}); this is its address`);
      printAddress(running.apiUrl);
    }
    return null;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
