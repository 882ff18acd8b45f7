import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ok } from '../../shared/domain/result';
import { openTestBusiness, type TestBusiness } from '../testing/open-test-business';
import { startAutomaticBackups } from './automatic-backups';
import { listBackups } from './backups';
import { insertSeries } from '../numbering/series-repository';
import { seriesFor } from './create-business';

const HOUR = 3_600_000;
let directory: string;
let business: TestBusiness;
let damaged: number;
let stop: () => void;
let now: number;

beforeEach(() => {
  // Timers alone: copying goes through real files and the real event loop.
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
  directory = mkdtempSync(join(tmpdir(), 'doccentr-automatic-'));
  now = Date.parse('2026-03-10T08:00:00.000Z');
  damaged = 0;
  business = openTestBusiness();
  stop = start(join(directory, 'backups'));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  business.close();
  rmSync(directory, { recursive: true });
});

function start(backups: string): () => void {
  const { replica, ledger } = business.context;
  return startAutomaticBackups({
    replica,
    ledger,
    directory: backups,
    now: () => new Date(now),
    onDamage: () => {
      damaged += 1;
      stop();
    },
  });
}

/** Longer than a copy of a small file takes; real time, as the copying itself is real. */
const SETTLED_MS = 400;

/** Lets the clock go on and waits until what it started has ended. */
async function pass(milliseconds: number): Promise<void> {
  now += milliseconds;
  await vi.advanceTimersByTimeAsync(milliseconds);
  const end = performance.now() + SETTLED_MS;
  while (performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
}

function change(): void {
  business.context.replica.write((scope) => {
    insertSeries(scope, seriesFor('order', 'elsewhere', 'B'));
    return ok(undefined);
  });
}

describe('automatic backups', () => {
  it('are made soon after the start and every few hours, while there are changes', async () => {
    const made = () => listBackups(join(directory, 'backups')).length;
    await pass(HOUR);
    expect(made()).toBe(1);
    await pass(5 * HOUR);
    expect(made()).toBe(1);
    change();
    await pass(HOUR);
    expect(made()).toBe(2);
    change();
    await pass(HOUR);
    expect(made()).toBe(2);
    await pass(4 * HOUR);
    expect(made()).toBe(3);
  });

  it('end with the business', async () => {
    stop();
    await pass(2 * HOUR);
    expect(listBackups(join(directory, 'backups'))).toEqual([]);
  });

  it('that cannot be written are no damage, and are tried again', async () => {
    stop();
    const blocked = join(directory, 'blocked');
    writeFileSync(blocked, 'a file where the folder should be');
    stop = start(blocked);
    await pass(HOUR);
    expect(damaged).toBe(0);
    rmSync(blocked);
    await pass(HOUR);
    expect(listBackups(blocked)).toHaveLength(1);
  });

  it('notice a replica that was damaged while it was open', async () => {
    const { replica } = business.context;
    replica.connection.pragma('wal_checkpoint(TRUNCATE)');
    const file = openSync(replica.path, 'r+');
    writeSync(file, Buffer.alloc(4096 * 8, 0x5a), 0, 4096 * 8, 4096 * 2);
    closeSync(file);
    // Otherwise the pages are still in memory, sound.
    replica.connection.pragma('shrink_memory');
    await pass(HOUR);
    expect(damaged).toBe(1);
    expect(listBackups(join(directory, 'backups'))).toEqual([]);
  });
});
