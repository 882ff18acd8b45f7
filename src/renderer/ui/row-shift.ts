/** Rows as they were seen before a change. */
export interface SeenRows {
  /** Keys of all rows of the list. */
  readonly keys: readonly string[];
  /** Index of the first row in sight. */
  readonly first: number;
  /** How many rows are in sight. */
  readonly count: number;
  /** Key of the row the keyboard is on, in sight or not. */
  readonly active: string | null;
}

/**
 * By how many rows a list has to be scrolled so that what is seen stays where it is after a change.
 * Where rows come or go between those in sight, not all can stay: the row the keyboard is on does,
 * unless it is the one that moved; else as many as can, the upper ones if in doubt. Rows that are
 * gone have no say.
 */
export function shiftOf(seen: SeenRows, indexOf: (key: string) => number | undefined): number {
  const { keys, first, count, active } = seen;
  const shiftAt = (at: number): number | null => {
    const now = indexOf(keys[at] ?? '');
    return now === undefined ? null : now - at;
  };
  const inSight = keys.slice(first, first + count);
  const activeAt = active === null ? -1 : inSight.indexOf(active);
  if (activeAt >= 0) {
    const own = shiftAt(first + activeAt);
    const neighbours = [shiftAt(first + activeAt - 1), shiftAt(first + activeAt + 1)];
    if (own !== null && neighbours.includes(own)) return own;
  }
  const counts = new Map<number, number>();
  inSight.forEach((_, at) => {
    const shift = shiftAt(first + at);
    if (shift !== null) counts.set(shift, (counts.get(shift) ?? 0) + 1);
  });
  let [best, most] = [0, 0];
  for (const [shift, many] of counts) if (many > most) [best, most] = [shift, many];
  return best;
}
