import fc from 'fast-check';

/** What can happen to one call between a device and the cloud. */
export const CALL_FAULTS = [
  /** The request never arrives. */
  'drop_request',
  /** The cloud commits; nobody hears of it. */
  'drop_answer',
  /** The request arrives twice, one after the other. */
  'duplicate',
  /** The request arrives once more, after later ones. */
  'reorder',
  /** The body of the answer ends in the middle. */
  'cut_answer',
  /** The body of the request ends in the middle. */
  'cut_request',
  'answer_409',
  'answer_429',
  'answer_500',
  'answer_503',
  'token_expired',
  /** The answer is late: the clock moves on. */
  'delay',
  /** An app from before the protocol. */
  'old_protocol',
] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

/** What can happen to a device or the cloud as a whole. */
export const WORLD_FAULTS = [
  /** Two devices sync at the same moment. */
  'at_once',
  /** A person goes on working while the device syncs. */
  'act_meanwhile',
  'kill_device',
  'fork_device',
  'restore_device',
  'shift_clock',
  'restart_cloud',
  'restore_cloud',
  /** One service alone is put back from the backup. */
  'restore_service',
  'events_held',
  'events_twice',
  'events_backwards',
] as const;
export type WorldFault = (typeof WORLD_FAULTS)[number];

/** A value in `weight` of ten cases, otherwise the usual one. */
export function sometimes<T, U>(
  weight: number,
  arbitrary: fc.Arbitrary<T>,
  usual: U,
): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 10 - weight, arbitrary: fc.constant(usual) }, { weight, arbitrary });
}

/** Faults of the calls of one sync, by the number of the call; most calls go well. */
export const callFaults = fc.array(sometimes(4, fc.constantFrom(...CALL_FAULTS), null), {
  maxLength: 8,
});

/** How often each kind of fault struck, over all schedules. */
export class FaultCount {
  readonly #counts = new Map<string, number>();

  add(fault: CallFault | WorldFault, times = 1): void {
    this.#counts.set(fault, (this.#counts.get(fault) ?? 0) + times);
  }

  #of(fault: CallFault | WorldFault): number {
    return this.#counts.get(fault) ?? 0;
  }

  all(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...CALL_FAULTS, ...WORLD_FAULTS].map((fault) => [fault, this.#of(fault)]),
    );
  }

  /** One line for each kind, the never struck ones too. */
  report(): string {
    return Object.entries(this.all())
      .map(([fault, times]) => `${fault.padEnd(16)} ${times}`)
      .join('\n');
  }
}
