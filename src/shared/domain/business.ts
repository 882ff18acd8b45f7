import { z } from 'zod';

import { instant } from './calendar-date';
import { currencyCode } from './currency';
import { documentFormats, paperSize } from './document-style';
import { bankAccountUid, businessUid } from './ids';
import { address, bankDetails, countryCode, optionalEmail, registrations } from './party';
import { paymentTerms } from './payment-terms';
import { documentLanguage } from './tax';
import { line, text } from './text';

/** A PNG or JPEG with its size in pixels, as base64, at most about 500 kB. */
export const logo = z.object({
  mime: z.enum(['image/png', 'image/jpeg']),
  width: z.int().min(1).max(10_000),
  height: z.int().min(1).max(10_000),
  base64: z.base64().max(700_000),
});
export type Logo = z.infer<typeof logo>;

/** A bank account of the business, used for documents in its currency. */
export const bankAccount = z.object({
  uid: bankAccountUid,
  label: line(60, 1),
  currency: currencyCode,
  details: bankDetails,
});
export type BankAccount = z.infer<typeof bankAccount>;

/** How e-mails of the business read. `{number}`, `{client}`, `{total}`, `{due}` are filled in. */
export const mailSettings = z.object({
  replyTo: optionalEmail,
  subject: line(200),
  body: text(5_000),
});

/** Off until switched on (DOMAIN, reminders); days count from the due date. */
export const reminderSettings = z.object({
  enabled: z.boolean(),
  daysAfterDue: z.array(z.int().min(1).max(365)).max(10),
});

/** An IANA time zone that the runtime knows; it decides when a document is overdue. */
export const timeZone = z.string().refine(isTimeZone, { params: { code: 'time_zone_unknown' } });

/** Found before: to ask the runtime takes long. */
const knownZones = new Set<string>();

function isTimeZone(zone: string): boolean {
  if (knownZones.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
}

/** What a person fills in about a business. */
export const businessInput = z.object({
  /** Trading name, printed large. */
  name: line(120, 1),
  /** Registered name where it differs, else empty. */
  legalName: line(120),
  address,
  ...registrations,
  email: optionalEmail,
  phone: line(40),
  website: line(120),
  logo: logo.nullable(),
  bankAccounts: z.array(bankAccount).max(20),
  timeZone,
  /** The home currency: tax of foreign-currency documents is also told in it. */
  currency: currencyCode,
  language: documentLanguage,
  formats: documentFormats,
  paper: paperSize,
  terms: paymentTerms,
  pricesIncludeTax: z.boolean(),
  /** Notes that a new document starts with. */
  notes: text(2_000),
  mail: mailSettings,
  reminders: reminderSettings,
});
export type BusinessInput = z.infer<typeof businessInput>;

/** A business: what issues invoices, and the tenant of the cloud. */
export const business = businessInput.extend({
  uid: businessUid,
  /** A demo company is a business of its own that is never uploaded. */
  isDemo: z.boolean(),
  createdAt: instant,
});
export type Business = z.infer<typeof business>;

/** The few questions of the first start; everything else gets defaults that can be changed. */
export const newBusiness = z.object({
  name: businessInput.shape.name,
  country: countryCode,
  currency: currencyCode,
  terms: paymentTerms,
  timeZone,
  /** The tax a business usually charges; null starts with "No tax" alone. */
  tax: z.object({ name: line(60, 1), rate: z.int().min(0).max(100_000) }).nullable(),
  isDemo: z.boolean(),
});
export type NewBusiness = z.infer<typeof newBusiness>;
