import { z } from 'zod';

import { calendarDate, instant } from './calendar-date';
import { currencyCode } from './currency';
import { documentFormats } from './document-style';
import { bankAccountUid, clientUid, invoiceUid, orderUid, seriesUid } from './ids';
import { discount, lineItem } from './line-item';
import { minorUnits } from './money';
import { paymentTerms } from './payment-terms';
import { documentLanguage } from './tax';
import { totals } from './totals';
import { line, text } from './text';

export const invoiceKind = z.enum(['invoice', 'credit_note']);
export type InvoiceKind = z.infer<typeof invoiceKind>;

/** Derived, never stored (DOMAIN 2). */
export const invoiceStatus = z.enum([
  'draft',
  'sent',
  'partly_paid',
  'paid',
  'overdue',
  'credited',
]);
export type InvoiceStatus = z.infer<typeof invoiceStatus>;

/** One unit of the document's currency in the business's currency, used to tell the tax in it. */
export const exchangeRate = z.object({
  /** The business's currency. */
  to: currencyCode,
  /** Billionths: 1 USD = 0.92 EUR is 920000000. */
  rate: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  date: calendarDate,
});
export type ExchangeRate = z.infer<typeof exchangeRate>;
export const EXCHANGE_RATE_SCALE = 1_000_000_000;

/** Everything that a person can write on a draft. */
export const documentContent = z.object({
  clientUid: clientUid.nullable(),
  currency: currencyCode,
  exchangeRate: exchangeRate.nullable(),
  issueDate: calendarDate,
  /** Null when the due date was chosen by hand. */
  terms: paymentTerms.nullable(),
  dueDate: calendarDate,
  /** Supply date (`from` = `to`) or period. */
  supply: z.object({ from: calendarDate, to: calendarDate }).nullable(),
  /** The buyer's reference or purchase order. */
  buyerReference: line(100),
  notes: text(2_000),
  /** Empty: the document's number is the reference. */
  paymentReference: line(140),
  language: documentLanguage,
  formats: documentFormats,
  pricesIncludeTax: z.boolean(),
  discount: discount.nullable(),
  bankAccountUid: bankAccountUid.nullable(),
  lines: z.array(lineItem).max(1_000),
});
export type DocumentContent = z.infer<typeof documentContent>;

/** An invoice or credit note, as stored: facts, and amounts computed from the content. */
export const invoice = z.object({
  uid: invoiceUid,
  kind: invoiceKind,
  content: documentContent,
  totals,
  /** The order that it was made from. */
  orderUid: orderUid.nullable(),
  /** Of a credit note: the invoice that it corrects. */
  correctsUid: invoiceUid.nullable(),
  /** Null while a draft. */
  number: z.string().nullable(),
  seriesUid: seriesUid.nullable(),
  /** The year of a series that starts anew each year, else 0. */
  period: z.int().nullable(),
  sequence: z.int().nullable(),
  finalisedAt: instant.nullable(),
  /** SHA-256 (hex) of the PDF made at finalising; null for drafts and imported history. */
  pdfSha256: z.string().nullable(),
  isImported: z.boolean(),
  remindersPaused: z.boolean(),
  /** Sum of payments less reversals and refunds. */
  paid: minorUnits,
  /** Sum of finalised credit notes that correct it. */
  credited: minorUnits,
  deletedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Invoice = z.infer<typeof invoice>;
