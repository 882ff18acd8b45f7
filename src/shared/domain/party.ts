import { z } from 'zod';
import { line, text } from './text';

/** ISO 3166-1 alpha-2, upper case. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/);

const addressLine = line(120);

/** A postal address in parts; how the parts stand on paper depends on the country. */
export const address = z.object({
  line1: addressLine,
  line2: addressLine,
  postalCode: line(20),
  city: addressLine,
  region: addressLine,
  country: countryCode,
});
export type Address = z.infer<typeof address>;

/**
 * An e-mail address as mail servers take it: at most 64 characters before the @ and 63 in each part
 * of the domain (RFC 5321, 4.5.3.1), without quoting and without comments.
 */
export const emailAddress = z
  .email({
    pattern:
      /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]{0,63}[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
  })
  .max(254);

/** An e-mail address, or empty where none is known. */
export const optionalEmail = z.union([z.literal(''), emailAddress]);

/** What identifies a party to its tax office and its register; printed on documents. */
export const registrations = {
  vatNumber: line(40),
  companyNumber: line(40),
};

const accountFields = {
  holder: line(70),
  bankName: line(70),
};

/** Where money goes, typed by what the country uses. Check digits are verified when saved. */
export const bankDetails = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('iban'),
    ...accountFields,
    /** As typed: the longest IBAN, in groups of four. */
    iban: line(42, 1),
    bic: line(11),
  }),
  z.object({
    kind: z.literal('uk'),
    ...accountFields,
    sortCode: z.string().regex(/^\d{2}-?\d{2}-?\d{2}$/),
    accountNumber: z.string().regex(/^\d{6,8}$/),
  }),
  z.object({
    kind: z.literal('us'),
    ...accountFields,
    routingNumber: z.string().regex(/^\d{9}$/),
    accountNumber: line(17, 1),
  }),
  z.object({
    kind: z.literal('other'),
    ...accountFields,
    text: text(300).trim().min(1),
  }),
]);
export type BankDetails = z.infer<typeof bankDetails>;
