/** Tells calls of this process that wait for an invoice that it is stored. */
export interface StoredSignals {
  tell(sendUid: string): void;
  /** True when told, false after the given time. */
  wait(sendUid: string, milliseconds: number): Promise<boolean>;
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
        const end = (isTold: boolean) => {
          clearTimeout(timer);
          wakes.delete(wake);
          if (wakes.size === 0) waiting.delete(sendUid);
          resolve(isTold);
        };
        const wake = () => end(true);
        const timer = setTimeout(end, milliseconds, false);
        wakes.add(wake);
      }),
  };
}
