import type { CurrencyCode } from './currency';
import { currencyCode } from './currency';
import type { DocumentFormats, PaperSize } from './document-style';
import type { DocumentLanguage } from './tax';

/**
 * First guesses for a new business or client by ISO country; all of them can be changed. Countries
 * without an entry get English, UK formats, A4 and, for the currency, US dollars.
 */
const LANGUAGES: Readonly<Record<DocumentLanguage, string>> = {
  en: '',
  de: 'DE AT CH LI',
  fr: 'FR BE LU MC BF BI BJ CD CF CG CI CM DJ GA GF GN GP HT KM MG ML MQ MR NC NE PF PM RE SN TD TG TN DZ MA WF YT BL MF',
  es: 'ES MX AR BO CL CO CR CU DO EC GT HN NI PA PE PR PY SV UY VE GQ',
  it: 'IT SM VA',
  nl: 'NL SR AW CW SX BQ',
  pl: 'PL',
};

/** ANSI Letter is what offices there print on. */
const LETTER_COUNTRIES = 'US CA MX PR GU VI AS MP UM PH CL CO CR DO GT HN NI PA SV VE BZ';

const CURRENCIES: Readonly<Record<string, string>> = {
  EUR: 'AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA XK YT',
  USD: 'US AS BQ EC FM GU IO MH MP PR PW SV TC TL UM VG VI',
  GBP: 'GB GG GS IM JE',
  CHF: 'CH LI',
  DKK: 'DK FO GL',
  NOK: 'NO BV SJ',
  AUD: 'AU CC CX HM KI NF NR TV',
  NZD: 'NZ CK NU PN TK',
  XOF: 'BF BJ CI GW ML NE SN TG',
  XAF: 'CF CG CM GA GQ TD',
  XPF: 'NC PF WF',
  XCD: 'AG AI DM GD KN LC MS VC',
  XCG: 'CW SX',
  MAD: 'MA EH',
  ILS: 'IL PS',
  AED: 'AE',
  AFN: 'AF',
  ALL: 'AL',
  AMD: 'AM',
  AOA: 'AO',
  ARS: 'AR',
  AWG: 'AW',
  AZN: 'AZ',
  BAM: 'BA',
  BBD: 'BB',
  BDT: 'BD',
  BIF: 'BI',
  BMD: 'BM',
  BND: 'BN',
  BOB: 'BO',
  BRL: 'BR',
  BSD: 'BS',
  BTN: 'BT',
  BWP: 'BW',
  BYN: 'BY',
  BZD: 'BZ',
  CAD: 'CA',
  CDF: 'CD',
  CLP: 'CL',
  CNY: 'CN',
  COP: 'CO',
  CRC: 'CR',
  CUP: 'CU',
  CVE: 'CV',
  CZK: 'CZ',
  DJF: 'DJ',
  DOP: 'DO',
  DZD: 'DZ',
  EGP: 'EG',
  ERN: 'ER',
  ETB: 'ET',
  FJD: 'FJ',
  FKP: 'FK',
  GEL: 'GE',
  GHS: 'GH',
  GIP: 'GI',
  GMD: 'GM',
  GNF: 'GN',
  GTQ: 'GT',
  GYD: 'GY',
  HKD: 'HK',
  HNL: 'HN',
  HTG: 'HT',
  HUF: 'HU',
  IDR: 'ID',
  INR: 'IN',
  IRR: 'IR',
  ISK: 'IS',
  JMD: 'JM',
  JPY: 'JP',
  KES: 'KE',
  KGS: 'KG',
  KHR: 'KH',
  KMF: 'KM',
  KPW: 'KP',
  KRW: 'KR',
  KYD: 'KY',
  KZT: 'KZ',
  LAK: 'LA',
  LBP: 'LB',
  LKR: 'LK',
  LRD: 'LR',
  LSL: 'LS',
  MDL: 'MD',
  MGA: 'MG',
  MKD: 'MK',
  MMK: 'MM',
  MNT: 'MN',
  MOP: 'MO',
  MRU: 'MR',
  MUR: 'MU',
  MVR: 'MV',
  MWK: 'MW',
  MXN: 'MX',
  MYR: 'MY',
  MZN: 'MZ',
  NAD: 'NA',
  NGN: 'NG',
  NIO: 'NI',
  NPR: 'NP',
  PAB: 'PA',
  PEN: 'PE',
  PGK: 'PG',
  PHP: 'PH',
  PKR: 'PK',
  PLN: 'PL',
  PYG: 'PY',
  QAR: 'QA',
  RON: 'RO',
  RSD: 'RS',
  RUB: 'RU',
  RWF: 'RW',
  SAR: 'SA',
  SBD: 'SB',
  SCR: 'SC',
  SDG: 'SD',
  SEK: 'SE',
  SGD: 'SG',
  SHP: 'SH',
  SLE: 'SL',
  SOS: 'SO',
  SRD: 'SR',
  SSP: 'SS',
  STN: 'ST',
  SYP: 'SY',
  SZL: 'SZ',
  THB: 'TH',
  TJS: 'TJ',
  TMT: 'TM',
  TOP: 'TO',
  TRY: 'TR',
  TTD: 'TT',
  TWD: 'TW',
  TZS: 'TZ',
  UAH: 'UA',
  UGX: 'UG',
  UYU: 'UY',
  UZS: 'UZ',
  VES: 'VE',
  VND: 'VN',
  VUV: 'VU',
  WST: 'WS',
  YER: 'YE',
  ZAR: 'ZA',
  ZMW: 'ZM',
  ZWG: 'ZW',
};

const FORMATS: ReadonlyMap<string, DocumentFormats> = new Map([
  ...each('US PR GU VI AS MP UM PH CA', 'en-US' as const),
  ...each('DE', 'de-DE' as const),
  ...each('AT', 'de-AT' as const),
  ...each('CH LI', 'de-CH' as const),
  ...each('FR BE LU MC GF GP MQ RE NC PF PM WF YT BL MF', 'fr-FR' as const),
  ...each('ES AR BO CL CO EC PY UY VE', 'es-ES' as const),
  ...each('IT SM VA', 'it-IT' as const),
  ...each('NL SR AW CW SX BQ', 'nl-NL' as const),
  ...each('PL', 'pl-PL' as const),
]);

const LANGUAGE_OF = invert(LANGUAGES);
const CURRENCY_OF = invert(CURRENCIES);
const LETTER: ReadonlySet<string> = new Set(LETTER_COUNTRIES.split(' '));

function each<V>(countries: string, value: V): readonly (readonly [string, V])[] {
  return countries.split(' ').map((country) => [country, value] as const);
}

function invert<V extends string>(countriesByValue: Readonly<Record<V, string>>): Map<string, V> {
  const entries = Object.entries(countriesByValue) as [V, string][];
  return new Map(entries.flatMap(([value, countries]) => each(countries, value)));
}

export function languageFor(country: string): DocumentLanguage {
  return LANGUAGE_OF.get(country) ?? 'en';
}

export function formatsFor(country: string): DocumentFormats {
  return FORMATS.get(country) ?? 'en-GB';
}

export function paperFor(country: string): PaperSize {
  return LETTER.has(country) ? 'Letter' : 'A4';
}

/**
 * The currency of a country. US dollars where it has none of its own in the table, which includes
 * the countries whose currency has three decimals and is therefore refused (Kuwait, Tunisia …).
 */
export function currencyFor(country: string): CurrencyCode {
  return currencyCode.parse(CURRENCY_OF.get(country) ?? 'USD');
}
