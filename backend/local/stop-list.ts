/** What has to be undone, last first; once only, however often it is asked for. */
export class StopList {
  readonly #stops: (() => unknown)[] = [];
  #running: Promise<void> | null = null;

  get hasBegun(): boolean {
    return this.#running !== null;
  }

  add(stop: () => unknown): void {
    this.#stops.push(stop);
  }

  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  async #runAll(): Promise<void> {
    for (const stop of this.#stops.toReversed()) await stop();
  }
}
