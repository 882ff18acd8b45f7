import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { lockDirectory } from './directory-lock';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Collects garbage, as happens sooner or later in any process. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** Another process that takes the same lock as the app does, says so and waits. */
async function lockElsewhere() {
  const script = `
    const Database = require('better-sqlite3');
    new Database(process.argv[1]).exec('BEGIN EXCLUSIVE');
    console.log('locked');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['-e', script, join(directory, 'in-use.lock')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('the lock of the data directory', () => {
  it('is taken once and can be given back', () => {
    const unlock = lockDirectory(directory);
    expect(unlock).not.toBeNull();
    unlock?.();
    const again = lockDirectory(directory);
    expect(again).not.toBeNull();
    again?.();
  });

  it('is kept when nobody holds on to the answer', async () => {
    lockDirectory(directory);
    await setTimeout(10);
    collectGarbage();
    await setTimeout(10);
    expect(lockDirectory(directory)).toBeNull();
  });

  it('is refused while another process has it, and free once that was killed', async () => {
    const other = await lockElsewhere();
    expect(lockDirectory(directory)).toBeNull();
    other.kill('SIGKILL');
    await once(other, 'exit');
    const unlock = lockDirectory(directory);
    expect(unlock).not.toBeNull();
    unlock?.();
  });
});
