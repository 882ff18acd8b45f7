import { describe, expect, it } from 'vitest';

import type { Platform } from '../host/platform';
import { openTokenStore } from './token-store';

/** A shell's secret as the core sees it, slow as a keychain may be. */
function slowPlatform(): Platform & { readonly saved: (string | null)[] } {
  const saved: (string | null)[] = [];
  return {
    saved,
    loadSecret: () => Promise.resolve({ value: saved.at(-1) ?? null, isProtected: true }),
    saveSecret: async (value) => {
      await new Promise((resolve) => setTimeout(resolve, saved.length === 0 ? 20 : 1));
      saved.push(value);
    },
  };
}

describe('the store of tokens', () => {
  it('keeps them over a restart, and the newest of quick changes last', async () => {
    const platform = slowPlatform();
    const store = await openTokenStore(platform);
    expect(store.isProtected).toBe(true);
    await store.storage.setItem('pool.anna.refreshToken', 'one');
    const first = store.flush();
    await store.storage.setItem('pool.anna.refreshToken', 'two');
    await Promise.all([first, store.flush(), store.flush()]);
    expect((await openTokenStore(platform)).find('.refreshToken')).toBe('two');
    expect(platform.saved.at(-1)).toContain('two');
  });

  it('leaves nothing behind when they are cleared', async () => {
    const platform = slowPlatform();
    const store = await openTokenStore(platform);
    await store.storage.setItem('pool.anna.refreshToken', 'one');
    await store.flush();
    await store.storage.clear();
    await store.flush();
    expect(platform.saved.at(-1)).toBeNull();
    expect((await openTokenStore(platform)).find('.refreshToken')).toBeNull();
  });

  it('is empty where the shell cannot read them, or they make no sense', async () => {
    const locked: Platform = {
      loadSecret: () => Promise.reject(new Error('locked')),
      saveSecret: () => Promise.reject(new Error('locked')),
    };
    const store = await openTokenStore(locked);
    expect(store.isProtected).toBe(false);
    await store.storage.setItem('pool.anna.refreshToken', 'one');
    await expect(store.flush()).rejects.toThrow('locked');
    // They hold as long as the core runs.
    expect(store.find('.refreshToken')).toBe('one');
    const broken = slowPlatform();
    broken.saved.push('[1, 2');
    expect((await openTokenStore(broken)).find('.refreshToken')).toBeNull();
  });
});
