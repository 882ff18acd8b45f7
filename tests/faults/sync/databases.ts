import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { RowDataPacket } from 'mysql2';
import { createConnection } from 'mysql2/promise';

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
  /** What the server calls a table of a service, wherever it is asked. */
  nameOf(service: SyncingService, table: string): string;
  /** Runs several statements at once; answers the rows of each, in their order. */
  runAll(statements: readonly string[]): Promise<readonly (readonly RowDataPacket[])[]>;
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
  const names = new Map<SyncingService, string>();
  const entries = await Promise.all(
    SYNCING.map(async (service) => {
      const database = await createScratchDatabase(server.connection, service);
      const [rows] = await database.pool.query<RowDataPacket[]>('select database() as name');
      names.set(service, String(rows[0]?.['name']));
      return [service, database] as const;
    }),
  );
  const of = Object.fromEntries(entries) as Databases['of'];
  const all = await createConnection({
    ...server.connection,
    multipleStatements: true,
    timezone: 'Z',
    supportBigNumbers: true,
  });
  // No schedule takes the machine away under the server.
  await all.query('set global innodb_flush_log_at_trx_commit = 0');
  return {
    of,
    nameOf: (service, table) => `\`${names.get(service) ?? ''}\`.\`${table}\``,
    async runAll(statements) {
      if (statements.length === 0) return [];
      // A second one, so that the answer is a list of lists also where there is but one.
      const [sets] = await all.query<RowDataPacket[][]>([...statements, 'do 0'].join(';\n'));
      return sets.slice(0, -1);
    },
    async stop() {
      await all.end();
      await Promise.all(Object.values(of).map((database) => database.close()));
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
