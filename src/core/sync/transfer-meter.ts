import type { SyncStatus } from '../../shared/contracts/app-api/sync';
import type { SyncCollection } from '../../shared/contracts/sync/collections';

export type Transfer = NonNullable<SyncStatus['transfer']>;
type Direction = Transfer['direction'];

/** Fewer records than these are there before anybody could look. */
const WATCHED_RECORDS = 100;

/** Whether a transfer is one that people watch; the others would only flicker. */
export function isWatched(transfer: Transfer | null): boolean {
  return transfer !== null && transfer.total >= WATCHED_RECORDS;
}

/** How much went each way in one round, and how fast. */
export class TransferMeter {
  #began = 0;
  #bytes = 0;
  #records = 0;
  #moved: Record<Direction, number> = { up: 0, down: 0 };
  #at = '';
  #ofCollection = 0;

  constructor(private readonly clock: () => number = () => performance.now()) {}

  begin(): void {
    this.#began = this.clock();
    this.#bytes = 0;
    this.#records = 0;
    this.#moved = { up: 0, down: 0 };
    this.#at = '';
  }

  bytes(count: number): void {
    this.#bytes += count;
  }

  transfer(
    direction: Direction,
    collection: SyncCollection,
    moved: { readonly count: number; readonly done: number; readonly total: number },
  ): Transfer {
    const at = `${direction} ${collection}`;
    if (at !== this.#at) this.#ofCollection = 0;
    this.#at = at;
    this.#ofCollection += moved.count;
    this.#records += moved.count;
    this.#moved[direction] += moved.count;
    const seconds = this.#seconds();
    return {
      direction,
      collection,
      done: moved.done,
      total: moved.total,
      records: this.#ofCollection,
      recordsPerSecond: this.#records / seconds,
      bytesPerSecond: this.#bytes / seconds,
    };
  }

  /** What moved since this was asked last, in a line for support; null when it was little. */
  summary(): string | null {
    const { up, down } = this.#moved;
    this.#moved = { up: 0, down: 0 };
    if (up + down < WATCHED_RECORDS) return null;
    const seconds = this.#seconds().toFixed(1);
    return `${up} records up, ${down} down, ${this.#bytes} bytes in ${seconds} s`;
  }

  #seconds(): number {
    return Math.max(0.001, (this.clock() - this.#began) / 1_000);
  }
}
