interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does by one call of `work` what is asked for in the same moment: messages that one receive brought
 * share statements and a commit. Where that fails, each is done by itself, so that one that cannot be
 * done keeps no other from it.
 */
export function together<T>(
  work: (items: readonly T[]) => Promise<void>,
): (item: T) => Promise<void> {
  let gathered: Waiting<T>[] = [];

  async function flush(): Promise<void> {
    const waiting = gathered;
    gathered = [];
    try {
      await work(waiting.map(({ item }) => item));
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      if (waiting.length === 1) waiting[0]?.reject(error);
      else for (const one of waiting) await work([one.item]).then(one.resolve, one.reject);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (gathered.length === 0) setImmediate(() => void flush());
      gathered.push({ item, resolve, reject });
    });
}
