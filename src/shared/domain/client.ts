import { z } from 'zod';

import { instant } from './calendar-date';
import { currencyCode } from './currency';
import { documentFormats } from './document-style';
import { clientUid, taxCodeUid } from './ids';
import { address, optionalEmail, registrations } from './party';
import { paymentTerms } from './payment-terms';
import { documentLanguage } from './tax';
import { line, text } from './text';

/** What a person fills in about a client. Null settings follow the business. */
export const clientInput = z.object({
  name: line(200, 1),
  contactName: line(120),
  email: optionalEmail,
  phone: line(40),
  address,
  ...registrations,
  currency: currencyCode.nullable(),
  language: documentLanguage.nullable(),
  formats: documentFormats.nullable(),
  terms: paymentTerms.nullable(),
  taxCodeUid: taxCodeUid.nullable(),
  /** Reminders of this client's invoices are held back. */
  remindersPaused: z.boolean(),
  /** For the bookkeeper, never printed. */
  notes: text(5_000),
});
export type ClientInput = z.infer<typeof clientInput>;

export const client = clientInput.extend({
  uid: clientUid,
  archivedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Client = z.infer<typeof client>;
