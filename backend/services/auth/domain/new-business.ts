import type { BusinessSettings } from '../../../../src/shared/contracts/events/events';
import { businessSettings } from '../../../../src/shared/contracts/events/events';
import {
  currencyFor,
  formatsFor,
  languageFor,
  paperFor,
} from '../../../../src/shared/domain/document-defaults';
import { optionalEmail } from '../../../../src/shared/domain/party';
import { DEFAULT_TERMS } from '../../../../src/shared/domain/payment-terms';
import { countryOf, timeZoneFor } from './time-zones';

/** What a person says about a new business; all of it may be left out. */
export interface BusinessWishes {
  readonly name?: string | undefined;
  readonly country?: string | undefined;
  readonly time_zone?: string | undefined;
}

/**
 * How many businesses one user can make, ever: each has a daily quota of mails of its own. Whoever
 * keeps the books of more is let into them by their owners.
 */
export const MOST_BUSINESSES = 20;

const NAME_LENGTH = 120;

/** ISO 3166's code for "nowhere": an honest gap, until the address is filled in. */
const UNKNOWN_COUNTRY = 'ZZ';

/**
 * The settings that a new business starts with: by its country, which a time zone can tell too.
 * Reminders and receipts are off until switched on. Tax comes with each line of a document.
 */
export function settingsForNewBusiness(wishes: BusinessWishes, email: string): BusinessSettings {
  const country =
    wishes.country ??
    (wishes.time_zone === undefined ? null : countryOf(wishes.time_zone)) ??
    UNKNOWN_COUNTRY;
  return businessSettings.parse({
    name: wishes.name ?? email.slice(0, NAME_LENGTH),
    legalName: '',
    address: { line1: '', line2: '', postalCode: '', city: '', region: '', country },
    vatNumber: '',
    companyNumber: '',
    // What a user pool holds was checked by Cognito, not by the contract.
    email: optionalEmail.catch('').parse(email),
    phone: '',
    website: '',
    logo: null,
    bankAccounts: [],
    timeZone: wishes.time_zone ?? timeZoneFor(country),
    currency: currencyFor(country),
    language: languageFor(country),
    formats: formatsFor(country),
    paper: paperFor(country),
    terms: DEFAULT_TERMS,
    pricesIncludeTax: false,
    notes: '',
    mail: { replyTo: '', subject: '', body: '' },
    reminders: { enabled: false, daysAfterDue: [3, 10, 20] },
    sendReceipts: false,
  });
}
