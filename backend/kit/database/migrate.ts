import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { migrate } from 'drizzle-orm/mysql2/migrator';
import type { Pool, RowDataPacket } from 'mysql2/promise';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import type { DatabaseAddress } from '../config';
import { openDatabase } from './database';

/** The longest that a task waits for another one's migration. */
const LOCK_SECONDS = 300;

/** Beside the bundle when built, beside the schema when run from the sources. */
function migrationsFolder(service: ServiceName): string {
  const candidates = [
    new URL(`./migrations/${service}`, import.meta.url),
    new URL(`../../services/${service}/db/migrations`, import.meta.url),
  ].map((url) => fileURLToPath(url));
  const found = candidates.find((folder) => existsSync(folder));
  if (found === undefined)
    throw new Error(`no migrations of ${service} in ${candidates.join(', ')}`);
  return found;
}

/**
 * Brings the database of a service to the shape that its code expects. Additive, numbered. Tasks that
 * start at the same moment wait for the first one, and find nothing left to do.
 */
export async function migrateDatabase(
  service: ServiceName,
  address: DatabaseAddress,
): Promise<void> {
  // The lock is that of a connection: there is no other one.
  const database = openDatabase(address, 1);
  try {
    await takeLock(database.pool, `migrate ${address.name}`);
    await migrate(database.db, { migrationsFolder: migrationsFolder(service) });
  } finally {
    await database.close();
  }
}

/** Taken until the connection ends, also where it just breaks. */
async function takeLock(pool: Pool, name: string): Promise<void> {
  const [[row]] = await pool.query<RowDataPacket[]>('select get_lock(?, ?) as taken', [
    name,
    LOCK_SECONDS,
  ]);
  if (row?.['taken'] !== 1) throw new Error(`another task holds the lock "${name}"`);
}
