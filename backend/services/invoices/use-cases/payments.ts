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
import { earlierOutcome, isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, invalid, notFound } from '../../../kit/http/refusal';
import { paymentView } from '../api/invoice-view';
import type { InvoicesContext } from '../context';
import { changingOnce } from '../db/publishing';
import { isShown, lockInvoice, saveInvoice } from '../db/invoice-repository';
import { findPayments, insertPayment } from '../db/payment-repository';
import type { InvoiceRow, PaymentRow } from '../db/rows';
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
  return changingOnce(context.db, tenant, claim, async (transaction) => {
    const invoice = await lockInvoice(transaction, tenant, invoiceId);
    if (!isShown(invoice)) return notFound('invoice');
    const amount = scaled(body.amount, decimalsOf(invoice.currency));
    if (amount === null) return invalid([{ field: 'amount', code: 'too_many_decimals' }]);
    if (amount === 0) return invalid([{ field: 'amount', code: 'required' }]);
    const existing = await findPayments(transaction, tenant, invoice.uid);
    const paid = await pay(context, transaction, invoice, existing, today, {
      amount: minor(amount),
      date: body.date ?? today,
      method: body.method ?? 'bank_transfer',
      reference: body.reference ?? '',
    });
    return isRefusal(paid) ? paid : paymentView(paid.payment, invoice, existing);
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
        payments: existing.map(domainPayment),
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
    invoiceUid,
    uid: newUid<PaymentUid>(),
    ...payment,
    reversesUid: null,
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
      ...paymentDetails(made, invoice, existing),
    },
  });
  const isUndone = made.reversesUid !== null || made.amount < 0;
  const change = isUndone ? 'payment_reversed' : isSettled(changed) ? 'paid' : 'partly_paid';
  await tellInvoice(transaction, 'InvoiceUpdated', changed, change, today);
  return changed;
}

/** What the timeline tells of a payment, among the earlier ones of its invoice. */
export function paymentDetails(
  made: PaymentRow,
  invoice: Pick<InvoiceRow, 'currency'>,
  existing: readonly PaymentRow[],
): Readonly<Record<string, string>> {
  const { id, amount, reverses_id } = paymentView(made, invoice, existing);
  return {
    payment_id: String(id),
    amount: String(amount),
    currency: invoice.currency,
    ...(reverses_id === null ? {} : { reverses_id: String(reverses_id) }),
  };
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
  return changingOnce(context.db, tenant, claim, async (transaction) => {
    const invoice = await lockInvoice(transaction, tenant, invoiceId);
    if (!isShown(invoice)) return notFound('invoice');
    const existing = await findPayments(transaction, tenant, invoice.uid);
    const payment = existing.find((one) => one.id === paymentId);
    if (payment === undefined) return notFound('payment');
    const reversed = await reverse(context, transaction, invoice, existing, payment, today);
    return isRefusal(reversed) ? reversed : paymentView(reversed.payment, invoice, existing);
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
  const reversed = new Set(existing.map((one) => one.reversesUid));
  return existing.filter(
    (one) => one.reversesUid === null && one.amount > 0 && !reversed.has(one.uid),
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
    reversalOf(domainPayment(payment), existing.map(domainPayment), {
      uid: newUid<PaymentUid>(),
      date: today,
      createdAt: now.toISOString(),
    }),
    conflictFor,
  );
  if (isRefusal(reversal)) return reversal;
  const { tenant, invoiceId, invoiceUid, method, reference } = payment;
  const made = await insertPayment(transaction, {
    tenant,
    invoiceId,
    invoiceUid,
    uid: reversal.uid,
    date: reversal.date,
    amount: reversal.amount,
    method,
    reference,
    reversesUid: payment.uid,
    createdAt: now,
  });
  return {
    payment: made,
    invoice: await applied(transaction, invoice, existing, made, today, now),
  };
}

function domainPayment(row: PaymentRow): Payment {
  const { uid, invoiceUid, date, amount, method, reference, reversesUid, createdAt } = row;
  return {
    uid,
    invoiceUid,
    date,
    amount,
    method,
    reference,
    reverses: reversesUid,
    createdAt: createdAt.toISOString(),
  };
}
