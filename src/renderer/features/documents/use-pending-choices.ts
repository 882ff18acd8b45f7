import { useMemo } from 'react';

export interface PendingChoices {
  /** Takes up a choice that is still being looked up. */
  readonly track: (choice: Promise<void>) => void;
  /** Runs a choice after those before it, so that the last one made is the one that stands. */
  readonly follow: (choose: () => Promise<void>) => void;
  /** Resolves once everything chosen so far stands in the document. */
  readonly settled: () => Promise<void>;
}

/**
 * Choices that were made but whose records are still being read: a client's name typed to its end, a
 * product just picked. What is about the whole document (finalising, saving) waits for them.
 */
export function usePendingChoices(): PendingChoices {
  return useMemo(() => {
    const pending = new Set<Promise<void>>();
    let last: Promise<void> = Promise.resolve();
    const track = (choice: Promise<void>): void => {
      pending.add(choice);
      void choice.finally(() => pending.delete(choice));
    };
    return {
      track,
      follow: (choose) => {
        last = last.then(choose, choose);
        track(last);
      },
      // One choice may bring about the next: the name the client, the client its defaults.
      settled: async () => {
        while (pending.size > 0) await Promise.allSettled(pending);
      },
    };
  }, []);
}
