/** Tells calls of this process that wait for an invoice that it is stored. */
export interface StoredSignals {
  tell(sendUid: string): void;
  /** Resolves when told, or after the given time. */
  wait(sendUid: string, milliseconds: number): Promise<void>;
}

export function createStoredSignals(): StoredSignals {
  const waiting = new Map<string, Set<() => void>>();
  return {
    tell(sendUid) {
      for (const wake of waiting.get(sendUid) ?? []) wake();
    },
    wait: (sendUid, milliseconds) =>
      new Promise((resolve) => {
        const wakes = waiting.get(sendUid) ?? new Set();
        waiting.set(sendUid, wakes);
        const wake = () => {
          clearTimeout(timer);
          wakes.delete(wake);
          if (wakes.size === 0) waiting.delete(sendUid);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        wakes.add(wake);
      }),
  };
}
