import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { RowDataPacket } from 'mysql2';
import { createConnection, type Connection } from 'mysql2/promise';

import type { OpenDatabase } from '../../../backend/kit/database/database';
import { openDatabase } from '../../../backend/kit/database/database';
import { createScratchDatabase } from '../../../backend/kit/testing/scratch-database';
import { startMariadb } from '../../../backend/local/mariadb';
import { prepareMariadb } from '../../../backend/local/mariadb-setup';
import { choosePorts } from '../../../backend/local/ports';
import { fastDirectory } from './fast-directory';
import { Life } from './life';

/** The services that keep collections. */
export const SYNCING = ['auth', 'clients', 'orders', 'invoices'] as const;
export type SyncingService = (typeof SYNCING)[number];

export interface Databases {
  /** The connections of the services' processes; others after they have ended. */
  readonly of: Readonly<Record<SyncingService, OpenDatabase>>;
  /** The services' processes; another life after they have ended. */
  readonly life: Life;
  /** How many transactions the services have committed, to see whether there is anything new. */
  readonly commits: number;
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
  // Faster than by the network, where it is reached at all: a path to a socket may not be long.
  const socket = join(directory, 'data', 'mariadb.sock');
  const names = new Map<SyncingService, string>();
  for (const service of SYNCING) {
    const database = await createScratchDatabase(server.connection, service);
    const [rows] = await database.pool.query<RowDataPacket[]>('select database() as name');
    names.set(service, String(rows[0]?.['name']));
    await database.close();
  }
  const all = await createConnection({
    ...server.connection,
    socketPath: socket,
    multipleStatements: true,
    timezone: 'Z',
    supportBigNumbers: true,
  });
  // No schedule takes the machine away under the server.
  await all.query('set global innodb_flush_log_at_trx_commit = 0');

  let commits = 0;
  function begin(): { readonly of: Databases['of']; readonly life: Life } {
    const life = new Life(
      async () => {
        const ended = now.of;
        await closeConnections(all);
        now = begin();
        for (const { pool } of Object.values(ended)) pool.end().catch(() => undefined);
      },
      () => {
        commits += 1;
      },
    );
    const entries = SYNCING.map((service) => {
      const address = {
        ...server.connection,
        host: socket,
        name: names.get(service) ?? '',
        tls: null,
      };
      const opened = openDatabase(address);
      return [service, { ...opened, db: life.within(opened.db) }] as const;
    });
    return { of: Object.fromEntries(entries) as Databases['of'], life };
  }
  let now = begin();

  return {
    get of() {
      return now.of;
    },
    get life() {
      return now.life;
    },
    get commits() {
      return commits;
    },
    nameOf: (service, table) => `\`${names.get(service) ?? ''}\`.\`${table}\``,
    async runAll(statements) {
      if (statements.length === 0) return [];
      // A second one, so that the answer is a list of lists also where there is but one.
      const [sets] = await all.query<RowDataPacket[][]>([...statements, 'do 0'].join(';\n'));
      return sets.slice(0, -1);
    },
    async stop() {
      await all.end();
      await Promise.all(Object.values(now.of).map((database) => database.close()));
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** What the server does when a process ends: what its connections had not committed is rolled back. */
async function closeConnections(server: Connection): Promise<void> {
  const [rows] = await server.query<RowDataPacket[]>(
    'select id from information_schema.processlist where db is not null',
  );
  for (const { id } of rows) {
    await server.query('kill connection ?', [id]).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ER_NO_SUCH_THREAD';
}
