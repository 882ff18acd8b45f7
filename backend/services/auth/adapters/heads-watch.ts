import type { Heads } from '../../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { hasNews } from '../domain/heads';

const LOOK_EVERY_MS = 250;

interface Waiter {
  readonly known: Heads;
  readonly end: (heads: Heads) => void;
  readonly fail: (error: unknown) => void;
}

export interface HeadsWatch {
  /**
   * Where the collections of a business stand, as soon as that is news to who knows `known`, or at
   * the latest after `milliseconds` or when the signal aborts.
   */
  wait(
    tenant: BusinessUid,
    known: Heads,
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<Heads>;
  /** Has who waits for a business looked at now. */
  wake(tenant: BusinessUid): void;
}

/**
 * Waits for many callers by one small query each quarter of a second, whatever their number; none
 * when nobody waits. Changes that another process of this service hears of are found by it too.
 */
export function createHeadsWatch(
  read: (tenants: readonly BusinessUid[]) => Promise<ReadonlyMap<string, Heads>>,
): HeadsWatch {
  const waiting = new Map<BusinessUid, Set<Waiter>>();
  let timer: NodeJS.Timeout | undefined;

  async function look(tenants: readonly BusinessUid[]): Promise<void> {
    try {
      const found = await read(tenants);
      for (const tenant of tenants) {
        const heads = found.get(tenant) ?? {};
        for (const one of waiting.get(tenant) ?? []) if (hasNews(heads, one.known)) one.end(heads);
      }
    } catch (error) {
      // The database is away: each of them is told to come back.
      for (const tenant of tenants) for (const one of waiting.get(tenant) ?? []) one.fail(error);
    }
  }

  function lookLater(): void {
    if (timer !== undefined || waiting.size === 0) return;
    const own = setTimeout(() => {
      void look([...waiting.keys()]).then(() => {
        if (timer !== own) return;
        timer = undefined;
        lookLater();
      });
    }, LOOK_EVERY_MS);
    timer = own;
  }

  function enter(tenant: BusinessUid, waiter: Waiter): void {
    const others = waiting.get(tenant) ?? new Set();
    waiting.set(tenant, others.add(waiter));
    lookLater();
  }

  function leave(tenant: BusinessUid, waiter: Waiter): void {
    const others = waiting.get(tenant);
    others?.delete(waiter);
    if (others?.size === 0) waiting.delete(tenant);
    if (waiting.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  }

  async function wait(
    tenant: BusinessUid,
    known: Heads,
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<Heads> {
    const now = (await read([tenant])).get(tenant) ?? {};
    if (milliseconds === 0 || signal.aborted || hasNews(now, known)) return now;
    return new Promise<Heads>((resolve, reject) => {
      const giveUp = () => waiter.end(now);
      const late = setTimeout(giveUp, milliseconds);
      const settle = () => {
        clearTimeout(late);
        signal.removeEventListener('abort', giveUp);
        leave(tenant, waiter);
      };
      const waiter: Waiter = {
        known,
        end(heads) {
          settle();
          resolve(heads);
        },
        fail(error) {
          settle();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      enter(tenant, waiter);
    });
  }

  return {
    wait,
    wake(tenant) {
      if (waiting.has(tenant)) void look([tenant]);
    },
  };
}
