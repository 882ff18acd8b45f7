import type { DeliveryState } from '../../../../src/shared/contracts/rest-v1/invoices';
import { unreachable } from '../../../../src/shared/domain/result';

/** Where one send stands. */
export interface Delivery {
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly reason: string | null;
  /** SES took the mail: notifications told so. */
  readonly isMailed: boolean;
}

/** What can become known of a send; in any order, and any of it more than once. */
export type DeliveryFact =
  /** The workflow went through. */
  | { readonly kind: 'delivered' }
  /** SES took the mail, by the word of notifications. `isFinal` where no workflow follows up. */
  | { readonly kind: 'mailed'; readonly isFinal: boolean }
  | { readonly kind: 'bounced'; readonly reason: string }
  /** An attempt ended without success. */
  | {
      readonly kind: 'failed' | 'unknown';
      readonly attempt: number;
      readonly reason: string;
    }
  /** The permit was refused: there is nothing to mail any more. */
  | { readonly kind: 'cancelled'; readonly reason: string }
  /** Somebody, or the sweep, has it tried again. */
  | { readonly kind: 'retried' };

/**
 * The delivery after a fact. What is known for certain stays: a bounce beats everything, a mail
 * that went out beats a failure, and a failure of an earlier attempt says nothing of this one.
 */
export function afterFact(delivery: Delivery, fact: DeliveryFact): Delivery {
  if (delivery.state === 'bounced') return delivery;
  switch (fact.kind) {
    case 'bounced':
      return { ...delivery, state: 'bounced', reason: fact.reason, isMailed: true };
    case 'delivered':
      return { ...delivery, state: 'sent', reason: null, isMailed: true };
    case 'mailed':
      // A delivery under way is finished by its workflow.
      return delivery.state === 'pending' && !fact.isFinal
        ? { ...delivery, isMailed: true }
        : { ...delivery, state: 'sent', reason: null, isMailed: true };
    case 'failed':
    case 'unknown':
      return afterFailure(delivery, fact.kind, fact.attempt, fact.reason);
    case 'cancelled':
      return delivery.state === 'pending' && !delivery.isMailed
        ? { ...delivery, state: 'cancelled', reason: fact.reason }
        : delivery;
    case 'retried':
      return { ...delivery, state: 'pending', attempt: delivery.attempt + 1, reason: null };
    default:
      return unreachable(fact);
  }
}

function afterFailure(
  delivery: Delivery,
  outcome: 'failed' | 'unknown',
  attempt: number,
  reason: string,
): Delivery {
  const { state } = delivery;
  if (attempt < delivery.attempt || state === 'sent' || state === 'cancelled') return delivery;
  if (delivery.isMailed) return { ...delivery, state: 'sent', reason: null };
  // That nobody can tell is the graver news: a second mail needs somebody's decision.
  if (state === 'unknown') return delivery;
  if (state === 'failed' && outcome === 'failed') return delivery;
  return { ...delivery, state: outcome, reason };
}

/** The attempt of an execution, which is named `<send uid>-<attempt>`; 1 where there is none. */
export function attemptOf(execution: string | null): number {
  const attempt = Number(/-(\d{1,6})$/u.exec(execution ?? '')?.[1] ?? '1');
  return attempt >= 1 ? attempt : 1;
}

/** A failure's reason as a stable code: what the step said, or what the workflow calls it. */
export function failureReason(error: string | undefined, cause: string | undefined): string {
  if (cause !== undefined && /^[a-z][a-z0-9_]{0,99}$/u.test(cause)) return cause;
  switch (error) {
    case 'States.Timeout':
    case 'States.HeartbeatTimeout':
      return 'step_timed_out';
    default:
      return 'step_failed';
  }
}
