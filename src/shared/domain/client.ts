import { z } from 'zod';

import { instant } from './calendar-date';
import { currencyCode } from './currency';
import { documentFormats } from './document-style';
import { clientUid, taxCodeUid } from './ids';
import { address, optionalEmail, registrations } from './party';
import { paymentTerms } from './payment-terms';
import { documentLanguage } from './tax';

/** What a person fills in about a client. Null settings follow the business. */
export const clientInput = z.object({
  name: z.string().trim().min(1).max(200),
  contactName: z.string().trim().max(120),
  email: optionalEmail,
  phone: z.string().trim().max(40),
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
  notes: z.string().max(5_000),
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
