import type { NewBusiness } from '../../../shared/domain/business';
import { COUNTRY_CODES } from '../../../shared/domain/country-names';
import { currencyFor } from '../../../shared/domain/document-defaults';
import { DEFAULT_TERMS } from '../../../shared/domain/payment-terms';

/** Usual standard rates in thousandths of a percent, as a first guess that can be changed. */
const STANDARD_RATES: Readonly<Record<string, { readonly name: string; readonly rate: number }>> = {
  AT: { name: 'USt 20 %', rate: 20_000 },
  BE: { name: 'VAT 21 %', rate: 21_000 },
  CH: { name: 'MWST 8.1 %', rate: 8_100 },
  DE: { name: 'USt 19 %', rate: 19_000 },
  DK: { name: 'VAT 25 %', rate: 25_000 },
  ES: { name: 'IVA 21 %', rate: 21_000 },
  FR: { name: 'TVA 20 %', rate: 20_000 },
  GB: { name: 'VAT 20 %', rate: 20_000 },
  IE: { name: 'VAT 23 %', rate: 23_000 },
  IT: { name: 'IVA 22 %', rate: 22_000 },
  LU: { name: 'VAT 17 %', rate: 17_000 },
  NL: { name: 'BTW 21 %', rate: 21_000 },
  NO: { name: 'VAT 25 %', rate: 25_000 },
  PL: { name: 'VAT 23 %', rate: 23_000 },
  PT: { name: 'IVA 23 %', rate: 23_000 },
  SE: { name: 'VAT 25 %', rate: 25_000 },
};

/** The tax a business of this country usually charges; null where there is no single one. */
export function usualTax(country: string): NewBusiness['tax'] {
  return STANDARD_RATES[country] ?? null;
}

/** Time zones whose country is not told by the language setting (an English speaker in Vienna). */
const ZONE_COUNTRIES: Readonly<Record<string, string>> = {
  'Europe/Vienna': 'AT',
  'Europe/Berlin': 'DE',
  'Europe/Zurich': 'CH',
  'Europe/Paris': 'FR',
  'Europe/Madrid': 'ES',
  'Europe/Rome': 'IT',
  'Europe/Amsterdam': 'NL',
  'Europe/Brussels': 'BE',
  'Europe/Warsaw': 'PL',
  'Europe/Lisbon': 'PT',
  'Europe/Dublin': 'IE',
  'Europe/London': 'GB',
  'Europe/Copenhagen': 'DK',
  'Europe/Stockholm': 'SE',
  'Europe/Oslo': 'NO',
  'Europe/Prague': 'CZ',
  'Europe/Athens': 'GR',
  'Europe/Luxembourg': 'LU',
};

/** The country this machine stands in: by its time zone, else by its language setting. */
export function guessCountry(timeZone: string, language: string): string {
  const byZone = ZONE_COUNTRIES[timeZone];
  if (byZone !== undefined) return byZone;
  try {
    const region = new Intl.Locale(language).maximize().region;
    if (region !== undefined && COUNTRY_CODES.includes(region)) return region;
  } catch {
    // A language setting that is none says nothing about the country.
  }
  return 'GB';
}

/** What a new business starts with on this machine. */
export function defaultBusiness(name: string): NewBusiness {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const country = guessCountry(timeZone, navigator.language);
  return {
    name,
    country,
    currency: currencyFor(country),
    terms: DEFAULT_TERMS,
    timeZone,
    tax: null,
    isDemo: false,
  };
}
