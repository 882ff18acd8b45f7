import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const CODE_LIFE_MS = 60_000;
/** Tabs of one person; the oldest makes room, so that the list cannot grow for ever. */
const MOST_SESSIONS = 500;

/**
 * Who may talk to the browser shell. The token is printed and good for as long as the process runs;
 * a code is handed to the browser on a command line, where others can read it, and is therefore
 * good once and briefly. Either is traded for a session. Only hashes are kept, and comparing hashes
 * tells nothing by its duration.
 */
export class Sessions {
  readonly token = newSecret();
  readonly #tokenHash = hash(this.token);
  readonly #codes = new Map<string, number>();
  readonly #sessions = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  newCode(): string {
    const code = newSecret();
    this.#codes.set(hashText(code), this.#now() + CODE_LIFE_MS);
    return code;
  }

  /** A new session, or null when the token is not ours. */
  openWithToken(token: string): string | null {
    return timingSafeEqual(hash(token), this.#tokenHash) ? this.#open() : null;
  }

  /** A new session, or null when the code is not ours, was used or is too old. */
  openWithCode(code: string): string | null {
    const key = hashText(code);
    const goodUntil = this.#codes.get(key);
    this.#codes.delete(key);
    return goodUntil !== undefined && this.#now() <= goodUntil ? this.#open() : null;
  }

  isOpen(session: string): boolean {
    return this.#sessions.has(hashText(session));
  }

  #open(): string {
    const session = newSecret();
    this.#sessions.add(hashText(session));
    const [oldest] = this.#sessions;
    if (this.#sessions.size > MOST_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return session;
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function hashText(text: string): string {
  return hash(text).toString('base64');
}
