import type { EventData } from '../../../src/shared/contracts/events/events';
import { MOVED_EVENT_NAMES } from '../sync/heads';

/** In each half second a collection is told of at once, and whatever follows in it together. */
const WINDOW_MS = 500;

interface Entry {
  readonly name: string;
  readonly tenant: string | null;
  readonly occurredAt: Date;
  readonly data: unknown;
}

type Head = EventData<'ClientsMoved'>['heads'][number];

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
 * soon are told by the newest of them, at the same time for all businesses.
 */
export function createMovedHeads(now: () => number = () => performance.now()): MovedHeads {
  const toldInWindow = new Set<string>();
  let window = 0;

  return {
    choose(entries, isFull) {
      const newest = new Map(
        entries.flatMap((entry) => (isMoved(entry) ? [[keyOf(entry), entry]] : [])),
      );
      const told: (typeof entries)[number][] = [];
      const superseded: (typeof entries)[number][] = [];
      const moment = now();
      const windowNow = Math.floor(moment / WINDOW_MS);
      if (windowNow !== window) toldInWindow.clear();
      window = windowNow;
      let lookAgainMs: number | null = null;
      for (const entry of entries) {
        if (!isMoved(entry)) {
          told.push(entry);
          continue;
        }
        const key = keyOf(entry);
        if (newest.get(key) !== entry) {
          superseded.push(entry);
        } else if (!toldInWindow.has(key) || isFull) {
          toldInWindow.add(key);
          told.push(entry);
        } else {
          lookAgainMs = (window + 1) * WINDOW_MS - moment;
        }
      }
      return { told, superseded, lookAgainMs };
    },
  };
}

/** Entries as they are told: all moves of one name by one event, everything else by its own. */
export function joinMoved<E extends Entry>(entries: readonly E[]): readonly (readonly E[])[] {
  const moved = Map.groupBy(entries.filter(isMoved), ({ name }) => name);
  const others = entries.filter((entry) => !isMoved(entry));
  return [...others.map((entry) => [entry]), ...moved.values()];
}

/** What the event of some entries says; of several, each is a move. */
export function dataOf(entries: readonly Entry[]): unknown {
  return entries.some(isMoved) ? { heads: entries.map(headOf) } : entries[0]?.data;
}

function headOf({ tenant, occurredAt, data }: Entry): Head {
  return {
    ...(data as Head),
    tenant: tenant as Head['tenant'],
    moved_at: occurredAt.toISOString(),
  };
}

function isMoved({ name }: Entry): boolean {
  return MOVED_EVENT_NAMES.has(name);
}

function keyOf({ tenant, data }: Entry): string {
  return `${tenant ?? ''} ${(data as Head).collection}`;
}
