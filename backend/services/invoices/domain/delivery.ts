import type { DeliveryReason } from '../../../../src/shared/contracts/delivery-reasons';
import type { SendState } from '../../../../src/shared/contracts/sync/records';
import { unreachable } from '../../../../src/shared/domain/result';

/** Why a send is held: its document is a duplicate; the cloud's PDF is not its author's. */
export const DUPLICATE = 'duplicate' satisfies DeliveryReason;
export const PDF_DIFFERS = 'pdf_differs' satisfies DeliveryReason;
/** Why a send counts as unknown: the cloud was put back to before it was asked for. */
export const RESTORED = 'restored' satisfies DeliveryReason;

/** Where one send stands. */
export interface Delivery {
  readonly state: SendState;
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
  /** The permit was refused, or a person took the wish back: there is nothing to mail any more. */
  | { readonly kind: 'cancelled'; readonly reason: string }
  /** A person has to act first: an attempt cannot go on, or none is begun. */
  | { readonly kind: 'held'; readonly attempt: number; readonly reason: string }
  /** The document is there: what was queued begins. */
  | { readonly kind: 'begun' }
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
      return CANCELLABLE.includes(delivery.state) && !delivery.isMailed
        ? { ...delivery, state: 'cancelled', reason: fact.reason }
        : delivery;
    case 'held':
      return isUnderWay(delivery) && !delivery.isMailed && fact.attempt >= delivery.attempt
        ? { ...delivery, state: 'held', reason: fact.reason }
        : delivery;
    case 'begun':
      return delivery.state === 'queued'
        ? { ...delivery, state: 'pending', reason: null }
        : delivery;
    case 'retried':
      return { ...delivery, state: 'pending', attempt: delivery.attempt + 1, reason: null };
    default:
      return unreachable(fact);
  }
}

/** From here a mail can still be kept from going out. */
export const CANCELLABLE: readonly SendState[] = ['queued', 'pending', 'held', 'failed'];
/** From here a person may have it tried again. */
export const RETRIABLE: readonly SendState[] = ['held', 'failed', 'unknown'];

function isUnderWay({ state }: Delivery): boolean {
  return state === 'queued' || state === 'pending';
}

/** Nothing more happens by itself. */
export function isSettledState(state: SendState): boolean {
  return !['queued', 'pending', 'held'].includes(state);
}

function afterFailure(
  delivery: Delivery,
  outcome: 'failed' | 'unknown',
  attempt: number,
  reason: string,
): Delivery {
  const { state } = delivery;
  if (attempt < delivery.attempt || ['sent', 'cancelled', 'held'].includes(state)) return delivery;
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
