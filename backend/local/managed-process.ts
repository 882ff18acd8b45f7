import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, fstatSync, renameSync } from 'node:fs';

export interface ProcessOptions {
  readonly command: string;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Standard output and error go there, behind what it holds already. */
  readonly logFile: string;
}

export interface ManagedProcess {
  readonly pid: number;
  /** How it ended, in words: `exit code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  /** Asks it to end, and after `graceMs` ends it. */
  readonly stop: (graceMs?: number) => Promise<void>;
  /** Ends it at once (SIGKILL). */
  readonly kill: () => Promise<void>;
  readonly signal: (signal: NodeJS.Signals) => void;
}

const USUAL_GRACE_MS = 10_000;
const TAIL_BYTES = 16_384;

/**
 * Starts a program whose output goes straight to its log file. It is in a process group of its own,
 * so that Ctrl-C in the terminal reaches this process alone, which then ends the others in order.
 */
export async function startProcess(options: ProcessOptions): Promise<ManagedProcess> {
  const log = openSync(options.logFile, 'a', 0o600);
  try {
    const child = spawn(options.command, options.parameters, {
      cwd: options.directory,
      env: options.environment,
      stdio: ['ignore', log, log],
      detached: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    return manage(child);
  } finally {
    closeSync(log);
  }
}

function manage(child: ChildProcess): ManagedProcess {
  let hasEnded = false;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      hasEnded = true;
      resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`);
    });
  });
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await ended;
  }
  async function stop(graceMs = USUAL_GRACE_MS): Promise<void> {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  }
  return {
    // A process that was spawned has one.
    pid: child.pid ?? 0,
    ended,
    hasEnded: () => hasEnded,
    stop,
    kill,
    signal: (signal) => void child.kill(signal),
  };
}

/** The end of a log, for telling why a process ended. */
export function lastLines(logFile: string, count: number): readonly string[] {
  if (!existsSync(logFile)) return [];
  const file = openSync(logFile, 'r');
  try {
    const size = fstatSync(file).size;
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
    const lines = buffer.toString('utf8').split('\n');
    return lines.filter((line) => line !== '').slice(-count);
  } finally {
    closeSync(file);
  }
}

/** Lets a log begin anew; what it held is kept beside it once. */
export function rotateLog(logFile: string): void {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
}

/** Waits until `isTrue`; fails when the process ends before, or after `timeoutMs`. */
export async function waitUntil(
  what: string,
  isTrue: () => Promise<boolean>,
  process: ManagedProcess,
  logFile: string,
  timeoutMs = 30_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    const reason = process.hasEnded()
      ? await process.ended
      : Date.now() > end
        ? `not ready after ${timeoutMs / 1_000} s`
        : null;
    if (reason !== null) {
      const lines = lastLines(logFile, 15).map((line) => `  ${line}`);
      throw new Error([`${what} did not start: ${reason}`, ...lines].join('\n'));
    }
    await delay(25);
  }
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What children of this process need of its environment, and nothing that would lead them to AWS. */
export function plainEnvironment(): Readonly<Record<string, string>> {
  const kept = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ', 'SYSTEMROOT'];
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
