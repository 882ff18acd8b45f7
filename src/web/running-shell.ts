import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

const PATIENCE_MS = 2_000;

const runningShell = z.object({ pid: z.int(), address: z.url(), token: z.string() });
export type RunningShell = z.infer<typeof runningShell>;

function fileOf(dataDirectory: string): string {
  return join(dataDirectory, 'browser-shell.json');
}

/** Leaves word of this shell for a second start; readable by the owner alone, as it has the token. */
export function announceShell(dataDirectory: string, shell: RunningShell): void {
  const file = fileOf(dataDirectory);
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(shell), { mode: 0o600, flag: 'wx' });
}

export function withdrawShell(dataDirectory: string): void {
  rmSync(fileOf(dataDirectory), { force: true });
}

/** The browser shell that serves this data directory now, or null. It proves itself by its token. */
export async function findRunningShell(dataDirectory: string): Promise<RunningShell | null> {
  const shell = readShell(dataDirectory);
  if (shell === null) return null;
  try {
    const response = await fetch(new URL('/session', shell.address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: shell.token }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return response.ok ? shell : null;
  } catch {
    return null;
  }
}

function readShell(dataDirectory: string): RunningShell | null {
  try {
    return runningShell.parse(JSON.parse(readFileSync(fileOf(dataDirectory), 'utf8')));
  } catch {
    return null;
  }
}
