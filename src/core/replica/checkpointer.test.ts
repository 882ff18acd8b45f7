import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ok } from '../../shared/domain/result';
import { LONG_LOG, LONGEST_LOG } from './checkpointer';
import { openReplica, type Replica } from './replica';
import { meta } from './schema';

const PAGE_BYTES = 4_096;
const PAGES_OF_A_VALUE = 256;
const LONG_PARTS = Math.ceil(LONG_LOG / PAGES_OF_A_VALUE);
const value = 'x'.repeat(PAGES_OF_A_VALUE * PAGE_BYTES);

let directory: string;
let path: string;
let log: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-checkpoint-'));
  path = join(directory, 'replica.sqlite');
  log = `${path}-wal`;
});
afterEach(() => rmSync(directory, { recursive: true }));

function open(program = 'checkpoint-thread.ts'): Replica {
  return openReplica(path, {
    now: () => new Date('2026-03-10T10:00:00.000Z'),
    onChange: () => undefined,
    checkpointThread: new URL(program, import.meta.url),
  });
}

/** As much as makes a log long, over what was there before. */
function writeLongParts(replica: Replica): void {
  for (let part = 0; part < LONG_PARTS; part += 1) {
    replica.writePart((scope) => {
      const row = { key: `part-${part}`, value };
      scope.db.insert(meta).values(row).onConflictDoUpdate({ target: meta.key, set: row }).run();
    });
  }
}

function writeLittle(replica: Replica, key: string): void {
  replica.write((scope) => ok(scope.db.insert(meta).values({ key, value: '' }).run()));
}

/** Pages of the log, and how many of them are in the file. */
function stateOf({ connection }: Replica) {
  const [state] = connection.pragma('wal_checkpoint(NOOP)') as [
    { readonly log: number; readonly checkpointed: number },
  ];
  return state;
}

describe('a log that has grown long', () => {
  it('goes to the file after the commit, not by it, and begins anew', async () => {
    const replica = open();
    writeLongParts(replica);
    const finished = replica.finishParts();
    expect(stateOf(replica).log).toBeGreaterThanOrEqual(LONG_LOG);
    expect(stateOf(replica).checkpointed).toBe(0);
    await finished;
    const { log: pages, checkpointed } = stateOf(replica);
    expect(checkpointed).toBe(pages);
    writeLittle(replica, 'next');
    expect(stateOf(replica).log).toBeLessThan(100);
    replica.close();
  });

  it('stays as long while parts wait for it', async () => {
    const replica = open();
    const sizes: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      writeLongParts(replica);
      await replica.finishParts();
      sizes.push(statSync(log).size);
    }
    expect(Math.max(...sizes)).toBeLessThan(1.5 * (sizes[0] ?? 0));
    replica.close();
  });

  it('is cut by the writer where nothing waits for the thread', () => {
    const replica = open();
    for (let round = 0; round < 10; round += 1) {
      writeLongParts(replica);
      writeLittle(replica, `round-${round}`);
    }
    expect(statSync(log).size).toBeLessThan((LONGEST_LOG + 2 * LONG_LOG) * PAGE_BYTES);
    replica.close();
  });

  it('goes to the file by the writer when the thread cannot start', async () => {
    const replica = open('no-such-program.js');
    for (let round = 0; round < 10; round += 1) {
      writeLongParts(replica);
      await replica.finishParts();
    }
    expect(statSync(log).size).toBeLessThan((LONGEST_LOG + 2 * LONG_LOG) * PAGE_BYTES);
    replica.close();
  });
});

describe('a replica that closes', () => {
  it('leaves one file that nobody holds open, at whichever moment of a checkpoint', async () => {
    for (const moment of [0, 5, 10, 20, 40]) {
      const replica = open();
      // The thread is there by the second checkpoint.
      writeLongParts(replica);
      await replica.finishParts();
      writeLongParts(replica);
      const finished = replica.finishParts();
      spin(moment);
      replica.close();
      // The last handle that closes removes it.
      expect(existsSync(log)).toBe(false);
      await finished;
      rmSync(path);
    }
  });
});

/** Lets the thread get on while this one does not look after it. */
function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
