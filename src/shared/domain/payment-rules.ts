import type { CalendarDate, Instant } from './calendar-date';
import type { PaymentUid } from './ids';
import type { Invoice } from './invoice';
import { balanceOf } from './invoice-status';
import type { MinorUnits } from './money';
import { add, negate } from './money';
import type { Payment, PaymentInput } from './payment';
import type { Result } from './result';
import { ok, refused } from './result';

/** What a payment is checked against. */
export interface PayableState {
  readonly invoice: Pick<Invoice, 'uid' | 'kind' | 'finalisedAt' | 'deletedAt' | 'credited'> & {
    readonly content: Pick<Invoice['content'], 'currency'>;
    readonly totals: Pick<Invoice['totals'], 'total'>;
  };
  /** All payments of the invoice, reversals and refunds included. */
  readonly payments: readonly Payment[];
}

/** Sum of payments less reversals and refunds. */
export function paidTotal(payments: readonly Pick<Payment, 'amount'>[]): MinorUnits {
  return add(...payments.map((payment) => payment.amount));
}

/**
 * Whether a payment may be recorded (DOMAIN 4). Money received is at most the balance
 * (`overpayment`, params `amount`: the balance left, in minor units of `currency`); money paid back is at most
 * what is owed to the client, which arises from credit notes (`refund_exceeds_credit`, params
 * `amount`, `currency`). Also: `not_finalised`, `credit_note_not_payable`, `required` for a zero amount.
 */
export function checkPayment(state: PayableState, input: PaymentInput): Result<PaymentInput> {
  const { invoice } = state;
  if (input.invoiceUid !== invoice.uid) throw new Error('payment of another invoice');
  if (invoice.kind === 'credit_note') return refused('invoiceUid', 'credit_note_not_payable');
  if (invoice.finalisedAt === null || invoice.deletedAt !== null) {
    return refused('invoiceUid', 'not_finalised');
  }
  if (input.amount === 0) return refused('amount', 'required');
  const { currency } = invoice.content;
  const paid = paidTotal(state.payments);
  const balance = balanceOf(invoice.totals.total, paid, invoice.credited);
  if (input.amount > 0 && input.amount > balance) {
    return refused('amount', 'overpayment', { amount: Math.max(0, balance), currency });
  }
  const owedBack = Math.max(0, Math.min(-balance, paid));
  if (input.amount < 0 && -input.amount > owedBack) {
    return refused('amount', 'refund_exceeds_credit', { amount: owedBack, currency });
  }
  return ok(input);
}

/**
 * The record that undoes a payment. A payment is reversed once (`already_reversed`); a reversal is
 * not undone (`reversal_not_reversible`): the payment is recorded again instead.
 */
export function reversalOf(
  payment: Payment,
  existing: readonly Payment[],
  made: { readonly uid: PaymentUid; readonly date: CalendarDate; readonly createdAt: Instant },
): Result<Payment> {
  if (payment.reverses !== null) return refused('uid', 'reversal_not_reversible');
  if (existing.some((other) => other.reverses === payment.uid)) {
    return refused('uid', 'already_reversed');
  }
  return ok({
    ...payment,
    uid: made.uid,
    date: made.date,
    createdAt: made.createdAt,
    amount: negate(payment.amount),
    reverses: payment.uid,
  });
}
