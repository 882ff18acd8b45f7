import { z } from 'zod';

import { calendarDate } from '../../domain/calendar-date';
import { currencyCode } from '../../domain/currency';
import { documentFormats } from '../../domain/document-style';
import { invoiceUid } from '../../domain/ids';
import { invoiceKind } from '../../domain/invoice';
import { minorUnits } from '../../domain/money';
import { documentLanguage } from '../../domain/tax';
import { DELIVERY_REASONS } from '../delivery-reasons';
import { id } from '../rest-v1/fields';
import { sha256Hex } from './documents';

/** What a mail is about: `reminder` asks for money that is due, `receipt` thanks for it. */
export const mailKind = z.enum(['invoice', 'reminder', 'receipt']);
export type MailKind = z.infer<typeof mailKind>;

/**
 * `POST /tenants/:tenant/sends/:send_uid/permit` of the invoices service. A receipt belongs to no
 * send that anybody asked for: its `send_uid` is the message's own, and `invoice_uid` tells the
 * invoice.
 */
export const permitRequest = z.object({
  message_uid: z.uuid(),
  invoice_uid: invoiceUid,
  kind: mailKind,
});
export type PermitRequest = z.infer<typeof permitRequest>;

/** Everything that a mail says, as it stood under the invoice's row lock. */
export const permittedMail = z.object({
  /** At least one address each, but for copies. */
  to: z.array(z.string()).max(20),
  cc: z.array(z.string()).max(20).default([]),
  bcc: z.array(z.string()).max(20).default([]),
  language: documentLanguage,
  formats: documentFormats,
  kind: mailKind,
  document_kind: invoiceKind.default('invoice'),
  invoice_id: id,
  invoice_uid: invoiceUid,
  number: z.string(),
  client_name: z.string(),
  business_name: z.string(),
  /** Empty where the business has none. */
  reply_to: z.string(),
  /** The business's own texts with `{number}`, `{client}`, `{total}`, `{due}`, or empty. */
  subject: z.string(),
  body: z.string(),
  /** Subject and body were written for this very mail: nothing is filled in. */
  is_worded: z.boolean().default(false),
  /** A person wants it sent, though nobody can tell whether an earlier attempt went out. */
  is_anyway: z.boolean().default(false),
  total: minorUnits,
  balance: minorUnits,
  currency: currencyCode,
  issue_date: calendarDate,
  due_date: calendarDate,
  /** Null while PDFGenerated is still on its way; the pdf service is asked then. */
  document: z.object({ sha256: sha256Hex, key: z.string() }).nullable(),
  /** Which reminder of the ladder it is, from 1; null for other kinds. */
  reminder_step: z.int().nullable(),
});
export type PermittedMail = z.infer<typeof permittedMail>;

/** The answer: a mail that may go out, or the stable code of why not (`paid`, `credited`, …). */
export const mailPermit = z.discriminatedUnion('granted', [
  z.object({ granted: z.literal(true), mail: permittedMail }),
  z.object({ granted: z.literal(false), reason: z.enum(DELIVERY_REASONS).catch('step_failed') }),
]);
export type MailPermit = z.infer<typeof mailPermit>;
