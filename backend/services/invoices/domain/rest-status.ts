import type {
  DeliveryState,
  RestInvoiceStatus,
} from '../../../../src/shared/contracts/rest-v1/invoices';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { InvoiceKind } from '../../../../src/shared/domain/invoice';
import { balanceOf, statusOf } from '../../../../src/shared/domain/invoice-status';
import type { MinorUnits } from '../../../../src/shared/domain/money';
import { ZERO } from '../../../../src/shared/domain/money';
import { unreachable } from '../../../../src/shared/domain/result';

/** The stored facts that the contract's status follows from. */
export interface RestStatusFacts {
  readonly kind: InvoiceKind;
  readonly finalisedAt: Date | null;
  readonly total: MinorUnits;
  readonly paid: MinorUnits;
  readonly credited: MinorUnits;
  readonly dueDate: CalendarDate;
  /** When a mail with it first went out. */
  readonly sentAt: Date | null;
  readonly deliveryState: DeliveryState | null;
}

/** States of a first mail in which the client does not have the document. */
export const UNDELIVERED: readonly DeliveryState[] = ['pending', 'held', 'failed', 'unknown'];

/**
 * The contract's four values (DOMAIN 2): `sent` from finalising on, unless the mail that was asked
 * for is not out; a document that once went out stays sent, whatever becomes of a second mail.
 * `today` is the day in the business's time zone.
 */
export function restStatusOf(facts: RestStatusFacts, today: CalendarDate): RestInvoiceStatus {
  const finalisedAt = facts.finalisedAt?.toISOString() ?? null;
  const status = statusOf({ ...facts, finalisedAt, today });
  switch (status) {
    case 'draft':
    case 'paid':
    case 'overdue':
      return status;
    case 'credited':
      return 'paid';
    case 'sent':
    case 'partly_paid':
      return isUndelivered(facts) ? 'draft' : 'sent';
    default:
      return unreachable(status);
  }
}

function isUndelivered({ sentAt, deliveryState }: RestStatusFacts): boolean {
  return sentAt === null && deliveryState !== null && UNDELIVERED.includes(deliveryState);
}

/** What the client still owes; a credit note is settled on the invoice that it corrects. */
export function openBalance(
  facts: Pick<RestStatusFacts, 'kind' | 'total' | 'paid' | 'credited'>,
): MinorUnits {
  return facts.kind === 'credit_note' ? ZERO : balanceOf(facts.total, facts.paid, facts.credited);
}

/** Nothing is left to pay. */
export function isSettled(
  facts: Pick<RestStatusFacts, 'kind' | 'total' | 'paid' | 'credited'>,
): boolean {
  return facts.kind === 'invoice' && openBalance(facts) <= 0;
}
