import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Collection } from '../../shared/contracts/app-api/reports';
import { ok, refused } from '../../shared/domain/result';
import type { Change } from './changes';
import { openReplica, type Replica } from './replica';
import { meta } from './schema';

let directory: string;
let replica: Replica;
let announced: Collection[][];

const change: Change = {
  collection: 'clients',
  uid: '01890a5d-ac96-774b-bcce-b302099a8057',
  action: 'created',
  mutation: {
    kind: 'create',
    record: { uid: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'Acme' },
  },
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-replica-'));
  announced = [];
  replica = openReplica(join(directory, 'replica.sqlite'), {
    now: () => new Date('2026-03-10T10:00:00.000Z'),
    onChange: (collections) => announced.push([...collections]),
  });
});

afterEach(() => {
  replica.close();
  rmSync(directory, { recursive: true });
});

function countOf(table: string): number {
  const row = replica.connection.prepare(`SELECT count(*) AS n FROM ${table}`).get();
  return (row as { n: number }).n;
}

describe('a replica', () => {
  it('keeps every commit on disk before it answers', () => {
    expect(replica.connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(replica.connection.pragma('synchronous', { simple: true })).toBe(2);
    expect(replica.connection.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  it('writes record, outbox mutation and activity in one transaction, then tells', () => {
    const result = replica.write((scope) => {
      scope.db.insert(meta).values({ key: 'a', value: '1' }).run();
      scope.record(change);
      expect(announced).toEqual([]);
      return ok('done');
    });
    expect(result).toEqual(ok('done'));
    expect([countOf('meta'), countOf('outbox'), countOf('activity')]).toEqual([1, 1, 1]);
    expect(announced).toEqual([['clients']]);
  });

  it('undoes everything when the work is refused', () => {
    const result = replica.write((scope) => {
      scope.db.insert(meta).values({ key: 'a', value: '1' }).run();
      scope.record(change);
      return refused('name', 'required');
    });
    expect(result).toEqual(refused('name', 'required'));
    expect([countOf('meta'), countOf('outbox'), countOf('activity')]).toEqual([0, 0, 0]);
    expect(announced).toEqual([]);
  });

  it('undoes everything when the work throws, and passes the bug on', () => {
    expect(() =>
      replica.write((scope) => {
        scope.record(change);
        throw new Error('bug');
      }),
    ).toThrow('bug');
    expect(countOf('outbox')).toBe(0);
  });

  it('keeps purely local changes out of the outbox', () => {
    replica.write((scope) => {
      scope.record({ ...change, mutation: null });
      return ok(undefined);
    });
    expect([countOf('outbox'), countOf('activity')]).toEqual([0, 1]);
  });
});

describe('parts of a replica', () => {
  function writePart(key: string): void {
    replica.writePart((scope) => {
      scope.db.insert(meta).values({ key, value: '' }).run();
      scope.touch(['clients']);
    });
  }

  /** What is on disk for whoever opens the file next. */
  function committedKeys(): readonly string[] {
    const other = new Database(replica.path, { readonly: true });
    try {
      return other.prepare<[], string>('SELECT key FROM meta ORDER BY key').pluck().all();
    } finally {
      other.close();
    }
  }

  it('are seen at once, and committed and told together', async () => {
    writePart('a');
    writePart('b');
    expect([countOf('meta'), committedKeys(), announced]).toEqual([2, [], []]);
    await replica.finishParts();
    expect([committedKeys(), announced]).toEqual([['a', 'b'], [['clients']]]);
    await replica.finishParts();
    expect(announced).toHaveLength(1);
  });

  it('are committed before anybody else writes, whatever becomes of that', async () => {
    writePart('a');
    replica.write((scope) => {
      scope.db.insert(meta).values({ key: 'refused', value: '' }).run();
      return refused('name', 'required');
    });
    expect(committedKeys()).toEqual(['a']);
    writePart('b');
    await replica.finishParts();
    expect(committedKeys()).toEqual(['a', 'b']);
  });

  it('are taken back by a bug in one of them, up to the last commit', async () => {
    writePart('a');
    await replica.finishParts();
    writePart('b');
    expect(() =>
      replica.writePart(() => {
        throw new Error('bug');
      }),
    ).toThrow('bug');
    await replica.finishParts();
    expect([countOf('meta'), committedKeys()]).toEqual([1, ['a']]);
  });

  it('are committed for a backup, and one by one while it runs', async () => {
    writePart('a');
    const copy = join(directory, 'copy.sqlite');
    const running = replica.backup(copy);
    expect(committedKeys()).toEqual(['a']);
    writePart('b');
    expect(committedKeys()).toEqual(['a', 'b']);
    await running;
    const copied = new Database(copy, { readonly: true });
    expect(copied.prepare('SELECT key FROM meta ORDER BY key').pluck().all()).toContain('a');
    copied.close();
    writePart('c');
    expect(committedKeys()).toEqual(['a', 'b']);
  });

  it('are gone when the process ends before the commit', async () => {
    writePart('a');
    replica.close();
    await replica.finishParts();
    replica = openReplica(join(directory, 'replica.sqlite'), {
      now: () => new Date('2026-03-10T10:00:00.000Z'),
      onChange: () => undefined,
    });
    expect(countOf('meta')).toBe(0);
  });
});
