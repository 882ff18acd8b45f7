import { describe, expect, it, vi } from 'vitest';

import type { Heads } from '../../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { createHeadsWatch } from './heads-watch';

const NEVER = new AbortController().signal;
const at = (version: number): Heads => ({ clients: { epoch: 'one', version } });

function world() {
  const heads = new Map<string, Heads>();
  let fault: Error | undefined;
  const read = vi.fn((tenants: readonly BusinessUid[]) =>
    fault === undefined
      ? Promise.resolve(new Map([...heads].filter(([tenant]) => tenants.includes(tenant as never))))
      : Promise.reject(fault),
  );
  const tenant = newUid<BusinessUid>();
  heads.set(tenant, at(1));
  const watch = createHeadsWatch(read);
  return { watch, heads, read, tenant, break: (error: Error) => (fault = error) };
}

describe('R71 waiting for news', () => {
  it('answers at once who knows less', async () => {
    const { watch, tenant } = world();
    expect(await watch.wait(tenant, {}, 5_000, NEVER)).toEqual(at(1));
  });

  it('finds by itself what another process heard of, with one query for all who wait', async () => {
    const { watch, heads, read, tenant } = world();
    const other = newUid<BusinessUid>();
    heads.set(other, at(7));
    const all = Promise.all([
      watch.wait(tenant, at(1), 5_000, NEVER),
      watch.wait(tenant, at(1), 5_000, NEVER),
      watch.wait(other, at(7), 700, NEVER),
    ]);
    await Promise.resolve();
    read.mockClear();
    heads.set(tenant, at(2));
    expect(await all).toEqual([at(2), at(2), at(7)]);
    expect(read.mock.calls.length).toBeLessThanOrEqual(3);
    read.mockClear();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(read).toHaveBeenCalledTimes(0);
  });

  it('answers when it is woken, long before it would look', async () => {
    const { watch, heads, tenant } = world();
    const waiting = watch.wait(tenant, at(1), 5_000, NEVER);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const started = performance.now();
    heads.set(tenant, at(2));
    watch.wake(tenant);
    expect(await waiting).toEqual(at(2));
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('ends with its time, and with its caller', async () => {
    const { watch, tenant } = world();
    expect(await watch.wait(tenant, at(1), 20, NEVER)).toEqual(at(1));
    const leaving = new AbortController();
    const waiting = watch.wait(tenant, at(1), 60_000, leaving.signal);
    setTimeout(() => leaving.abort(), 10);
    expect(await waiting).toEqual(at(1));
    expect(await watch.wait(tenant, at(1), 60_000, leaving.signal)).toEqual(at(1));
  });

  it('tells who waits that the database went away', async () => {
    const { watch, tenant, break: breakIt } = world();
    const waiting = expect(watch.wait(tenant, at(1), 5_000, NEVER)).rejects.toThrow('away');
    await new Promise((resolve) => setTimeout(resolve, 10));
    breakIt(new Error('away'));
    await waiting;
  });
});
