import { trace } from '@opentelemetry/api';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { Logger } from 'pino';
import { pino } from 'pino';

export type { Logger } from 'pino';

/**
 * Structured log lines on standard output. They carry ids, never names, addresses, amounts or
 * tokens: what may hold such a thing is removed by path, and an error is told by its kind.
 */
export function createLog(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    messageKey: 'msg',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['*.password', '*.token', '*.authorization', '*.email', '*.refresh_token', 'body'],
      remove: true,
    },
    mixin() {
      const span = trace.getActiveSpan()?.spanContext();
      return span === undefined ? {} : { trace_id: span.traceId };
    },
  });
}

/** What of an error may stand in a log: its kind, code and stack, not what a client sent. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, errno } = causeOf(error) as Coded;
  const frames = error.stack
    ?.split('\n')
    .map((line) => line.trim())
    // What stands before them is the message, of however many lines.
    .filter((line) => line.startsWith('at '))
    .slice(0, 7);
  return { ...describeBriefly(error), code, errno, frames };
}

/** An error in two words: its kind, and why. Of the database's, its code alone. */
export function describeBriefly(error: unknown): {
  readonly error: string;
  readonly reason: string;
} {
  if (!(error instanceof Error)) return { error: typeof error, reason: 'unknown' };
  const cause = causeOf(error);
  const { code, sqlState } = cause as Coded;
  // These messages quote the values that were to be stored, names and addresses among them.
  const isOfDatabase = cause !== error || sqlState !== undefined;
  const reason = isOfDatabase
    ? typeof code === 'string'
      ? code
      : cause.name
    : error.message.slice(0, 300);
  return { error: error.name, reason };
}

interface Coded {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly sqlState?: unknown;
}

/** What the driver threw, where drizzle has wrapped it with the query and its parameters. */
function causeOf(error: Error): Error {
  return error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
}
