import { z } from 'zod';

import { calendarDate, instant } from '../../domain/calendar-date';
import { currencyCode } from '../../domain/currency';
import { clientUid, invoiceUid, lineUid, orderUid, paymentUid } from '../../domain/ids';
import { documentContent, invoice, invoiceKind, invoiceStatus } from '../../domain/invoice';
import { minorUnits } from '../../domain/money';
import { payment, paymentInput } from '../../domain/payment';
import { totals } from '../../domain/totals';
import { sendState } from '../sync/records';
import { bytes, issueSchema, method, nothing, pageOf, pageRequest, sortBy } from './method';

/** What a list shows of an invoice or credit note; amounts carry the sign of the kind. */
export const invoiceRow = z.object({
  uid: invoiceUid,
  kind: invoiceKind,
  /** Null while a draft. */
  number: z.string().nullable(),
  clientUid: clientUid.nullable(),
  clientName: z.string(),
  issueDate: calendarDate,
  dueDate: calendarDate,
  status: invoiceStatus,
  currency: currencyCode,
  total: minorUnits,
  balance: minorUnits,
  /** Where its newest e-mail stands; null when it was never e-mailed. */
  delivery: sendState.nullable(),
});
export type InvoiceRow = z.infer<typeof invoiceRow>;

const invoiceFilter = {
  kind: invoiceKind.optional(),
  statuses: z.array(invoiceStatus).optional(),
  clientUid: clientUid.optional(),
  currency: currencyCode.optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  /** Only documents whose newest e-mail did not go out, came back, or waits for a person. */
  mailNeedsAttention: z.literal(true).optional(),
};

const relatedDocument = z.object({
  uid: invoiceUid,
  number: z.string().nullable(),
  issueDate: calendarDate,
  /** Null while it is a draft. */
  finalisedAt: instant.nullable(),
  total: minorUnits,
});

/** Everything a page about one document shows. */
const invoiceView = z.object({
  invoice,
  status: invoiceStatus,
  balance: minorUnits,
  /** As in lists. */
  delivery: sendState.nullable(),
  /** The client's name now; null when the client is not (yet) on this machine. */
  clientName: z.string().nullable(),
  clientEmail: z.string(),
  orderNumber: z.string().nullable(),
  corrects: relatedDocument.nullable(),
  credits: z.array(relatedDocument),
  payments: z.array(payment),
  /** What remains creditable, by line, in thousandths. */
  creditable: z.array(z.object({ lineUid, quantity: z.int() })),
});
export type InvoiceView = z.infer<typeof invoiceView>;

const draftUid = z.object({ uid: invoiceUid });

/** What finalising would do, shown before it is done. */
const finalisePreview = z.object({
  /** The number that would be taken now. */
  number: z.string(),
  total: minorUnits,
  currency: currencyCode,
  recipient: z.string(),
  /** What has to be mended first. */
  blockers: z.array(issueSchema),
  /** What is worth a second look, finalising all the same allowed. */
  warnings: z.array(issueSchema),
});

export const invoiceMethods = {
  'invoices.list': method(
    z.object({
      ...pageRequest,
      ...invoiceFilter,
      sort: sortBy(['issueDate', 'dueDate', 'number', 'clientName', 'total', 'balance']).default({
        by: 'issueDate',
        direction: 'desc',
      }),
    }),
    pageOf(invoiceRow),
  ),
  'invoices.count': method(
    z.object({ search: pageRequest.search, ...invoiceFilter }),
    z.object({
      count: z.int(),
      totals: z.array(z.object({ currency: currencyCode, total: minorUnits, balance: minorUnits })),
    }),
  ),
  'invoices.get': method(draftUid, invoiceView),
  /** The content that a new invoice starts with, for a client or for none; creates nothing. */
  'invoices.blank': method(z.object({ clientUid: clientUid.optional() }), documentContent),
  /** Amounts of unsaved content, computed by the one calculation there is. */
  'invoices.calculate': method(
    documentContent.pick({ currency: true, pricesIncludeTax: true, discount: true, lines: true }),
    totals,
  ),
  'invoices.createDraft': method(z.object({ content: documentContent }), invoice),
  /** `base`: what the editor began with; what others changed meanwhile is merged with that. */
  'invoices.updateDraft': method(
    z.object({ uid: invoiceUid, content: documentContent, base: documentContent.optional() }),
    invoice,
  ),
  'invoices.deleteDraft': method(draftUid, nothing),
  'invoices.restoreDraft': method(draftUid, invoice),
  /** A new draft with the content of any document, dated today. */
  'invoices.duplicate': method(draftUid, invoice),
  'invoices.checkFinalise': method(draftUid, finalisePreview),
  /**
   * Takes the number, freezes the document and makes its PDF. `expectedUpdatedAt` is the draft's
   * `updatedAt` as the person saw it: refused with `changed_meanwhile` when it moved on.
   */
  'invoices.finalise': method(
    z.object({ uid: invoiceUid, expectedUpdatedAt: instant.optional() }),
    invoice,
  ),
  /** The PDF: of a draft with its watermark, of an issued document the stored bytes. */
  'invoices.pdf': method(draftUid, z.object({ fileName: z.string(), pdf: bytes })),
  /** The PDF of unsaved content, for the live preview. */
  'invoices.preview': method(
    z.object({ uid: invoiceUid.optional(), content: documentContent }),
    z.object({ pdf: bytes, missingCharacters: z.array(z.string()) }),
  ),
  /** Drafts a credit note: all that is left, or the named quantities (thousandths). */
  'invoices.credit': method(
    z.object({
      uid: invoiceUid,
      lines: z.array(z.object({ lineUid, quantity: z.int().min(1) })).optional(),
      /** "Credit and copy": also a new draft with the same content. */
      alsoCopy: z.boolean(),
    }),
    z.object({ creditNote: invoice, copy: invoice.nullable() }),
  ),
  'invoices.setRemindersPaused': method(
    z.object({ uid: invoiceUid, paused: z.boolean() }),
    invoice,
  ),
  /** What an e-mail with this document would say, for the user's own mail program. */
  'invoices.mailText': method(
    draftUid,
    z.object({ to: z.string(), subject: z.string(), body: z.string(), fileName: z.string() }),
  ),
  'payments.record': method(z.object({ payment: paymentInput }), payment),
  /** Records the whole balance; `date` is today unless given. */
  'payments.markAsPaid': method(
    z.object({ invoiceUid, date: calendarDate.optional(), method: paymentInput.shape.method }),
    payment,
  ),
  /** Undo: adds a record that takes the payment back. */
  'payments.reverse': method(z.object({ uid: paymentUid }), payment),
  /** Documents of an order or a client, newest first. */
  'invoices.ofOrder': method(z.object({ orderUid }), z.array(relatedDocument)),
};
