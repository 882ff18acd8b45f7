import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';

export interface LocalCounts {
  readonly clients: number;
  readonly products: number;
  readonly orders: number;
  readonly invoices: number;
  readonly payments: number;
}

/** What is in a replica, open or not, without changing it. */
export function countRecords(replicaPath: string): LocalCounts {
  return look(replicaPath, (count) => ({
    clients: count('clients WHERE deleted_at IS NULL'),
    products: count('products WHERE deleted_at IS NULL'),
    orders: count('orders WHERE deleted_at IS NULL'),
    invoices: count('invoices WHERE deleted_at IS NULL'),
    payments: count('payments'),
  }));
}

/**
 * What a bound replica alone has: changes that the cloud has not acknowledged, and what it refused or
 * left to a choice.
 */
export function countUnsent(replicaPath: string): number {
  return look(
    replicaPath,
    (count) =>
      count(`outbox WHERE state <> 'acknowledged'`) +
      count(`attention WHERE kind IN ('rejection', 'conflict') AND settled_at IS NULL`),
  );
}

function look<T>(path: string, work: (count: (from: string) => number) => T): T {
  // A replica that was set aside for damage counts nothing.
  const db = existsSync(path) ? new Database(path, { readonly: true }) : new Database(':memory:');
  try {
    return work((from) => {
      try {
        return db.prepare<[], number>(`SELECT count(*) FROM ${from}`).pluck().get() ?? 0;
      } catch (error) {
        if (error instanceof Database.SqliteError) return 0;
        throw error;
      }
    });
  } finally {
    db.close();
  }
}
