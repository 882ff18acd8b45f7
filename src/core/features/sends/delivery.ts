import type { SendRecord } from '../../../shared/contracts/sync/records';

/** From here a mail may still be kept from going out; the cloud has the last word. */
export function isCancellable({ state }: SendRecord): boolean {
  return state === 'queued' || state === 'pending' || state === 'held' || state === 'failed';
}

/** From here a person may have it tried again, or sent all the same. */
export function isRetriable({ state }: SendRecord): boolean {
  return state === 'held' || state === 'failed' || state === 'unknown';
}

/**
 * A send as people see it: one that was taken back before the cloud began counts as cancelled, one
 * that is wanted again as queued, until the cloud says otherwise.
 */
export function shownSend(send: SendRecord): SendRecord {
  const { state, cancelledAt, wantedAttempt, attempt } = send;
  if (cancelledAt !== null && (state === 'queued' || state === 'held' || state === 'failed')) {
    return { ...send, state: 'cancelled', reason: null, settledAt: cancelledAt };
  }
  if (attempt > 0 && wantedAttempt > attempt && isRetriable(send)) {
    return { ...send, state: 'queued', reason: null, settledAt: null };
  }
  return send;
}
