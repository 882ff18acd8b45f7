import type { z } from 'zod';

import { scaled } from '../../../../src/shared/contracts/rest-v1/money-fields';
import type { invoiceRoutes } from '../../../../src/shared/contracts/rest-v1/invoices';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import { decimalsOf } from '../../../../src/shared/domain/currency';
import type { BusinessUid, PaymentUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { add, minor } from '../../../../src/shared/domain/money';
import type { Payment } from '../../../../src/shared/domain/payment';
import { checkPayment, paidTotal, reversalOf } from '../../../../src/shared/domain/payment-rules';
import type { Transaction } from '../../../kit/database/database';
import type { IdempotencyClaim } from '../../../kit/http/handlers';
import { earlierOutcome, isRefusal, transactOnce } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, invalid, notFound } from '../../../kit/http/refusal';
import { paymentView } from '../api/invoice-view';
import type { InvoicesContext } from '../context';
import type { InvoiceRow } from '../db/invoice-repository';
import { lockInvoice, saveInvoice } from '../db/invoice-repository';
import type { PaymentRow } from '../db/payment-repository';
import { findPayments, insertPayment } from '../db/payment-repository';
import { addEntry } from '../db/timeline-repository';
import { isSettled, openBalance } from '../domain/rest-status';
import { conflictFor, orRefuse } from './refusals';
import { tellInvoice } from './tell-invoice';

type PaymentBody = z.output<(typeof invoiceRoutes)['createPayment']['body']>;
type PaymentView = ReturnType<typeof paymentView>;

/** Records a payment, or money paid back. Refused: what exceeds the balance, with the balance. */
export async function recordPayment(
  context: InvoicesContext,
  tenant: BusinessUid,
  invoiceId: number,
  body: PaymentBody,
  claim: IdempotencyClaim | null,
): Promise<PaymentView | Refusal> {
  const earlier = await earlierOutcome<PaymentView>(context.db, tenant, claim);
  if (earlier !== undefined) return earlier;
  const today = await context.directory.today(tenant);
  return transactOnce(context.db, tenant, claim, async (transaction) => {
    const invoice = await lockInvoice(transaction, tenant, invoiceId);
    if (invoice === null || invoice.deletedAt !== null) return notFound('invoice');
    const amount = scaled(body.amount, decimalsOf(invoice.currency));
    if (amount === null) return invalid([{ field: 'amount', code: 'too_many_decimals' }]);
    if (amount === 0) return invalid([{ field: 'amount', code: 'required' }]);
    const existing = await findPayments(transaction, tenant, invoiceId);
    const paid = await pay(context, transaction, invoice, existing, today, {
      amount: minor(amount),
      date: body.date ?? today,
      method: body.method ?? 'bank_transfer',
      reference: body.reference ?? '',
    });
    return isRefusal(paid) ? paid : paymentView(paid.payment, invoice.currency);
  });
}

/** "Mark as paid": a payment of what is left. */
export async function payBalance(
  context: InvoicesContext,
  transaction: Transaction,
  invoice: InvoiceRow,
  existing: readonly PaymentRow[],
  today: CalendarDate,
): Promise<InvoiceRow | Refusal> {
  const paid = await pay(context, transaction, invoice, existing, today, {
    amount: openBalance(invoice),
    date: today,
    method: 'other',
    reference: '',
  });
  return isRefusal(paid) ? paid : paid.invoice;
}

type NewPayment = Pick<PaymentRow, 'amount' | 'date' | 'method' | 'reference'>;

async function pay(
  context: InvoicesContext,
  transaction: Transaction,
  invoice: InvoiceRow,
  existing: readonly PaymentRow[],
  today: CalendarDate,
  payment: NewPayment,
): Promise<{ readonly payment: PaymentRow; readonly invoice: InvoiceRow } | Refusal> {
  const { tenant, id: invoiceId, uid: invoiceUid } = invoice;
  const checked = orRefuse(
    checkPayment(
      {
        invoice: {
          uid: invoiceUid,
          kind: invoice.kind,
          finalisedAt: invoice.finalisedAt?.toISOString() ?? null,
          deletedAt: null,
          credited: invoice.credited,
          content: { currency: invoice.currency },
          totals: { total: invoice.total },
        },
        payments: existing.map((one) => domainPayment(one, existing, invoice)),
      },
      { invoiceUid, ...payment },
    ),
    conflictFor,
  );
  if (isRefusal(checked)) return checked;
  const now = context.now();
  const made = await insertPayment(transaction, {
    tenant,
    invoiceId,
    uid: newUid<PaymentUid>(),
    ...payment,
    reversesId: null,
    createdAt: now,
  });
  return {
    payment: made,
    invoice: await applied(transaction, invoice, existing, made, today, now),
  };
}

/** Counts a payment on its invoice, shows it on the timeline, and tells of it. */
async function applied(
  transaction: Transaction,
  invoice: InvoiceRow,
  existing: readonly PaymentRow[],
  made: PaymentRow,
  today: CalendarDate,
  now: Date,
): Promise<InvoiceRow> {
  const paid = add(paidTotal(existing), made.amount);
  const changed = await saveInvoice(transaction, invoice, { paid }, now);
  await addEntry(transaction, invoice, {
    key: `payment:${made.id}`,
    step: 'payment',
    state: 'done',
    at: now,
    details: {
      payment_id: String(made.id),
      amount: String(paymentView(made, invoice.currency).amount),
      currency: invoice.currency,
      ...(made.reversesId === null ? {} : { reverses_id: String(made.reversesId) }),
    },
  });
  const isUndone = made.reversesId !== null || made.amount < 0;
  const change = isUndone ? 'payment_reversed' : isSettled(changed) ? 'paid' : 'partly_paid';
  await tellInvoice(transaction, 'InvoiceUpdated', changed, change, today);
  return changed;
}

/** Takes a payment back by a record that names it. */
export async function reversePayment(
  context: InvoicesContext,
  tenant: BusinessUid,
  invoiceId: number,
  paymentId: number,
  claim: IdempotencyClaim | null,
): Promise<PaymentView | Refusal> {
  const earlier = await earlierOutcome<PaymentView>(context.db, tenant, claim);
  if (earlier !== undefined) return earlier;
  const today = await context.directory.today(tenant);
  return transactOnce(context.db, tenant, claim, async (transaction) => {
    const invoice = await lockInvoice(transaction, tenant, invoiceId);
    if (invoice === null || invoice.deletedAt !== null) return notFound('invoice');
    const existing = await findPayments(transaction, tenant, invoiceId);
    const payment = existing.find((one) => one.id === paymentId);
    if (payment === undefined) return notFound('payment');
    const reversed = await reverse(context, transaction, invoice, existing, payment, today);
    return isRefusal(reversed) ? reversed : paymentView(reversed.payment, invoice.currency);
  });
}

/** Undoes "paid": takes back the payment that was recorded last. */
export async function reverseLatest(
  context: InvoicesContext,
  transaction: Transaction,
  invoice: InvoiceRow,
  existing: readonly PaymentRow[],
  today: CalendarDate,
): Promise<InvoiceRow | Refusal> {
  const payment = reversiblePayments(existing).at(-1);
  if (payment === undefined) return conflict('transition_forbidden');
  const reversed = await reverse(context, transaction, invoice, existing, payment, today);
  return isRefusal(reversed) ? reversed : reversed.invoice;
}

/** Money that came in and was not taken back, the earliest first. */
export function reversiblePayments(existing: readonly PaymentRow[]): readonly PaymentRow[] {
  const reversed = new Set(existing.map((one) => one.reversesId));
  return existing.filter(
    (one) => one.reversesId === null && one.amount > 0 && !reversed.has(one.id),
  );
}

async function reverse(
  context: InvoicesContext,
  transaction: Transaction,
  invoice: InvoiceRow,
  existing: readonly PaymentRow[],
  payment: PaymentRow,
  today: CalendarDate,
): Promise<{ readonly payment: PaymentRow; readonly invoice: InvoiceRow } | Refusal> {
  const now = context.now();
  const reversal = orRefuse(
    reversalOf(
      domainPayment(payment, existing, invoice),
      existing.map((one) => domainPayment(one, existing, invoice)),
      { uid: newUid<PaymentUid>(), date: today, createdAt: now.toISOString() },
    ),
    conflictFor,
  );
  if (isRefusal(reversal)) return reversal;
  const { tenant, invoiceId, method, reference } = payment;
  const made = await insertPayment(transaction, {
    tenant,
    invoiceId,
    uid: reversal.uid,
    date: reversal.date,
    amount: reversal.amount,
    method,
    reference,
    reversesId: payment.id,
    createdAt: now,
  });
  return {
    payment: made,
    invoice: await applied(transaction, invoice, existing, made, today, now),
  };
}

function domainPayment(
  row: PaymentRow,
  all: readonly PaymentRow[],
  invoice: Pick<InvoiceRow, 'uid'>,
): Payment {
  const { uid, date, amount, method, reference, createdAt } = row;
  const reversed = all.find((one) => one.id === row.reversesId);
  return {
    uid,
    invoiceUid: invoice.uid,
    date,
    amount,
    method,
    reference,
    reverses: reversed?.uid ?? null,
    createdAt: createdAt.toISOString(),
  };
}
