import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Mariadb } from '../../backend/local/mariadb';
import { startMariadb } from '../../backend/local/mariadb';
import { prepareMariadb } from '../../backend/local/mariadb-setup';
import { choosePorts } from '../../backend/local/ports';
import { runCommand } from '../../backend/local/run-command';
import type { DatabaseAddress } from '../../backend/kit/config';
import type { OpenDatabase } from '../../backend/kit/database/database';
import { openDatabase } from '../../backend/kit/database/database';

let folder: string;
let server: Mariadb;

async function openssl(...parameters: readonly string[]): Promise<void> {
  const outcome = await runCommand('openssl', parameters);
  if (!outcome.succeeded) throw new Error(outcome.output);
}

const file = (name: string) => join(folder, name);

const NEW_KEY = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];

async function makeAuthority(name: string): Promise<void> {
  const files = ['-keyout', file(`${name}.ca.key`), '-out', file(`${name}.ca.pem`)];
  await openssl('req', '-x509', ...NEW_KEY, ...files, '-subj', `/CN=${name}`);
}

/** What the server shows of itself from its next start, or `flush ssl`, on. */
async function certify(authority: string, host: string): Promise<void> {
  const files = ['-keyout', file('server.key'), '-out', file('server.pem')];
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const issuer = ['-CA', file(`${authority}.ca.pem`), '-CAkey', file(`${authority}.ca.key`)];
  await openssl('req', '-x509', ...NEW_KEY, ...files, ...names, ...issuer);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doccentr-tls-'));
  await makeAuthority('good');
  await makeAuthority('other');
  await certify('good', 'localhost');
  const { mariadb: port } = await choosePorts(['mariadb'], file('ports.json'), {});
  server = await startMariadb({
    programs: await prepareMariadb(() => undefined),
    port,
    directory: file('data'),
    logFile: file('mariadb.log'),
    rootPassword: randomUUID(),
    parameters: [`--ssl-cert=${file('server.pem')}`, `--ssl-key=${file('server.key')}`],
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function withDatabase<T>(
  tls: DatabaseAddress['tls'],
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const address = { ...server.connection, host: 'localhost', name: 'mysql', tls };
  const database = openDatabase(address, 1);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Empty where nothing is encrypted. */
async function cipher({ db }: OpenDatabase): Promise<string> {
  const [rows] = await db.execute(sql`show session status like 'Ssl_cipher'`);
  return (rows as unknown as readonly { readonly Value: string }[])[0]?.Value ?? '';
}

const certificate = (name: string) => ({ ca: [readFileSync(file(`${name}.ca.pem`), 'utf8')] });

it('speaks to a server that its authority vouches for, encrypted', async () => {
  expect(await withDatabase(certificate('good'), cipher)).not.toBe('');
  expect(await withDatabase(null, cipher)).toBe('');
});

it('speaks to no server that another authority vouches for, or that has another name', async () => {
  await expect(withDatabase(certificate('other'), cipher)).rejects.toThrow();
  await certify('good', 'elsewhere.example');
  await withDatabase(null, ({ db }) => db.execute(sql`flush ssl`));
  await expect(withDatabase(certificate('good'), cipher)).rejects.toThrow();
});
