import { randomUUID } from 'node:crypto';

import { sql } from 'drizzle-orm';
import { createConnection } from 'mysql2/promise';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import type { OpenDatabase } from '../database/database';
import { openDatabase } from '../database/database';
import { migrateDatabase } from '../database/migrate';

interface RootConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export interface ScratchDatabase extends OpenDatabase {
  drop(): Promise<void>;
}

/** A database of its own with the tables of a service, the kit's among them. */
export async function createScratchDatabase(
  root: RootConnection,
  service: ServiceName = 'clients',
): Promise<ScratchDatabase> {
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  const connection = await createConnection({ ...root });
  await connection.query(`create database ${name} character set utf8mb4`);
  await connection.end();
  const address = { ...root, name, tls: null };
  await migrateDatabase(service, address);
  const database = openDatabase(address);
  return {
    ...database,
    async drop() {
      await database.db.execute(sql.raw(`drop database ${name}`));
      await database.close();
    },
  };
}
