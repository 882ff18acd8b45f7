import { z } from 'zod';

import { bankAccount, logo } from './business';
import { calendarDate } from './calendar-date';
import { currencyCode } from './currency';
import { documentFormats, paperSize } from './document-style';
import { businessUid, clientUid, invoiceUid, orderUid, seriesUid } from './ids';
import { exchangeRate, invoiceKind } from './invoice';
import { discount, lineItem } from './line-item';
import { address, registrations } from './party';
import { paymentTerms } from './payment-terms';
import { documentLanguage } from './tax';
import { totals } from './totals';

const partyBlock = {
  name: z.string(),
  address,
  ...registrations,
  email: z.string(),
};

/**
 * Everything that the paper shows, complete in itself (DOMAIN 3): the one input of the PDF
 * renderer. Frozen when a document is finalised and never changed; a draft's preview uses the
 * same shape with `number: null`. Amounts in `currency`, as described at their types.
 */
export const frozenDocument = z.object({
  /** Version of this shape. */
  format: z.literal(1),
  /** The renderer that made the bytes: a document is only ever reprinted by the same one. */
  rendererVersion: z.string(),
  template: z.literal('standard'),
  fontSet: z.string(),

  businessUid,
  invoiceUid,
  /** Null only on a draft. */
  clientUid: clientUid.nullable(),
  orderUid: orderUid.nullable(),
  kind: invoiceKind,
  /** Null prints "Draft" and the watermark. */
  issued: z
    .object({
      number: z.string(),
      seriesUid,
      period: z.int(),
      sequence: z.int(),
      /** ISO 8601; also the creation date inside the PDF. */
      finalisedAt: z.string(),
    })
    .nullable(),
  /** Of a credit note: what it corrects. */
  corrects: z.object({ invoiceUid, number: z.string(), issueDate: calendarDate }).nullable(),

  language: documentLanguage,
  formats: documentFormats,
  paper: paperSize,

  seller: z.object({
    ...partyBlock,
    legalName: z.string(),
    phone: z.string(),
    website: z.string(),
  }),
  logo: logo.nullable(),
  client: z.object({ ...partyBlock, contactName: z.string() }),

  issueDate: calendarDate,
  dueDate: calendarDate,
  terms: paymentTerms.nullable(),
  supply: z.object({ from: calendarDate, to: calendarDate }).nullable(),
  buyerReference: z.string(),
  orderNumber: z.string(),
  /** Never empty on an issued document. */
  paymentReference: z.string(),
  notes: z.string(),

  currency: currencyCode,
  exchangeRate: exchangeRate.nullable(),
  pricesIncludeTax: z.boolean(),
  discount: discount.nullable(),
  lines: z.array(lineItem),
  totals,
  bankAccount: bankAccount.nullable(),
});
export type FrozenDocument = z.infer<typeof frozenDocument>;
