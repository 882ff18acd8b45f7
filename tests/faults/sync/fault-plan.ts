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
  /** The request arrives for the first time after later ones, when nobody waits for its answer. */
  'arrive_late',
  /** The processes of the cloud end in the middle of the request: before its commit, or after it. */
  'die_before_commit',
  'die_after_commit',
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
  /** An app that is too old for the cloud, one that is just new enough, and one that is too new. */
  'old_protocol',
  'oldest_protocol',
  'new_protocol',
] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

/** What can happen to a device or the cloud as a whole. */
export const WORLD_FAULTS = [
  /** Two devices sync at the same moment. */
  'at_once',
  /** A person goes on working while the device syncs. */
  'act_meanwhile',
  'kill_device',
  /** In the middle of finalising a document. */
  'kill_while_issuing',
  'fork_device',
  'restore_device',
  /** The file of the issued numbers is gone. */
  'lose_ledger',
  'shift_clock',
  /** The user of a device becomes somebody who may change less, or nothing. */
  'become_bookkeeper',
  'become_viewer',
  /** A machine that worked alone joins the business with what it has. */
  'adopt_device',
  'restart_cloud',
  /** The processes of the cloud end while two devices sync. */
  'die_at_once',
  'restore_cloud',
  /** One service alone is put back from the backup. */
  'restore_service',
  /** What was deleted is forgotten, as after half a year. */
  'forget_tombstones',
  'events_held',
  'events_twice',
  'events_backwards',
  /** The service that hears an event ends before or after its commit, and hears it again. */
  'events_cut_off',
] as const;
export type WorldFault = (typeof WORLD_FAULTS)[number];

/** What a person decides about what is shown as needing attention. */
export const DECISIONS = [
  'keep_mine',
  'keep_theirs',
  'undo_choice',
  'retry_rejection',
  'dismiss_rejection',
  'dismiss_notice',
] as const;
export type Decision = (typeof DECISIONS)[number];

/** What has to come of all that now and then, for the checks to mean something. */
export const HAPPENINGS = ['conflict', 'rejection', 'duplicate_document', ...DECISIONS] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** Everything that is counted. */
export type Counted = CallFault | WorldFault | Happening;

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
  readonly #counts = new Map<Counted, number>();

  add(kind: Counted): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** Every kind, those that never struck too. */
  all(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...CALL_FAULTS, ...WORLD_FAULTS, ...HAPPENINGS].map((kind) => [
        kind,
        this.#counts.get(kind) ?? 0,
      ]),
    );
  }

  /** What never struck: so many schedules without it prove nothing about it. */
  missing(): readonly string[] {
    return Object.entries(this.all()).flatMap(([kind, times]) => (times === 0 ? [kind] : []));
  }
}
