import { randomUUID } from 'node:crypto';

import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { SERVICES } from '../../../src/shared/contracts/rest-v1/route';
import { migrateDatabase } from './migrate';

let root: Connection;
const name = `scratch_${randomUUID().replaceAll('-', '')}`;

beforeAll(async () => {
  root = await createConnection({ ...inject('cloud').database });
  await root.query(`create database ${name} character set utf8mb4`);
});

afterAll(async () => {
  await root.query(`drop database ${name}`);
  await root.end();
});

it.each(SERVICES)(
  'brings %s up to date once, when its tasks all start at once',
  async (service) => {
    await root.query(`drop database ${name}`);
    await root.query(`create database ${name} character set utf8mb4`);
    const address = { ...inject('cloud').database, name, tls: null };
    await Promise.all([1, 2, 3].map(() => migrateDatabase(service, address)));
    const applied = `select hash from ${name}.__drizzle_migrations`;
    const [hashes] = await root.query<RowDataPacket[]>(applied);
    expect(hashes.length).toBeGreaterThan(0);
    expect(new Set(hashes.map((row) => String(row['hash']))).size).toBe(hashes.length);
  },
);
