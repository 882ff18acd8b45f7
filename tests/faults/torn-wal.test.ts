import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { newUid } from '../../src/shared/domain/ids';
import { ok } from '../../src/shared/domain/result';
import { openReplica } from '../../src/core/replica/replica';
import { clients } from '../../src/core/replica/schema';
import { seededRandom } from './workload';

const TRANSACTIONS = 40;
const ROWS_EACH = 7;
const CUTS = 150;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-wal-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Writes transactions of several rows each, and leaves them in the WAL. */
function writeTransactions(path: string): void {
  const replica = openReplica(path, { now: () => new Date(), onChange: () => undefined });
  replica.connection.pragma('wal_checkpoint(TRUNCATE)');
  replica.connection.pragma('wal_autocheckpoint = 0');
  for (let transaction = 0; transaction < TRANSACTIONS; transaction += 1) {
    replica.write((scope) => {
      for (let row = 0; row < ROWS_EACH; row += 1) {
        const uid = newUid();
        scope.db
          .insert(clients)
          .values(clientRow(uid, `${transaction}`, scope.now))
          .run();
        scope.record({
          collection: 'clients',
          uid,
          action: 'created',
          mutation: { kind: 'create', record: { uid, transaction } },
        });
      }
      return ok(undefined);
    });
  }
  // The copies stand for the disk at the moment of a power cut: the writer never closed.
  copyFileSync(path, `${path}.cut`);
  copyFileSync(`${path}-wal`, `${path}.cut-wal`);
  replica.close();
}

function clientRow(uid: string, name: string, now: string) {
  return {
    uid,
    name,
    sortName: name,
    contactName: '',
    email: '',
    emailKey: '',
    vatKey: '',
    phone: '',
    address: { line1: '', line2: '', postalCode: '', city: '', region: '', country: 'DE' },
    vatNumber: '',
    companyNumber: '',
    remindersPaused: false,
    notes: '',
    createdAt: now,
    updatedAt: now,
  };
}

describe('a WAL cut off at any byte', () => {
  it('opens with whole transactions only, the oldest ones', () => {
    const path = join(directory, 'replica.sqlite');
    writeTransactions(path);
    const size = statSync(`${path}.cut-wal`).size;
    const random = seededRandom(20_260_310);
    const kept = new Set<number>();
    for (let cut = 0; cut < CUTS; cut += 1) {
      const copy = join(directory, `copy-${cut}.sqlite`);
      copyFileSync(`${path}.cut`, copy);
      copyFileSync(`${path}.cut-wal`, `${copy}-wal`);
      const length = cut === 0 ? size : Math.floor(random() * size);
      truncateSync(`${copy}-wal`, length);
      const whole = readTransactions(copy);
      kept.add(whole);
      if (cut === 0) expect(whole).toBe(TRANSACTIONS);
    }
    // The cuts fell into many different transactions, so the test saw more than the ends.
    expect(kept.size).toBeGreaterThan(TRANSACTIONS / 2);
  });
});

/** Opens a copy as the app does and answers how many transactions it holds; each must be whole. */
function readTransactions(path: string): number {
  const replica = openReplica(path, { now: () => new Date(), onChange: () => undefined });
  try {
    const { connection } = replica;
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    const rows = connection
      .prepare<[], { name: string; n: number }>(
        'SELECT name, count(*) AS n FROM clients GROUP BY name ORDER BY CAST(name AS INTEGER)',
      )
      .all();
    expect(rows).toEqual(rows.map((_, index) => ({ name: String(index), n: ROWS_EACH })));
    for (const table of ['outbox', 'activity']) {
      const told = connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
      expect(told).toBe(rows.length * ROWS_EACH);
    }
    return rows.length;
  } finally {
    replica.close();
  }
}
