import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { migrate } from 'drizzle-orm/mysql2/migrator';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import type { DatabaseAddress } from '../config';
import { openDatabase } from './database';

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

/** Brings the database of a service to the shape that its code expects. Additive, numbered. */
export async function migrateDatabase(
  service: ServiceName,
  address: DatabaseAddress,
): Promise<void> {
  const database = openDatabase(address, 1);
  try {
    await migrate(database.db, { migrationsFolder: migrationsFolder(service) });
  } finally {
    await database.close();
  }
}
