import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { ScratchDatabase } from '../../../backend/kit/testing/scratch-database';
import { createScratchDatabase } from '../../../backend/kit/testing/scratch-database';
import { startMariadb } from '../../../backend/local/mariadb';
import { prepareMariadb } from '../../../backend/local/mariadb-setup';
import { choosePorts } from '../../../backend/local/ports';
import { fastDirectory } from './fast-directory';

/** The services that keep collections. */
export const SYNCING = ['auth', 'clients', 'orders', 'invoices'] as const;
export type SyncingService = (typeof SYNCING)[number];

export interface Databases {
  readonly of: Readonly<Record<SyncingService, ScratchDatabase>>;
  stop(): Promise<void>;
}

/** A MariaDB of its own with an empty database for each service. */
export async function startDatabases(): Promise<Databases> {
  const directory = mkdtempSync(join(fastDirectory(), 'doccentr-sync-'));
  const ports = await choosePorts(['mariadb'], join(directory, 'ports.json'), {});
  const server = await startMariadb({
    programs: await prepareMariadb(() => undefined),
    port: ports.mariadb,
    directory: join(directory, 'data'),
    logFile: join(directory, 'mariadb.log'),
    rootPassword: 'only-for-this-test',
  });
  const entries = await Promise.all(
    SYNCING.map(
      async (service) =>
        [service, await createScratchDatabase(server.connection, service)] as const,
    ),
  );
  const of = Object.fromEntries(entries) as Databases['of'];
  return {
    of,
    async stop() {
      await Promise.all(Object.values(of).map((database) => database.close()));
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
