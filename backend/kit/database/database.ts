import type { MySql2Database } from 'drizzle-orm/mysql2';
import { drizzle } from 'drizzle-orm/mysql2';
import type { Pool, SslOptions } from 'mysql2/promise';
import { createPool } from 'mysql2/promise';

import type { DatabaseAddress } from '../config';
import { isDeadlock } from './database-errors';

/** The database of a service. Reads may use it; writes go through `transact`. */
export type Database = MySql2Database;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface OpenDatabase {
  readonly db: Database;
  readonly pool: Pool;
  close(): Promise<void>;
}

const CONNECTIONS = 16;
const DEADLOCK_TRIES = 5;

/** Opens a pool; connections are made when they are first needed. */
export function openDatabase(address: DatabaseAddress, connections = CONNECTIONS): OpenDatabase {
  const pool = createPool({
    ...placeOf(address),
    user: address.user,
    password: address.password,
    database: address.name,
    ...(address.tls === null ? {} : { ssl: tlsOptions(address.tls) }),
    connectionLimit: connections,
    maxIdle: connections,
    waitForConnections: true,
    queueLimit: 1_000,
    connectTimeout: 5_000,
    enableKeepAlive: true,
    timezone: 'Z',
    charset: 'utf8mb4_unicode_ci',
    supportBigNumbers: true,
    decimalNumbers: false,
    // By itself the driver notes the stack of every single query.
    trace: false,
  });
  // Once per connection, so that a transaction needs no statement of its own for it.
  pool.pool.on('connection', (connection) => {
    connection.query('set session transaction isolation level read committed');
  });
  return { db: drizzle(pool), pool, close: () => pool.end() };
}

function placeOf({ host, port }: DatabaseAddress) {
  return host.startsWith('/') ? { socketPath: host } : { host, port };
}

/** The server proves by its certificate that it is the host that was asked for. */
function tlsOptions({ ca }: NonNullable<DatabaseAddress['tls']>): SslOptions {
  return { ca: [...ca], verifyIdentity: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' };
}

const committed = new WeakMap<Transaction, (() => void)[]>();

/** Has `effect` happen as soon as the transaction stands; never when it rolls back. */
export function afterCommit(transaction: Transaction, effect: () => void): void {
  const effects = committed.get(transaction);
  if (effects === undefined) committed.set(transaction, [effect]);
  else effects.push(effect);
}

/**
 * Runs `work` in one transaction (READ COMMITTED: the rows that rules depend on are locked by
 * name). A deadlock is the database's way to ask for another try; anything else rolls back and is
 * thrown on.
 */
export async function transact<T>(
  db: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      let effects: readonly (() => void)[] = [];
      const outcome = await db.transaction(async (transaction) => {
        const result = await work(transaction);
        effects = committed.get(transaction) ?? [];
        return result;
      });
      for (const effect of effects) effect();
      return outcome;
    } catch (error) {
      if (attempt >= DEADLOCK_TRIES || !isDeadlock(error)) throw error;
    }
  }
}
