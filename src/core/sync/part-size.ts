/** What the screens may have to wait for a part. */
const PART_MS = 8;
const FIRST_ROWS = 100;
const LEAST_ROWS = 20;
const MOST_ROWS = 1_000;

/**
 * How many records of a page are stored at once: the screens wait for the part that is being
 * stored. Follows what the last ones took on this machine.
 */
export class PartSize {
  #rows = FIRST_ROWS;

  /** Parts of about the same size: a small rest would cost as much as a whole one. */
  split<T>(items: readonly T[]): readonly (readonly T[])[] {
    const count = Math.max(1, Math.ceil(items.length / this.#rows));
    const size = Math.ceil(items.length / count);
    return Array.from({ length: count }, (_, index) =>
      items.slice(index * size, (index + 1) * size),
    );
  }

  /** A part of `rows` took so long. A small one tells nothing. */
  took(rows: number, milliseconds: number): void {
    if (rows < LEAST_ROWS) return;
    const fitting = (rows * PART_MS) / Math.max(milliseconds, 1);
    // Halfway there: one slow part is no reason for tiny ones.
    const next = Math.round((this.#rows + fitting) / 2);
    this.#rows = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, next));
  }
}
