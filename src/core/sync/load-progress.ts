import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { Heads } from '../../shared/contracts/sync/protocol';

/** Where a pull began, where it is and where it goes to, in versions of its collection. */
export interface PullProgress {
  readonly from: number;
  readonly at: number;
  readonly to: number;
}

/**
 * How far loading is, as one way over all collections. It never goes back: not for what is written
 * meanwhile, nor when a round fails and the next one goes on.
 */
export class LoadProgress {
  readonly #pulls = new Map<SyncCollection, PullProgress>();
  #isWhole = false;
  #furthest = 0;

  /** Whether it is known what there is to load of every collection. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** What there is, by the poll's answer, beside what this device knows. */
  expect(known: Heads, heads: Heads): void {
    for (const [name, { version: to }] of Object.entries(heads)) {
      const collection = name as SyncCollection;
      const from = known[collection]?.version ?? 0;
      this.#note(collection, { from, at: from, to });
    }
    this.#isWhole = true;
  }

  took(collection: SyncCollection, pull: PullProgress): void {
    this.#note(collection, pull);
  }

  /** Versions that are here, of all that are to come. */
  sum(): { readonly done: number; readonly total: number } {
    let [done, total] = [0, 0];
    for (const { from, at, to } of this.#pulls.values()) {
      done += at - from;
      total += to - from;
    }
    // Before the whole is known, what was heard of is soon there.
    if (total === 0 || !this.#isWhole) return { done, total };
    // Where more is to come than was known, as much counts as done as was told before.
    if (done < this.#furthest * total) done = Math.ceil(this.#furthest * total);
    this.#furthest = done / total;
    return { done, total };
  }

  #note(collection: SyncCollection, { from, at, to }: PullProgress): void {
    const before = this.#pulls.get(collection) ?? { from, at: from, to: from };
    this.#pulls.set(collection, {
      from: before.from,
      at: Math.max(before.at, at),
      to: Math.max(before.to, to, at),
    });
  }
}
