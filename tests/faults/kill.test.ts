import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startCore, type CoreProcess } from './core-process';
import { filesOf, findFaults } from './replica-checks';
import { Acknowledged, seededRandom, writeUntilGone, type Versions } from './workload';

const KILLS = 100;
const WORKERS = 3;
/** A life ends a moment after a random number of answers, however fast the machine is. */
const MOST_ANSWERS = 12;
const LONGEST_MOMENT_MS = 40;

let dataDirectory: string;

beforeAll(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'doccentr-kill-'));
});
afterAll(() => rmSync(dataDirectory, { recursive: true }));

it(
  `loses nothing acknowledged when the core is killed ${KILLS} times while it writes`,
  { timeout: 600_000 },
  async () => {
    const seed = Number(process.env['DOCCENTR_KILL_SEED'] ?? Date.now() % 1_000_000);
    const random = seededRandom(seed);
    const acknowledged = new Acknowledged();
    await createBusiness();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const core = await startCore(dataDirectory);
      await warmUp(core);
      const workers = Array.from({ length: WORKERS }, () =>
        writeUntilGone(core, acknowledged, random),
      );
      const enough = acknowledged.writes + Math.floor(random() * MOST_ANSWERS);
      while (acknowledged.writes < enough) await sleep(1);
      await sleep(random() * LONGEST_MOMENT_MS);
      await core.kill();
      await Promise.all(workers);
      const faults = [...findFaults(dataDirectory), ...findLosses(acknowledged)];
      expect(faults, `after kill ${kill} of seed ${seed}`).toEqual([]);
    }
    expect(acknowledged.writes).toBeGreaterThan(KILLS);
    expect(acknowledged.numbers.size).toBeGreaterThan(KILLS / 2);
    await proveSequence();
  },
);

async function createBusiness(): Promise<void> {
  const core = await startCore(dataDirectory);
  const created = await core.call('businesses.create', {
    name: 'Crash Trading',
    country: 'DE',
    currency: 'EUR',
    terms: { kind: 'net_days', days: 30 },
    timeZone: 'Europe/Berlin',
    tax: { name: 'VAT 19 %', rate: 19_000 },
    isDemo: false,
  });
  expect(created?.ok).toBe(true);
  await core.stop();
}

/** Has the fonts loaded before the clock starts, so that short lives reach finalising as well. */
async function warmUp(core: CoreProcess): Promise<void> {
  const blank = await core.call('invoices.blank', {});
  if (!blank?.ok) throw new Error('no blank invoice');
  await core.call('invoices.preview', { content: blank.value });
}

/** After all the kills the app itself proves its numbers. */
async function proveSequence(): Promise<void> {
  const core = await startCore(dataDirectory);
  const list = await core.call('series.list', {});
  if (!list?.ok) throw new Error('no series');
  for (const { uid, kind } of list.value) {
    if (kind !== 'invoice' && kind !== 'credit_note') continue;
    const report = await core.call('series.report', { uid });
    if (!report?.ok) throw new Error('no report');
    for (const period of report.value.periods) expect(period).toMatchObject({ isProven: true });
  }
  await core.stop();
}

/** What was acknowledged and is not there (any more). */
function findLosses(acknowledged: Acknowledged): readonly string[] {
  const db = new Database(filesOf(dataDirectory).replica);
  try {
    const names = column(db, 'SELECT uid, name FROM clients');
    const notes = column(db, 'SELECT uid, notes FROM invoices WHERE deleted_at IS NULL');
    const numbers = column(db, 'SELECT uid, number FROM invoices');
    const payments = column(db, 'SELECT uid, invoice_uid FROM payments');
    const orders = column(db, 'SELECT uid, number FROM orders');
    return [
      ...lostVersions('client', acknowledged.clients, names),
      ...lostVersions('document', acknowledged.documents, notes),
      ...[...acknowledged.numbers]
        .filter(([uid, number]) => numbers.get(uid) !== number)
        .map(([, number]) => `${number} was acknowledged and is gone`),
      ...[...acknowledged.payments]
        .filter((uid) => !payments.has(uid))
        .map((uid) => `payment ${uid}`),
      ...[...acknowledged.orders].filter((uid) => !orders.has(uid)).map((uid) => `order ${uid}`),
    ];
  } finally {
    db.close();
  }
}

function column(db: Database.Database, sql: string): ReadonlyMap<string, string | null> {
  return new Map(db.prepare<[], [string, string | null]>(sql).raw().all());
}

/** The last acknowledged version has to be there, or one that was asked for after it. */
function lostVersions(
  what: string,
  expected: ReadonlyMap<string, Versions>,
  actual: ReadonlyMap<string, string | null>,
): readonly string[] {
  return [...expected].flatMap(([uid, { last, pending }]) => {
    const found = actual.get(uid);
    const isThere = found === last || (typeof found === 'string' && pending.has(found));
    return isThere ? [] : [`${what} ${uid} is not as acknowledged`];
  });
}
