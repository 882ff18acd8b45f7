import { trace } from '@opentelemetry/api';
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
  const { code, errno } = error as { readonly code?: unknown; readonly errno?: unknown };
  const frames = error.stack
    ?.split('\n')
    .slice(1, 8)
    .map((line) => line.trim());
  return { error: error.name, reason: error.message.slice(0, 300), code, errno, frames };
}
