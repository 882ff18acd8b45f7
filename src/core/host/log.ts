import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { pino, type Logger } from 'pino';
import { z } from 'zod';

const LARGEST_LOG_BYTES = 5_000_000;

/**
 * A log file under `logs/` of the data directory, readable by its owner alone. The file of the run
 * before is kept as `.old` once it has grown. It never holds what a user typed.
 */
export function openLog(dataDirectory: string, name: 'core' | 'shell'): Logger {
  const directory = join(dataDirectory, 'logs');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, `${name}.log`);
  if (existsSync(file) && statSync(file).size > LARGEST_LOG_BYTES) renameSync(file, `${file}.old`);
  return pino(
    { base: { pid: process.pid } },
    pino.destination({ dest: file, sync: true, mode: 0o600 }),
  );
}

/** Errors whose message is made by the engine and names code or tables, not values. */
const ENGINE_ERRORS = new Set(['TypeError', 'ReferenceError', 'SqliteError']);

/**
 * What a log may keep of an error: its kind, where it was thrown, and for a value that did not fit
 * its schema the path and the rule. Other messages may quote a client's data and stay out.
 */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(ENGINE_ERRORS.has(error.name) ? { message: error.message } : {}),
    ...(error instanceof z.ZodError
      ? { issues: error.issues.map(({ path, code }) => `${path.map(String).join('.')}: ${code}`) }
      : {}),
    stack: frames.map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
