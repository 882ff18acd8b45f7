/** The time of a world, in milliseconds: it passes when something happens. */
export class Clock {
  #now = Date.parse('2026-03-10T10:00:00.000Z');

  now(): number {
    return this.#now;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
