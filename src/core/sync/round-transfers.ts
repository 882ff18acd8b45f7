import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { Heads } from '../../shared/contracts/sync/protocol';
import { LoadProgress, type PullProgress } from './load-progress';
import { isWatched, TransferMeter, type Transfer } from './transfer-meter';
import { SyncFailure } from './transport';

interface RoundTransfersOptions {
  /** Changes that the cloud has not been told. */
  readonly countWaiting: () => number;
  /** Where every collection stands in the cloud. */
  readonly askHeads: (signal: AbortSignal) => Promise<Heads>;
  /** Where this device stands. */
  readonly known: () => Heads;
  readonly onTransfer: (transfer: Transfer) => void;
  readonly onBug: (error: unknown) => void;
}

/** What the rounds of sync move, as people watch it: one way up and one down, over all collections. */
export class RoundTransfers {
  readonly #meter = new TransferMeter();
  readonly #stopping = new AbortController();
  #load = new LoadProgress();
  #isAsking = false;
  #told = 0;
  #toTell = 0;

  constructor(private readonly options: RoundTransfersOptions) {}

  /** A round begins; it may go on with what the last one did not finish loading. */
  begin(): void {
    this.#meter.begin();
    this.#told = 0;
  }

  /** Everything that there was to load is here. */
  loaded(): void {
    this.#load = new LoadProgress();
  }

  bytes(count: number): void {
    this.#meter.bytes(count);
  }

  told(collection: SyncCollection, count: number): void {
    if (this.#told === 0) this.#toTell = this.options.countWaiting() + count;
    this.#told += count;
    const moved = { count, done: this.#told, total: this.#toTell };
    this.options.onTransfer(this.#meter.transfer('up', collection, moved));
  }

  taken(collection: SyncCollection, count: number, progress: PullProgress): void {
    this.#load.took(collection, progress);
    if (count === 0) return;
    const transfer = this.#meter.transfer('down', collection, { count, ...this.#load.sum() });
    // A few changes are there before it could be asked how many there are in all.
    if (!this.#load.isWhole && isWatched(transfer)) void this.#learnWhole();
    else this.options.onTransfer(transfer);
  }

  /** What moved since this was asked last, in a line for support; null when it was little. */
  summary(): string | null {
    return this.#meter.summary();
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Without an answer nothing is shown of how far it is: the round itself tells what is the matter. */
  async #learnWhole(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const load = this.#load;
    try {
      const heads = await this.options.askHeads(this.#stopping.signal);
      load.expect(this.options.known(), heads);
    } catch (error) {
      if (!(error instanceof SyncFailure)) this.options.onBug(error);
    } finally {
      this.#isAsking = false;
    }
  }
}
