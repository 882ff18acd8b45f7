import { hostname } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { readIfThere, writeDurably } from '../businesses/durable-file';

/** Where users of a cloud sign in; `endpoint` only where it is not Amazon's own. */
export const userPool = z.object({
  userPoolId: z.string().min(1),
  userPoolClientId: z.string().min(1),
  endpoint: z.url().nullable(),
});
export type UserPool = z.infer<typeof userPool>;

const account = z.object({
  /** Of the pool's user: what replicas are bound to. An e-mail address can change hands. */
  id: z.string().min(1),
  email: z.string(),
  apiUrl: z.string(),
  pool: userPool,
});
export type KnownAccount = z.infer<typeof account>;

const contents = z.object({
  apiUrl: z.string().nullable(),
  deviceName: z.string().nullable(),
  /** Who is signed in, or was until the sign-in expired. */
  account: account.nullable(),
});
type Contents = z.infer<typeof contents>;

/** What this machine knows of its account, without any secret: `account.json`. */
export interface AccountFile {
  get(): Contents;
  change(changes: Partial<Contents>): void;
  deviceName(): string;
}

const EMPTY: Contents = { apiUrl: null, deviceName: null, account: null };

export function openAccountFile(dataDirectory: string): AccountFile {
  const path = join(dataDirectory, 'account.json');
  let state = read(path);
  return {
    get: () => state,
    change: (changes) => {
      const next = { ...state, ...changes };
      writeDurably(path, `${JSON.stringify(next, null, 2)}\n`);
      state = next;
    },
    deviceName: () => state.deviceName ?? (hostname().slice(0, 100) || 'doccentr'),
  };
}

function read(path: string): Contents {
  const text = readIfThere(path);
  if (text === null) return EMPTY;
  try {
    return contents.parse(JSON.parse(text));
  } catch {
    // Nothing that signing in again would not bring back; the books do not wait for it.
    return EMPTY;
  }
}
