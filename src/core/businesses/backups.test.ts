import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Backup } from './backups';
import { backupPath, checkCopy, createBackup, listBackups, outdatedBackups } from './backups';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-backups-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('which backups stay', () => {
  it('keeps three of today and one for each of the ten days before', () => {
    const backups = Array.from({ length: 15 }, (_, daysAgo) =>
      ['08', '12', '16', '20'].map((hour) => daily(daysAgo, hour)),
    ).flat();
    const outdated = new Set(outdatedBackups(backups, '2026-03-20'));
    const kept = backups.filter((backup) => !outdated.has(backup)).map(({ at }) => at.slice(0, 13));
    expect(kept.filter((at) => at.startsWith('2026-03-20'))).toEqual([
      '2026-03-20T12',
      '2026-03-20T16',
      '2026-03-20T20',
    ]);
    expect(kept.filter((at) => !at.startsWith('2026-03-20'))).toEqual(
      Array.from({ length: 10 }, (_, index) => `2026-03-${19 - index}T20`),
    );
  });

  it('counts days with a backup, so that a holiday costs none', () => {
    const backups = [0, 30, 60].map((daysAgo) => daily(daysAgo, '12'));
    expect(outdatedBackups(backups, '2026-03-20')).toEqual([]);
  });

  it('keeps ten of those made by hand, whatever their day', () => {
    const backups = Array.from({ length: 12 }, (_, index) => ({
      ...daily(0, String(index).padStart(2, '0')),
      kind: 'manual' as const,
    }));
    expect(outdatedBackups(backups, '2026-03-20')).toHaveLength(2);
  });
});

describe('a backup', () => {
  it('is a whole database made while the source is open and written to', async () => {
    const source = new Database(join(directory, 'source.sqlite'));
    source.pragma('journal_mode = WAL');
    source.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1), (2)');
    const backup = await createBackup(
      source,
      directory,
      'manual',
      new Date('2026-03-10T10:00:00Z'),
    );
    source.exec('INSERT INTO t VALUES (3)');
    source.close();
    expect(listBackups(directory)).toEqual([backup]);
    const copy = new Database(backupPath(directory, backup.id), { readonly: true });
    expect(copy.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 2 });
    copy.close();
  });

  it('that is damaged is recognised', () => {
    const path = join(directory, 'damaged.sqlite');
    const db = new Database(path);
    db.exec('CREATE TABLE t (x)');
    const insert = db.prepare('INSERT INTO t VALUES (?)');
    db.transaction(() => {
      for (let i = 0; i < 500; i += 1) insert.run('x'.repeat(100));
    })();
    db.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096 * 3, 4096 * 6);
    writeFileSync(path, bytes);
    expect(() => checkCopy(path)).toThrow();
  });

  it('that failed leaves nothing behind', async () => {
    const path = join(directory, 'broken.sqlite');
    const db = new Database(path);
    db.exec('CREATE TABLE t (x)');
    const insert = db.prepare('INSERT INTO t VALUES (?)');
    db.transaction(() => {
      for (let i = 0; i < 500; i += 1) insert.run('x'.repeat(100));
    })();
    db.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096 * 3, 4096 * 6);
    writeFileSync(path, bytes);
    const broken = new Database(path);
    const backups = join(directory, 'backups');
    await expect(
      createBackup(broken, backups, 'daily', new Date('2026-03-10T10:00:00Z')),
    ).rejects.toThrow();
    broken.close();
    expect(readdirSync(backups)).toEqual([]);
  });

  it('of another name is left alone', () => {
    writeFileSync(join(directory, 'notes.sqlite'), '');
    writeFileSync(join(directory, '2026-03-10T10-00-00-000Z-daily.unfinished'), '');
    expect(listBackups(directory)).toEqual([]);
  });
});

function daily(daysAgo: number, hour: string): Backup {
  const day = new Date(Date.UTC(2026, 2, 20 - daysAgo)).toISOString().slice(0, 10);
  const at = `${day}T${hour}:00:00.000Z`;
  return { id: at, at, kind: 'daily', sizeBytes: 1 };
}
