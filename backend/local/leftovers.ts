import { readFileSync, rmSync } from 'node:fs';

import { pidsFile } from './guard';
import { delay } from './managed-process';
import { repositoryRoot } from './repository-root';
import { runCommand } from './run-command';

const PATIENCE_MS = 20_000;

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
