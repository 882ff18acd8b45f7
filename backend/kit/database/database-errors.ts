/** What MySQL and its driver call the failures that are handled by name. */

const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // Names are looked up anew when another instance takes over.
  'EAI_AGAIN',
  'ENOTFOUND',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_LOCK_WAIT_TIMEOUT',
  // After the last try: others were quicker each time.
  'ER_LOCK_DEADLOCK',
  'ER_NORMAL_SHUTDOWN',
  'ER_QUERY_INTERRUPTED',
  'ER_CONNECTION_KILLED',
]);

/** drizzle wraps what the driver throws. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    const { code } = cause as { readonly code?: unknown };
    if (typeof code === 'string') codes.push(code);
    if (cause.message === 'Queue limit reached.' || cause.message === 'Pool is closed.') {
      codes.push('PROTOCOL_CONNECTION_LOST');
    }
    cause = cause.cause;
  }
  return codes;
}

/** Another transaction came first; the same one may succeed when tried again. */
export function isDeadlock(error: unknown): boolean {
  return codesOf(error).includes('ER_LOCK_DEADLOCK');
}

/** A unique key is taken already. */
export function isDuplicate(error: unknown): boolean {
  return codesOf(error).includes('ER_DUP_ENTRY');
}

/** The database cannot be reached at the moment: worth another try later. */
export function isUnavailable(error: unknown): boolean {
  return codesOf(error).some((code) => UNAVAILABLE.has(code));
}
