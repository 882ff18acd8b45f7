import { MOVED_EVENT_NAMES } from '../sync/heads';

/** Of one collection at most this often: what follows sooner is told together. */
const PAUSE_MS = 500;

interface Entry {
  readonly name: string;
  readonly tenant: string | null;
  readonly data: unknown;
}

export interface MovedChoice<E> {
  /** To be told now. */
  readonly told: readonly E[];
  /** Need not be told: a later one of the same collection stands in the outbox. */
  readonly superseded: readonly E[];
  /** After so many milliseconds there is something to tell that has to wait; null when there is none. */
  readonly lookAgainMs: number | null;
}

export interface MovedHeads {
  /** What of waiting entries, in their order, is to be told. With `isFull` nothing has to wait. */
  choose<E extends Entry>(entries: readonly E[], isFull: boolean): MovedChoice<E>;
}

/**
 * A delivery moves its collections many times within a second, and those who wait for a collection
 * want to know where it stands, not of each move. The first move is told at once; those that follow
 * soon are told by the newest of them.
 */
export function createMovedHeads(now: () => number = () => performance.now()): MovedHeads {
  const lastTold = new Map<string, number>();

  return {
    choose(entries, isFull) {
      const newest = new Map(
        entries.flatMap((entry) => (isMoved(entry) ? [[keyOf(entry), entry]] : [])),
      );
      const told: (typeof entries)[number][] = [];
      const superseded: (typeof entries)[number][] = [];
      const moment = now();
      let lookAgainMs: number | null = null;
      for (const [key, last] of lastTold) if (last + PAUSE_MS <= moment) lastTold.delete(key);
      for (const entry of entries) {
        if (!isMoved(entry)) {
          told.push(entry);
          continue;
        }
        const key = keyOf(entry);
        if (newest.get(key) !== entry) {
          superseded.push(entry);
          continue;
        }
        const last = lastTold.get(key);
        if (last === undefined || isFull) {
          lastTold.set(key, moment);
          told.push(entry);
        } else {
          lookAgainMs = Math.min(lookAgainMs ?? PAUSE_MS, last + PAUSE_MS - moment);
        }
      }
      return { told, superseded, lookAgainMs };
    },
  };
}

function isMoved({ name }: Entry): boolean {
  return MOVED_EVENT_NAMES.has(name);
}

function keyOf({ tenant, data }: Entry): string {
  return `${tenant ?? ''} ${(data as { readonly collection: string }).collection}`;
}
