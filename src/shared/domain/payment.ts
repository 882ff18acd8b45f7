import { z } from 'zod';

import { calendarDate, instant } from './calendar-date';
import { invoiceUid, paymentUid } from './ids';
import { minorUnits } from './money';
import { line } from './text';

export const paymentMethod = z.enum([
  'bank_transfer',
  'card',
  'cash',
  'direct_debit',
  'cheque',
  'other',
]);
export type PaymentMethod = z.infer<typeof paymentMethod>;

/** What a person fills in about money that came in (or, negative, was paid back). */
export const paymentInput = z.object({
  invoiceUid,
  date: calendarDate,
  /** Positive: received. Negative: refunded, at most what was received too much. */
  amount: minorUnits,
  method: paymentMethod,
  reference: line(140),
});
export type PaymentInput = z.infer<typeof paymentInput>;

/** An append-only record (DOMAIN 4). Undoing one adds another that names it in `reverses`. */
export const payment = paymentInput.extend({
  uid: paymentUid,
  reverses: paymentUid.nullable(),
  createdAt: instant,
});
export type Payment = z.infer<typeof payment>;
