import type { TimelineEntry } from '../../../../src/shared/contracts/rest-v1/invoices';

export type TimelineStep = TimelineEntry['step'];
export type TimelineState = TimelineEntry['state'];

/** One entry, as it became known. */
export interface KnownEntry {
  readonly id: number;
  readonly step: TimelineStep;
  readonly state: TimelineState;
  readonly at: Date;
  readonly attempt: number;
  /** Null where whoever told of it does not know which try of the step it was. */
  readonly stepAttempt: number | null;
  readonly sendUid: string | null;
  readonly reason: string | null;
  readonly details: Readonly<Record<string, string>>;
}

/** The beginning of a step's try in an attempt of a send: the same entry whoever notes it. */
export function startOf(
  step: TimelineStep,
  { sendUid, attempt }: { readonly sendUid: string; readonly attempt: number },
  retry = 0,
) {
  const key = `${step}:started:${sendUid}-${attempt}:${retry}`;
  return { key, step, state: 'started' as const, attempt, stepAttempt: retry + 1 };
}

/**
 * The timeline, the earliest first. News travels by several queues: the end of a step may become
 * known before its beginning, which then counts as no later than the end. What does not tell its
 * try of the step belongs to the last one that began.
 */
export function orderTimeline(entries: readonly KnownEntry[]): readonly TimelineEntry[] {
  const groups = Map.groupBy(entries, groupOf);
  return entries
    .map((entry) => {
      const others = groups.get(groupOf(entry)) ?? [];
      return { entry, at: momentOf(entry, others), stepAttempt: stepAttemptOf(entry, others) };
    })
    .sort(
      (a, b) =>
        a.at - b.at ||
        RANKS[a.entry.step] - RANKS[b.entry.step] ||
        a.stepAttempt - b.stepAttempt ||
        Number(b.entry.state === 'started') - Number(a.entry.state === 'started') ||
        a.entry.id - b.entry.id,
    )
    .map(({ entry, at, stepAttempt }) => ({
      step: entry.step,
      state: entry.state,
      at: new Date(at).toISOString(),
      attempt: entry.attempt,
      step_attempt: stepAttempt,
      send_uid: entry.sendUid,
      reason: entry.reason,
      details: { ...entry.details },
    }));
}

/** Of what happened in the same millisecond, the order in which a delivery goes. */
const RANKS: Readonly<Record<TimelineStep, number>> = {
  create_invoice: 0,
  generate_pdf: 1,
  notify_client: 2,
  mark_sent: 3,
  record_failure: 4,
  overdue: 5,
  reminder: 6,
  credit_note: 7,
  payment: 8,
  receipt: 9,
};

function groupOf({ step, sendUid, attempt, id }: KnownEntry): string {
  return sendUid === null ? `entry ${id}` : `${step} ${sendUid} ${attempt}`;
}

function momentOf(entry: KnownEntry, others: readonly KnownEntry[]): number {
  const own = entry.at.getTime();
  if (entry.state !== 'started') return own;
  const isFirst = !others.some(
    (other) => other.state === 'started' && (other.stepAttempt ?? 1) < (entry.stepAttempt ?? 1),
  );
  // A later try of the step began after the first one had ended.
  if (!isFirst) return own;
  const ends = others.filter((other) => other.state !== 'started');
  return Math.min(own, ...ends.map((end) => end.at.getTime()));
}

function stepAttemptOf(entry: KnownEntry, others: readonly KnownEntry[]): number {
  if (entry.stepAttempt !== null) return entry.stepAttempt;
  return Math.max(1, ...others.map((other) => other.stepAttempt ?? 1));
}
