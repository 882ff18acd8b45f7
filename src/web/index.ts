import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import type { FastifyInstance } from 'fastify';

import { prepareDataDirectory, readSettings } from '../core/host/environment';
import { EXIT_CODE } from '../core/host/exit-code';
import { describeError, openLog } from '../core/host/log';
import { listPages } from '../core/host/pages';
import { createSecretFile, noCipher } from '../core/host/secret-file';
import { superviseCore } from '../core/host/supervisor';
import { EventFeed } from './event-feed';
import { forkCore } from './forked-core';
import { openBrowser } from './open-browser';
import { announceShell, findRunningShell, withdrawShell } from './running-shell';
import { createServer } from './server';
import { Sessions } from './sessions';

/** Tried first, so that the app has the same address (and zoom, and permissions) every day. */
const USUAL_PORT = 47_830;

const coreEntry = fileURLToPath(new URL('../core/index.js', import.meta.url));
const renderer = fileURLToPath(new URL('../renderer', import.meta.url));

/** The browser shell: one core, served to a browser on this machine. */
async function main(): Promise<void> {
  const { dataDirectory, port, opensBrowser } = readSettings(process.env);
  prepareDataDirectory(dataDirectory);

  const running = await findRunningShell(dataDirectory);
  if (running !== null) {
    tell('doccentr is already running on this data directory; this is its address');
    printAddress(running.address, running.token);
    return;
  }

  const log = openLog(dataDirectory, 'shell');
  const sessions = new Sessions();
  const events = new EventFeed();
  const core = superviseCore({
    spawn: () => forkCore(coreEntry, dataDirectory),
    platform: createSecretFile(dataDirectory, noCipher),
    onEvent: (event) => events.tell(event),
    onGivenUp: (reason) => {
      tell(
        reason === 'directory_in_use'
          ? `another doccentr works on ${dataDirectory}; close it first`
          : `the app does not start; the reason is in ${dataDirectory}/logs/core.log`,
      );
      process.exit(reason === 'directory_in_use' ? EXIT_CODE.directoryInUse : EXIT_CODE.crashed);
    },
  });
  await core.ready;

  function reportBug(error: unknown): string {
    const reference = randomUUID();
    log.error({ reference, ...describeError(error) }, 'request failed');
    return reference;
  }
  const server = createServer({ core, findPage: listPages(renderer), sessions, events, reportBug });
  const address = await listen(server, port);
  announceShell(dataDirectory, { pid: process.pid, address, token: sessions.token });
  printAddress(address, sessions.token);
  if (opensBrowser) openBrowser(`${address}/#code=${sessions.newCode()}`);

  let isEnding = false;
  async function end(): Promise<void> {
    if (isEnding) return;
    isEnding = true;
    withdrawShell(dataDirectory);
    events.close();
    await Promise.all([server.close(), core.stop()]);
    process.exit(EXIT_CODE.stopped);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void end());
  }
}

/** On the wanted port; without a wish on the usual one, or any other when that is taken. */
async function listen(server: FastifyInstance, port: number | null): Promise<string> {
  const host = '127.0.0.1';
  if (port !== null) return await server.listen({ host, port });
  try {
    return await server.listen({ host, port: USUAL_PORT });
  } catch {
    return await server.listen({ host, port: 0 });
  }
}

/** The one line that scripts wait for. */
function printAddress(address: string, token: string): void {
  process.stdout.write(`doccentr: ${address}/#token=${token}\n`);
}

function tell(text: string): void {
  process.stderr.write(`doccentr: ${text}\n`);
}

await main();
