import type { RestInvoiceStatus } from '../../../../src/shared/contracts/rest-v1/invoices';

/** What a PUT with a status means. */
export type StatusAction = 'nothing' | 'finalise_and_send' | 'send' | 'pay' | 'reverse';

export interface TransitionFacts {
  readonly kind: 'invoice' | 'credit_note';
  readonly isFinalised: boolean;
  /** As the contract shows it now. */
  readonly status: RestInvoiceStatus;
  /** There is a payment that can be taken back. */
  readonly hasPayment: boolean;
}

/**
 * The one table of status changes. Statuses are derived, so a wish for one is a wish for the fact
 * that brings it about; null is a change that no fact brings about (409 `transition_forbidden`).
 */
export function actionFor(facts: TransitionFacts, wanted: RestInvoiceStatus): StatusAction | null {
  const { status, isFinalised } = facts;
  if (wanted === status) return 'nothing';
  switch (wanted) {
    case 'sent':
      if (!isFinalised) return 'finalise_and_send';
      // Numbered, but its mail is not out.
      if (status === 'draft') return 'send';
      return status === 'paid' && facts.hasPayment ? 'reverse' : null;
    case 'paid':
      return isFinalised && facts.kind === 'invoice' ? 'pay' : null;
    case 'draft':
    case 'overdue':
      return null;
  }
}
