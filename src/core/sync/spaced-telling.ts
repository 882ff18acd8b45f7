/** Moments between two tellings of what goes on. */
const REST_MS = 200;

/** Tells at once what matters, and of what goes on no more often than anybody can follow. */
export class SpacedTelling {
  readonly #tell: () => void;
  #toldAt = 0;
  #later: NodeJS.Timeout | null = null;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  now(): void {
    this.stop();
    this.#toldAt = performance.now();
    this.#tell();
  }

  /** Where the last telling is long enough ago; more comes anyway. */
  ifRested(): void {
    if (this.#rest() <= 0) this.now();
  }

  /** As soon as the last telling is long enough ago. */
  soon(): void {
    const rest = this.#rest();
    if (rest <= 0) this.now();
    else this.#later ??= setTimeout(() => this.now(), rest).unref();
  }

  stop(): void {
    if (this.#later !== null) clearTimeout(this.#later);
    this.#later = null;
  }

  #rest(): number {
    return REST_MS - (performance.now() - this.#toldAt);
  }
}
