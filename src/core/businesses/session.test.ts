import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CoreEvent } from '../../shared/contracts/core-protocol';
import type { NewBusiness } from '../../shared/domain/business';
import { newBusiness } from '../../shared/domain/business';
import { ok, refused } from '../../shared/domain/result';
import { recreateLedger } from '../numbering/recreate-ledger';
import { currentSeries } from '../numbering/device-series';
import { insertSeries } from '../numbering/series-repository';
import { seriesFor } from './create-business';
import { backUpNow } from './automatic-backups';
import { openRegistry } from './registry';
import { Session } from './session';

const NOW = new Date('2026-03-10T10:00:00.000Z');
let directory: string;
let session: Session;
let events: CoreEvent[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-session-'));
  events = [];
  session = newSession();
});
afterEach(() => {
  session.close();
  rmSync(directory, { recursive: true });
});

function newSession(): Session {
  return new Session({
    dataDirectory: directory,
    now: () => NOW,
    emit: (event) => events.push(event),
    pdfRenderer: () => Promise.reject(new Error('no document is rendered here')),
    fetchPaper: () => Promise.resolve(null),
    bringBack: () => Promise.resolve(0),
  });
}

async function restart(): Promise<void> {
  session.close();
  session = newSession();
  await session.resume();
}

function business(name: string): NewBusiness {
  return newBusiness.parse({
    name,
    country: 'DE',
    currency: 'EUR',
    terms: { kind: 'net_days', days: 14 },
    timeZone: 'Europe/Berlin',
    tax: null,
    isDemo: false,
  });
}

function openContext() {
  const { context } = session;
  if (context === null) throw new Error('no business is open');
  return context;
}

function openPaths() {
  const { paths } = session;
  if (paths === null) throw new Error('no business was chosen');
  return paths;
}

function countOf(table: string): number {
  const row = openContext().replica.connection.prepare(`SELECT count(*) AS n FROM ${table}`).get();
  return (row as { n: number }).n;
}

async function backUp(): Promise<string> {
  const { replica, ledger } = openContext();
  const { id } = await backUpNow(
    { replica, ledger, directory: openPaths().backups, now: () => NOW },
    'manual',
  );
  return id;
}

function damageReplica(): void {
  const path = openPaths().replica;
  const size = readFileSync(path).length;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 4096);
  writeSync(file, Buffer.alloc(100, 0x5a), 0, 100, 0);
  closeSync(file);
  expect(readFileSync(path)).toHaveLength(size);
}

describe('businesses', () => {
  it('each have a replica of their own, and the one opened last comes back', async () => {
    await session.create(business('First'));
    const first = session.registry.currentUid();
    await session.create(business('Second'));
    expect(session.registry.all().map(({ name }) => name)).toEqual(['First', 'Second']);
    if (first !== null) await session.open(first);
    await restart();
    expect(session.registry.currentUid()).toBe(first);
    expect(countOf('businesses')).toBe(1);
  });

  it('start with "No tax", series of their first device and nothing else', async () => {
    await session.create(business('First'));
    const { connection } = openContext().replica;
    const names = connection.prepare('SELECT name FROM tax_codes ORDER BY id').pluck().all();
    expect(names[0]).toBe('Keine Steuer');
    expect(connection.prepare('SELECT kind, letter FROM series ORDER BY id').all()).toEqual([
      { kind: 'invoice', letter: '' },
      { kind: 'credit_note', letter: '' },
      { kind: 'order', letter: '' },
      { kind: 'imported', letter: '' },
    ]);
  });

  it('survive a registry that was only half written', () => {
    writeFileSync(join(directory, 'businesses.json.new'), '{"businesses":');
    expect(openRegistry(directory).all()).toEqual([]);
  });
});

describe('a damaged replica', () => {
  it('is set aside with its unsent changes, offered the last backup, and stays a problem', async () => {
    await session.create(business('First'));
    const backupId = await backUp();
    session.close();
    damageReplica();
    await restart();
    expect(session.context).toBeNull();
    expect(session.problem).toMatchObject({ kind: 'corrupted', lastBackup: { id: backupId } });
    expect(existsSync(openPaths().replica)).toBe(false);
    const first = session.problem;
    await restart();
    expect(session.problem).toEqual(first);
  });

  it('gives its unsent changes back where they can still be read', async () => {
    await session.create(business('First'));
    const unsent = countOf('outbox');
    expect(unsent).toBeGreaterThan(0);
    // Damage found while the app runs, in pages that do not hold the outbox.
    session.reportDamage();
    const { problem } = session;
    if (problem?.kind !== 'corrupted' || problem.exportPath === null) throw new Error('no export');
    expect(problem.exportedChanges).toBe(unsent);
    const lines = readFileSync(problem.exportPath, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(unsent);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ collection: 'settings', kind: 'create' });
  });

  it('is replaced by its backup, as a device of a new identity that keeps its series', async () => {
    await session.create(business('First'));
    const { deviceUid, replica } = openContext();
    const series = replica.read(currentSeries);
    const backupId = await backUp();
    session.close();
    damageReplica();
    await restart();
    expect(await session.restore(backupId)).toBe(0);
    expect(session.problem).toBeNull();
    expect(openContext().deviceUid).not.toBe(deviceUid);
    expect(openContext().replica.read(currentSeries)).toEqual(series);
  });

  it('can be followed by an empty one with the settings that the ledger kept', async () => {
    await session.create(business('First'));
    const series = openContext()
      .replica.connection.prepare('SELECT uid FROM series ORDER BY id')
      .all();
    session.reportDamage();
    await session.startEmpty();
    const { connection } = openContext().replica;
    expect(connection.prepare('SELECT uid FROM series ORDER BY id').all()).toEqual(series);
    expect(session.registry.all()).toMatchObject([{ name: 'First' }]);
  });

  it('starts empty also after a try that was cut off half way', async () => {
    await session.create(business('First'));
    const { replica } = openPaths();
    session.reportDamage();
    new Database(replica).close();
    expect((await session.startEmpty()).ok).toBe(true);
    expect(countOf('businesses')).toBe(1);
  });

  it('R48 is not started empty without the ledger, whose numbers could be issued again', async () => {
    await session.create(business('First'));
    session.reportDamage();
    rmSync(openPaths().ledger);
    expect(await session.startEmpty()).toEqual(refused('', 'nothing_to_start_from'));
    expect(session.problem).toMatchObject({ kind: 'corrupted' });
  });
});

describe('a restore', () => {
  it('that was cut off is finished at the next start', async () => {
    await session.create(business('First'));
    const backupId = await backUp();
    openContext().replica.write((scope) => {
      insertSeries(scope, seriesFor('order', 'elsewhere', 'B'));
      return ok(undefined);
    });
    const { restore, replica } = openPaths();
    session.close();
    writeFileSync(restore, JSON.stringify({ backupId }));
    renameSync(replica, `${replica}.gone`);
    await restart();
    expect(session.problem).toBeNull();
    expect(countOf('series')).toBe(4);
    expect(existsSync(restore)).toBe(false);
  });

  it('of a damaged backup changes nothing', async () => {
    await session.create(business('First'));
    const { deviceUid } = openContext();
    const backupId = await backUp();
    writeFileSync(join(openPaths().backups, `${backupId}.sqlite`), 'no database');
    await expect(session.restore(backupId)).rejects.toThrow();
    expect(openContext().deviceUid).toBe(deviceUid);
  });
});

describe('a replica of a newer app', () => {
  it('is left alone with a clear word', async () => {
    await session.create(business('First'));
    const path = openPaths().replica;
    session.close();
    const db = new Database(path);
    db.pragma('user_version = 999');
    db.close();
    await restart();
    expect(session.problem).toMatchObject({ kind: 'too_new', replicaVersion: 999 });
    expect(session.context).toBeNull();
  });
});

describe('a vanished replica', () => {
  it('is a problem, never a fresh start', async () => {
    await session.create(business('First'));
    const path = openPaths().replica;
    session.close();
    rmSync(path);
    await restart();
    expect(session.problem).toMatchObject({ kind: 'corrupted', exportedChanges: 0 });
  });
});

describe('a damaged ledger', () => {
  it('R48 leaves the sound replica where it is, and is replaced once the last number is told', async () => {
    await session.create(business('First'));
    const { replica, ledger, setAside } = openPaths();
    const { businessUid } = openContext();
    session.close();
    writeFileSync(ledger, Buffer.alloc(8_192, 0x5a));
    await restart();
    expect(session.problem).toEqual({ kind: 'ledger_missing' });
    expect(existsSync(replica)).toBe(true);
    const told = recreateLedger(openPaths(), businessUid, 'INV-2026-0007', () => NOW);
    expect(told.ok).toBe(true);
    expect(readdirSync(setAside)).toHaveLength(1);
    await restart();
    expect(session.problem).toBeNull();
    // Numbers may have been used that nobody remembers: the next ones are of another series.
    const letters = openContext()
      .replica.connection.prepare("SELECT letter FROM series WHERE kind = 'invoice'")
      .pluck()
      .all();
    expect(new Set(letters).size).toBe(2);
  });

  it('found while open closes the business and leaves its replica', async () => {
    await session.create(business('First'));
    const { replica } = openPaths();
    session.reportLedgerDamage();
    expect(session.problem).toEqual({ kind: 'ledger_missing' });
    expect(session.context).toBeNull();
    expect(existsSync(replica)).toBe(true);
  });
});
