import { fileURLToPath } from 'node:url';

import type { CoreEvent } from '../shared/contracts/core-protocol';
import { createApp } from './app';
import { createDispatcher } from './host/dispatcher';
import { lockDirectory } from './host/directory-lock';
import { prepareDataDirectory, readSettings } from './host/environment';
import { EXIT_CODE } from './host/exit-code';
import type { App } from './host/handlers';
import { describeError, openLog } from './host/log';
import { openPort, type CorePort } from './host/port';
import { createShellPlatform } from './host/shell-platform';

/** What `npm run cloud` writes; a packaged app has no such place. */
const developmentCloud = fileURLToPath(new URL('../../.local/cloud.json', import.meta.url));

/** Built beside this one. */
const checkpointThread = new URL('checkpoint-thread.js', import.meta.url);

/** The core process: takes the data directory, opens the app, answers its shell until that ends. */
function main(): void {
  const { dataDirectory, cloudUrl } = readSettings(process.env);
  prepareDataDirectory(dataDirectory);
  const log = openLog(dataDirectory, 'core');
  const port = openPort();

  const unlock = lockDirectory(dataDirectory);
  if (unlock === null) {
    log.warn('another process uses the data directory');
    process.exit(EXIT_CODE.directoryInUse);
  }

  function crash(what: string, error: unknown): never {
    log.fatal(describeError(error), what);
    process.exit(EXIT_CODE.crashed);
  }
  process.on('uncaughtException', (error) => crash('uncaught exception', error));
  process.on('unhandledRejection', (error) => crash('unhandled rejection', error));

  const platform = createShellPlatform((request) => port.send(request));
  const app = createApp({
    dataDirectory,
    platform,
    cloudUrl,
    developmentCloud,
    checkpointThread,
    emit: (event: CoreEvent) => port.send(event),
    onFailedCall: (failed) => log.warn(failed, 'cloud call failed'),
  });
  const dispatch = createDispatcher(app, ({ reference, method, error }) => {
    log.error({ reference, method, ...describeError(error) }, 'call failed');
  });

  port.onMessage((message) => {
    if (platform.hear(message)) return;
    void dispatch(message).then((response) => {
      if (response !== null) port.send(response);
    });
  });
  endWithShell(app, port);

  app.then(
    () => port.send({ event: 'ready' }),
    (error: unknown) => crash('the app did not open', error),
  );
}

/**
 * Ends when the shell goes away or says so. Ctrl+C reaches every process of a terminal; the shell
 * hears it too and ends the core in its own order, so the core lets it pass.
 */
function endWithShell(app: Promise<App>, port: CorePort): void {
  let isEnding = false;
  function end(): void {
    if (isEnding) return;
    isEnding = true;
    app
      .then((opened) => opened.close())
      .then(
        () => process.exit(EXIT_CODE.stopped),
        () => process.exit(EXIT_CODE.crashed),
      );
  }
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', end);
  port.onGone(end);
}

main();
