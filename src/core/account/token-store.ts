import type { KeyValueStorageInterface } from '@aws-amplify/core';
import { z } from 'zod';

import type { Platform } from '../host/platform';

const entries = z.record(z.string(), z.string());

/** The tokens, in memory while the core runs, and as one secret of the shell over restarts. */
export interface TokenStore {
  /** As Amplify reads and writes them. */
  readonly storage: KeyValueStorageInterface;
  readonly isProtected: boolean;
  /** The one value under a key that ends so, null when there is none. */
  find(ending: string): string | null;
  /**
   * Keeps what was changed since. Rejects when the shell could not: the tokens hold until the core
   * ends all the same.
   */
  flush(): Promise<void>;
}

/** Reads what the shell kept; a shell that cannot read it has kept nothing. */
export async function openTokenStore(platform: Platform): Promise<TokenStore> {
  const kept = await platform.loadSecret().catch(() => ({ value: null, isProtected: false }));
  const values = new Map(Object.entries(parse(kept.value)));
  let saved = serialise();
  let saving: Promise<void> = Promise.resolve();

  function serialise(): string | null {
    return values.size === 0 ? null : JSON.stringify(Object.fromEntries(values));
  }

  async function save(): Promise<void> {
    const next = serialise();
    if (next === saved) return;
    await platform.saveSecret(next);
    saved = next;
  }

  return {
    storage: {
      setItem: (key, value) => Promise.resolve(void values.set(key, value)),
      getItem: (key) => Promise.resolve(values.get(key) ?? null),
      removeItem: (key) => Promise.resolve(void values.delete(key)),
      clear: () => Promise.resolve(values.clear()),
    },
    isProtected: kept.isProtected,
    find: (ending) => [...values].find(([key]) => key.endsWith(ending))?.[1] ?? null,
    flush: () => {
      // One after the other, so that the newest is what stays.
      const turn = saving.then(save, save);
      saving = turn.catch(() => undefined);
      return turn;
    },
  };
}

function parse(text: string | null): Readonly<Record<string, string>> {
  try {
    return entries.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}
