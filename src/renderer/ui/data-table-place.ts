import { useLayoutEffect, useRef } from 'react';

/** Where the keyboard is in a list, and where the arrows go from there. */
export interface KeyboardPlace {
  /** Index of the active row, -1 where none is. */
  readonly index: number;
  /** Both may lie outside of the list. */
  readonly next: () => number;
  readonly previous: () => number;
}

/**
 * The place of the active row by its key, however the rows change. When the row itself goes, none
 * is active, so that no key acts on a row that came under it; the arrows go on from the gap.
 */
export function useKeyboardPlace(
  active: string | null,
  keys: readonly string[],
  indexOf: (key: string) => number | undefined,
): KeyboardPlace {
  /** The active row, or the first one after its gap; null at the end of the list. */
  const standIn = useRef(active);
  const before = useRef(keys);
  const index = active === null ? -1 : (indexOf(active) ?? -1);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = keys;
    if (active === null || index >= 0) {
      standIn.current = active;
      return;
    }
    const at = standIn.current === null ? last.length : last.indexOf(standIn.current);
    if (at < 0) return;
    standIn.current = last.slice(at).find((key) => indexOf(key) !== undefined) ?? null;
  }, [active, index, keys, indexOf]);

  const gap = (): number => {
    const key = standIn.current;
    return key === null ? keys.length : (indexOf(key) ?? 0);
  };
  return {
    index,
    next: () => (active === null || index >= 0 ? index + 1 : gap()),
    previous: () => (active === null || index >= 0 ? index - 1 : gap() - 1),
  };
}
