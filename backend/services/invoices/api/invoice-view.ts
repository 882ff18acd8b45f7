import type { z } from 'zod';

import { unscaled } from '../../../../src/shared/contracts/rest-v1/money-fields';
import type { invoiceRoutes, invoiceView } from '../../../../src/shared/contracts/rest-v1/invoices';
import {
  QUANTITY_DECIMALS,
  taxViewOf,
  UNIT_PRICE_DECIMALS,
} from '../../../../src/shared/contracts/rest-v1/line-numbers';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../src/shared/domain/currency';
import { decimalsOf } from '../../../../src/shared/domain/currency';
import type { TaxSnapshot } from '../../../../src/shared/domain/tax';
import { localized } from '../../../../src/shared/domain/tax';
import type { ListedInvoice, ListedItem } from '../db/raw-rows';
import type { PaymentRow } from '../db/rows';
import { openBalance, restStatusOf } from '../domain/rest-status';

const RATE_DECIMALS = 9;

/** An invoice as REST shows it. */
export function viewOf(
  invoice: ListedInvoice,
  items: readonly ListedItem[],
  today: CalendarDate,
): z.input<typeof invoiceView> {
  const decimals = decimalsOf(invoice.currency);
  return {
    id: invoice.id,
    ...(invoice.number === null ? {} : { invoice_number: invoice.number }),
    client_id: invoice.clientId,
    total_amount: unscaled(invoice.total, decimals),
    status: restStatusOf(invoice, today),
    issue_date: invoice.issueDate,
    due_date: invoice.dueDate,
    items: items.map((item) => itemView(item, decimals)),
    uid: invoice.uid,
    kind: invoice.kind,
    corrects_id: invoice.correctsId,
    currency: invoice.currency,
    net_amount: unscaled(invoice.net, decimals),
    tax_amount: unscaled(invoice.tax, decimals),
    paid_amount: unscaled(invoice.paid, decimals),
    credited_amount: unscaled(invoice.credited, decimals),
    balance: unscaled(openBalance(invoice), decimals),
    delivery: deliveryView(invoice),
    buyer_reference: invoice.buyerReference,
    notes: invoice.notes,
    exchange_rate:
      invoice.exchangeRate === null ? null : unscaled(invoice.exchangeRate, RATE_DECIMALS),
    order_id: invoice.orderId,
    pdf_sha256: invoice.pdfSha256,
    finalised_at: invoice.finalisedAt?.toISOString() ?? null,
    reminders_paused: invoice.remindersPaused,
    revision: invoice.revision,
    created_at: invoice.createdAt.toISOString(),
    updated_at: invoice.updatedAt.toISOString(),
  };
}

const taxViews = new WeakMap<TaxSnapshot, ReturnType<typeof taxViewOf>>();

/** Lines of one page share their taxes. */
function taxView(tax: TaxSnapshot): ReturnType<typeof taxViewOf> {
  const known = taxViews.get(tax);
  if (known !== undefined) return known;
  const { name, category, rate, reasons } = tax;
  const view = taxViewOf({ name, category, rate, reason: localized(reasons, 'en') });
  taxViews.set(tax, view);
  return view;
}

function itemView(item: ListedItem, decimals: number) {
  return {
    id: item.id,
    description: item.description,
    quantity: unscaled(item.quantity, QUANTITY_DECIMALS),
    unit_price: unscaled(item.unitPrice, UNIT_PRICE_DECIMALS),
    total_price: unscaled(item.total, decimals),
    unit: item.unit,
    tax: taxView(item.tax),
  };
}

function deliveryView(invoice: ListedInvoice) {
  const { deliveryState, deliverySendUid, deliveryAttempt, deliveryReason, deliveryAt } = invoice;
  if (deliveryState === null || deliverySendUid === null || deliveryAt === null) return null;
  return {
    state: deliveryState,
    send_uid: deliverySendUid,
    attempt: deliveryAttempt ?? 1,
    reason: deliveryReason,
    updated_at: deliveryAt.toISOString(),
  };
}

type PaymentView = z.input<(typeof invoiceRoutes)['createPayment']['success'][201]['body']>;

/** A payment as REST shows it, among all of its invoice. */
export function paymentView(
  payment: PaymentRow,
  { currency }: { readonly currency: CurrencyCode },
  all: readonly PaymentRow[],
): PaymentView {
  const reversed = all.find((one) => one.uid === payment.reversesUid);
  return {
    id: payment.id,
    amount: unscaled(payment.amount, decimalsOf(currency)),
    date: payment.date,
    method: payment.method,
    reference: payment.reference,
    reverses_id: reversed?.id ?? null,
    created_at: payment.createdAt.toISOString(),
  };
}
