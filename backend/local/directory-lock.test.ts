import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DirectoryInUseError, lockDirectory } from './directory-lock';

describe('the lock of a data directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'doccentr-lock-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('lets one in at a time', async () => {
    const release = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
    await release();
    expect(existsSync(join(directory, 'in-use.json'))).toBe(false);
    await (
      await lockDirectory(directory)
    )();
  });

  test('of a process that was killed holds nobody up, even when its number lives on', async () => {
    const dead = { id: randomUUID(), pid: process.pid, address: 'http://127.0.0.1:9' };
    writeFileSync(join(directory, 'in-use.json'), JSON.stringify(dead));
    const release = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(`process ${process.pid}`);
    await release();
  });

  test('lets in one of several that start in the same moment', async () => {
    const starts = await Promise.allSettled([1, 2, 3, 4].map(() => lockDirectory(directory)));
    const winners = starts.filter((start) => start.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await winners[0]!.value();
  });
});
