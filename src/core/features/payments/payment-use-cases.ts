import type { CalendarDate } from '../../../shared/domain/calendar-date';
import type { PaymentUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import { add } from '../../../shared/domain/money';
import type { Payment, PaymentInput } from '../../../shared/domain/payment';
import { checkPayment, reversalOf } from '../../../shared/domain/payment-rules';
import type { Result } from '../../../shared/domain/result';
import { notFound, ok, refused } from '../../../shared/domain/result';
import type { UseCases } from '../../context';
import type { WriteScope } from '../../replica/replica';
import { openBalance } from '../invoices/invoice-mapping';
import type { StoredInvoice } from '../invoices/invoice-repository';
import { findInvoice, saveInvoice } from '../invoices/invoice-repository';
import { findPayment, findPayments, insertPayments } from './payment-repository';

type PaymentMethods = 'payments.record' | 'payments.markAsPaid' | 'payments.reverse';

export const paymentUseCases: UseCases<PaymentMethods> = {
  'payments.record': (context, { payment }) =>
    context.replica.write((scope) => {
      const stored = findInvoice(scope, payment.invoiceUid);
      if (stored === null) return notFound('invoice', payment.invoiceUid);
      return receive(scope, stored, payment);
    }),

  'payments.markAsPaid': (context, { invoiceUid, date, method }) =>
    context.replica.write((scope) => {
      const stored = findInvoice(scope, invoiceUid);
      if (stored === null) return notFound('invoice', invoiceUid);
      const { invoice } = stored;
      const amount = openBalance(invoice);
      const isPayable = invoice.kind === 'invoice' && invoice.finalisedAt !== null;
      if (isPayable && amount <= 0) return refused('invoiceUid', 'already_paid');
      const day = date ?? context.today();
      return receive(scope, stored, { invoiceUid, date: day, amount, method, reference: '' });
    }),

  'payments.reverse': (context, { uid }) =>
    context.replica.write((scope) => reverse(scope, uid, context.today())),
};

function receive(scope: WriteScope, stored: StoredInvoice, input: PaymentInput): Result<Payment> {
  const { invoice } = stored;
  const checked = checkPayment({ invoice, payments: findPayments(scope, invoice.uid) }, input);
  if (!checked.ok) return checked;
  const payment: Payment = {
    ...checked.value,
    uid: newUid<PaymentUid>(),
    reverses: null,
    createdAt: scope.now,
  };
  addPayment(scope, stored, payment, 'paid');
  return ok(payment);
}

function reverse(scope: WriteScope, uid: PaymentUid, date: CalendarDate): Result<Payment> {
  const payment = findPayment(scope, uid);
  const stored = payment === null ? null : findInvoice(scope, payment.invoiceUid);
  if (payment === null || stored === null) return notFound('payment', uid);
  const reversal = reversalOf(payment, findPayments(scope, payment.invoiceUid), {
    uid: newUid<PaymentUid>(),
    date,
    createdAt: scope.now,
  });
  if (reversal.ok) addPayment(scope, stored, reversal.value, 'reversed');
  return reversal;
}

/** Stores the record and what the invoice counts as paid, which the cloud derives as well. */
function addPayment(
  scope: WriteScope,
  stored: StoredInvoice,
  payment: Payment,
  action: 'paid' | 'reversed',
): void {
  const { invoice } = stored;
  insertPayments(scope, [{ payment, currency: invoice.content.currency }]);
  const paid = add(invoice.paid, payment.amount);
  saveInvoice(scope, stored, { ...stored, invoice: { ...invoice, paid } });
  scope.record({
    collection: 'payments',
    uid: payment.uid,
    action: 'created',
    mutation: { kind: 'create', record: payment },
  });
  scope.record({ collection: 'invoices', uid: invoice.uid, action, mutation: null });
}
