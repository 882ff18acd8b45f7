import { z } from 'zod';

import { invoiceUid } from '../../domain/ids';
import { paymentMethod } from '../../domain/payment';
import { date, id, idInPath, line, moment, paging, text } from './fields';
import {
  amount,
  exchangeRateNumber,
  quantityNumber,
  taxInput,
  taxView,
  unitPriceNumber,
} from './money-fields';
import { route } from './route';

export const restInvoiceStatus = z.enum(['draft', 'sent', 'paid', 'overdue']);
export type RestInvoiceStatus = z.infer<typeof restInvoiceStatus>;

/** Where a requested mail stands (DOMAIN 2, 18). */
export const deliveryState = z.enum([
  'pending',
  'sent',
  'failed',
  'unknown',
  'bounced',
  'cancelled',
  /** Needs a person first: its PDF differs, or the document is a duplicate. */
  'held',
]);
export type DeliveryState = z.infer<typeof deliveryState>;

const delivery = z
  .object({
    state: deliveryState,
    send_uid: z.uuid(),
    attempt: z.int(),
    /** Stable code of what went wrong. */
    reason: z.string().nullable(),
    updated_at: moment,
  })
  .meta({ id: 'Delivery' });

const invoiceItem = z
  .object({
    id,
    description: z.string(),
    quantity: quantityNumber,
    unit_price: unitPriceNumber,
    total_price: z.number(),
    unit: z.string(),
    tax: taxView,
  })
  .meta({ id: 'InvoiceItem' });

export const invoiceView = z
  .object({
    id,
    /** Left out while a draft (DOMAIN 14). */
    invoice_number: z.string().optional(),
    client_id: id,
    total_amount: z.number(),
    status: restInvoiceStatus,
    issue_date: date,
    due_date: date,
    items: z.array(invoiceItem),
    uid: invoiceUid,
    kind: z.enum(['invoice', 'credit_note']),
    corrects_id: id.nullable(),
    currency: z.string(),
    net_amount: z.number(),
    tax_amount: z.number(),
    paid_amount: z.number(),
    credited_amount: z.number(),
    balance: z.number(),
    /** The last requested mail; null when none was asked for. */
    delivery: delivery.nullable(),
    buyer_reference: z.string(),
    notes: z.string(),
    /** One unit of `currency` in the business's currency; null where the two are one. */
    exchange_rate: z.number().nullable(),
    order_id: id.nullable(),
    pdf_sha256: z.string().nullable(),
    finalised_at: moment.nullable(),
    reminders_paused: z.boolean(),
    revision: z.int(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: 'Invoice' });
export type InvoiceView = z.infer<typeof invoiceView>;

const itemInput = z
  .object({
    description: text(2_000, 1),
    quantity: quantityNumber,
    unit_price: unitPriceNumber,
    unit: line(20).optional(),
    tax: taxInput.optional(),
  })
  .meta({ id: 'InvoiceItemInput' });

const invoiceInput = z
  .object({
    client_id: id,
    items: z.array(itemInput).min(1).max(1_000),
    issue_date: date.optional(),
    due_date: date.optional(),
    /** `draft` keeps it unnumbered; otherwise it is numbered, printed and mailed. */
    status: z.enum(['draft', 'sent']).optional(),
    currency: z.string().length(3).optional(),
    /** Needed where `currency` is not the business's own; up to nine decimals. */
    exchange_rate: exchangeRateNumber.nullable().optional(),
    buyer_reference: line(100).optional(),
    notes: text(2_000).optional(),
    order_id: id.nullable().optional(),
  })
  .meta({ id: 'InvoiceInput' });

const invoiceChange = z
  .object({
    status: restInvoiceStatus.optional(),
    due_date: date.optional(),
    issue_date: date.optional(),
    client_id: id.optional(),
    items: z.array(itemInput).min(1).max(1_000).optional(),
    currency: z.string().length(3).optional(),
    exchange_rate: exchangeRateNumber.nullable().optional(),
    buyer_reference: line(100).optional(),
    notes: text(2_000).optional(),
    reminders_paused: z.boolean().optional(),
  })
  .meta({ id: 'InvoiceUpdate' });

const payment = z
  .object({
    id,
    amount,
    date,
    method: paymentMethod,
    reference: z.string(),
    reverses_id: id.nullable(),
    created_at: moment,
  })
  .meta({ id: 'Payment' });

/** One thing that happened to an invoice on its way to the client. */
export const timelineEntry = z
  .object({
    step: z.enum([
      'create_invoice',
      'generate_pdf',
      'notify_client',
      'mark_sent',
      'record_failure',
      'reminder',
      'receipt',
      'overdue',
      'payment',
      'credit_note',
    ]),
    state: z.enum(['started', 'done', 'failed', 'unknown']),
    at: moment,
    /** Which try of the whole delivery, and which try of this step in it; both from 1. */
    attempt: z.int(),
    step_attempt: z.int(),
    send_uid: z.uuid().nullable(),
    reason: z.string().nullable(),
    /** Facts for the curious: the PDF's SHA-256, the message's id. */
    details: z.record(z.string(), z.string()),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntry>;

const params = z.object({ invoiceId: idInPath });
const INVOICES = { service: 'invoices', tag: 'Invoices' } as const;

export const invoiceRoutes = {
  listInvoices: route({
    ...INVOICES,
    operationId: 'listInvoices',
    summary: 'List all invoices',
    method: 'GET',
    path: '/invoices',
    access: { member: 'viewer' },
    isPaged: true,
    query: z.object({
      ...paging,
      status: restInvoiceStatus.optional(),
      client_id: idInPath.optional(),
    }),
    success: { 200: { description: 'Successful response', body: z.array(invoiceView) } },
  }),
  createInvoice: route({
    ...INVOICES,
    operationId: 'createInvoice',
    summary: 'Create a new invoice',
    method: 'POST',
    path: '/invoices',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    hasETag: true,
    body: invoiceInput,
    success: { 201: { description: 'Invoice created', body: invoiceView } },
  }),
  getInvoice: route({
    ...INVOICES,
    operationId: 'getInvoice',
    summary: 'Get a specific invoice',
    method: 'GET',
    path: '/invoices/{invoiceId}',
    access: { member: 'viewer' },
    hasETag: true,
    params,
    success: { 200: { description: 'Successful response', body: invoiceView } },
  }),
  updateInvoice: route({
    ...INVOICES,
    operationId: 'updateInvoice',
    summary: 'Update an invoice',
    method: 'PUT',
    path: '/invoices/{invoiceId}',
    access: { member: 'bookkeeper' },
    hasETag: true,
    params,
    body: invoiceChange,
    success: { 200: { description: 'Invoice updated', body: invoiceView } },
  }),
  deleteInvoice: route({
    ...INVOICES,
    operationId: 'deleteInvoice',
    summary: 'Delete a draft (soft delete); what was finalised is credited instead',
    method: 'DELETE',
    path: '/invoices/{invoiceId}',
    access: { member: 'bookkeeper' },
    hasETag: true,
    params,
    success: { 204: { description: 'Invoice deleted' } },
  }),
  sendInvoice: route({
    ...INVOICES,
    operationId: 'sendInvoice',
    summary: 'Send an invoice: for the first time, again after a failure, or once more',
    method: 'POST',
    path: '/invoices/{invoiceId}/send',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    params,
    body: z
      .object({
        /** Needed where the last mail may or may not have gone out. */
        send_anyway: z.boolean().optional(),
      })
      .optional(),
    success: { 200: { description: 'On its way', body: invoiceView } },
  }),
  getTimeline: route({
    ...INVOICES,
    operationId: 'getTimeline',
    summary: 'What happened to an invoice, the earliest first',
    method: 'GET',
    path: '/invoices/{invoiceId}/timeline',
    access: { member: 'viewer' },
    params,
    success: { 200: { description: 'Successful response', body: z.array(timelineEntry) } },
  }),
  remindClient: route({
    ...INVOICES,
    operationId: 'remindClient',
    summary: 'Remind the client of an overdue invoice now',
    method: 'POST',
    path: '/invoices/{invoiceId}/reminders',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    params,
    success: { 200: { description: 'Reminder asked for', body: z.object({ send_uid: z.uuid() }) } },
  }),
  creditInvoice: route({
    ...INVOICES,
    operationId: 'creditInvoice',
    summary: 'Issue a credit note for the whole of an invoice, or for quantities of its lines',
    method: 'POST',
    path: '/invoices/{invoiceId}/credit-notes',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    params,
    body: z
      .object({
        items: z
          .array(z.object({ item_id: id, quantity: quantityNumber }))
          .min(1)
          .max(1_000)
          .optional(),
      })
      .optional(),
    success: { 201: { description: 'Credit note issued', body: invoiceView } },
  }),
  listPayments: route({
    ...INVOICES,
    operationId: 'listPayments',
    summary: 'List the payments of an invoice',
    method: 'GET',
    path: '/invoices/{invoiceId}/payments',
    access: { member: 'viewer' },
    params,
    success: { 200: { description: 'Successful response', body: z.array(payment) } },
  }),
  createPayment: route({
    ...INVOICES,
    operationId: 'createPayment',
    summary: 'Record a payment',
    method: 'POST',
    path: '/invoices/{invoiceId}/payments',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    params,
    body: z
      .object({
        amount,
        date: date.optional(),
        method: paymentMethod.optional(),
        reference: line(140).optional(),
      })
      .meta({ id: 'PaymentInput' }),
    success: { 201: { description: 'Payment recorded', body: payment } },
  }),
  reversePayment: route({
    ...INVOICES,
    operationId: 'reversePayment',
    summary: 'Take a payment back by a record that reverses it',
    method: 'POST',
    path: '/invoices/{invoiceId}/payments/{paymentId}/reversal',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    params: params.extend({ paymentId: idInPath }),
    success: { 201: { description: 'Reversal recorded', body: payment } },
  }),
};
