import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { delay } from './managed-process';
import { repositoryRoot } from './repository-root';
import { runCommand } from './run-command';

/** Waits until its input ends, which it does when this process is gone, and then ends what is listed. */
const GUARD = `
  cat > /dev/null
  test -f "$1" || exit 0
  kill -TERM $(cat "$1") 2> /dev/null
`;

const PATIENCE_MS = 20_000;

export interface Guard {
  /** Tells which processes run now. */
  readonly list: (pids: readonly number[]) => void;
  /** Everything was ended in order. */
  readonly dismiss: () => void;
}

/** Sees to it that no process is left behind when this one is killed. */
export function startGuard(directory: string): Guard {
  const file = pidsFile(directory);
  const child = spawn('sh', ['-c', GUARD, 'guard', file], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.unref();
  // What it would say when it cannot be told the end.
  child.stdin.on('error', () => undefined);
  return {
    list: (pids) => writeFileSync(file, `${pids.join('\n')}\n`),
    dismiss: () => {
      rmSync(file, { force: true });
      child.stdin.end();
    },
  };
}

/**
 * Ends what an earlier run left (its guard was killed as well, or is about to end it), so that two
 * servers never work on the same files.
 */
export async function endLeftovers(directory: string): Promise<void> {
  const file = pidsFile(directory);
  const pids: number[] = [];
  for (const pid of readPids(file)) {
    // The number may be somebody else's by now.
    const line = await commandLine(pid);
    if (line.includes(repositoryRoot) || line.includes(directory)) pids.push(pid);
  }
  for (const pid of pids) send(pid, 'SIGTERM');
  const end = Date.now() + PATIENCE_MS;
  while (pids.some((pid) => send(pid, 0)) && Date.now() < end) await delay(50);
  for (const pid of pids) send(pid, 'SIGKILL');
  rmSync(file, { force: true });
}

function pidsFile(directory: string): string {
  return join(directory, 'processes');
}

function readPids(file: string): readonly number[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

async function commandLine(pid: number): Promise<string> {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // Gone, or a system without /proc.
    const listed = await runCommand('ps', ['-o', 'args=', '-p', String(pid)]);
    return listed.succeeded ? listed.output : '';
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
