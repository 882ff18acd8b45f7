import { z } from 'zod';

import { businessInput } from '../../domain/business';
import { instant } from '../../domain/calendar-date';
import { client } from '../../domain/client';
import { businessUid, invoiceUid, orderUid } from '../../domain/ids';
import { documentContent, invoice } from '../../domain/invoice';
import { numberSeries } from '../../domain/number-series';
import { order, orderContent } from '../../domain/order';
import { payment } from '../../domain/payment';
import { product } from '../../domain/product';
import { taxCode } from '../../domain/tax';
import { deliveryState, timelineEntry } from '../rest-v1/invoices';
import { text } from '../../domain/text';

/**
 * Records as they travel between a replica and the cloud: flat, facts only, the same on every
 * device. Whether a record is deleted travels beside it; what each side derives or keeps for itself
 * (totals, paid, `updatedAt`) does not travel at all.
 */

export const clientRecord = client.omit({ deletedAt: true, updatedAt: true });
export type ClientRecord = z.infer<typeof clientRecord>;

export const productRecord = product.omit({ deletedAt: true, updatedAt: true });
export type ProductRecord = z.infer<typeof productRecord>;

export const orderRecord = orderContent.extend({
  uid: orderUid,
  number: order.shape.number,
  status: order.shape.status,
  createdAt: instant,
});
export type OrderRecord = z.infer<typeof orderRecord>;

export const invoiceRecord = documentContent.extend({
  uid: invoiceUid,
  kind: invoice.shape.kind,
  orderUid: invoice.shape.orderUid,
  correctsUid: invoice.shape.correctsUid,
  number: invoice.shape.number,
  seriesUid: invoice.shape.seriesUid,
  period: invoice.shape.period,
  sequence: invoice.shape.sequence,
  finalisedAt: invoice.shape.finalisedAt,
  pdfSha256: invoice.shape.pdfSha256,
  isImported: z.boolean(),
  remindersPaused: z.boolean(),
  /** The client's name as printed; empty while a draft. */
  clientName: text(200),
  /** The document that was finalised from the same draft on another device first. */
  duplicateOf: invoiceUid.nullable(),
  createdAt: instant,
});
export type InvoiceRecord = z.infer<typeof invoiceRecord>;

/** The paper of a finalised document: `frozenDocument` with its logo by reference. Never changed. */
export const documentRecord = z.object({
  uid: invoiceUid,
  frozen: z.looseObject({ format: z.literal(1) }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DocumentRecord = z.infer<typeof documentRecord>;

/** What frozen documents refer to by hash. Never changed. */
export const assetRecord = z.object({
  /** SHA-256 of `data`. */
  uid: z.string().regex(/^[0-9a-f]{64}$/),
  data: z.string().max(750_000),
});

export const paymentRecord = payment;
export type PaymentRecord = z.infer<typeof paymentRecord>;

/** Where a send stands, in the words of the timeline. */
export const sendState = z.enum([
  /** Asked for; the cloud has not begun. */
  'queued',
  ...deliveryState.options,
]);
export type SendState = z.infer<typeof sendState>;

/** One deliberate sending of a document by e-mail (DOMAIN 18), and what became of it. */
export const sendRecord = z.object({
  uid: z.uuid(),
  invoiceUid,
  kind: z.enum(['invoice', 'reminder', 'receipt']),
  to: z.array(z.string().max(254)).max(20),
  cc: z.array(z.string().max(254)).max(20),
  bcc: z.array(z.string().max(254)).max(20),
  replyTo: z.string().max(254),
  subject: text(300),
  body: text(10_000),
  attachmentHashes: z.array(z.string()).max(10),
  requestedAt: instant,
  /** Set by a device that takes the wish back while it is queued. */
  cancelledAt: instant.nullable(),
  /** Raised by one to try again, or to send all the same what is `unknown` or `held`. */
  wantedAttempt: z.int().min(1),
  /** From here on the cloud alone writes. */
  state: sendState,
  reason: z.string().nullable(),
  attempt: z.int(),
  settledAt: instant.nullable(),
  steps: z.array(timelineEntry.omit({ send_uid: true })),
});
export type SendRecord = z.infer<typeof sendRecord>;

export const businessRecord = businessInput.extend({
  type: z.literal('business'),
  uid: businessUid,
  createdAt: instant,
});
export const taxCodeRecord = taxCode.extend({ type: z.literal('tax_code') });
export const seriesRecord = numberSeries.extend({ type: z.literal('series') });
export const settingsRecord = z.discriminatedUnion('type', [
  businessRecord,
  taxCodeRecord,
  seriesRecord,
]);
export type SettingsRecord = z.infer<typeof settingsRecord>;
