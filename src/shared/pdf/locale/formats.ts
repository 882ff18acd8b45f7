import type { CalendarDate } from '../../domain/calendar-date';
import { dayOf, monthOf, yearOf } from '../../domain/calendar-date';
import type { CurrencyCode } from '../../domain/currency';
import { decimalsOf } from '../../domain/currency';
import type { DocumentFormats } from '../../domain/document-style';
import { EXCHANGE_RATE_SCALE } from '../../domain/invoice';
import { QUANTITY_SCALE, UNIT_PRICE_SCALE } from '../../domain/money';
import { unreachable } from '../../domain/result';
import type { DocumentLanguage } from '../../domain/tax';

/** Minus sign, as wide as a digit: a hyphen is easily overlooked. */
const MINUS = '\u2212';
const NO_BREAK_SPACE = '\u00a0';

interface Separators {
  readonly decimal: string;
  readonly group: string;
  /** Between a number and its percent sign. */
  readonly percent: string;
}

const SEPARATORS: Readonly<Record<DocumentFormats, Separators>> = {
  'en-GB': { decimal: '.', group: ',', percent: '' },
  'en-US': { decimal: '.', group: ',', percent: '' },
  'de-DE': { decimal: ',', group: '.', percent: NO_BREAK_SPACE },
  'de-AT': { decimal: ',', group: '.', percent: NO_BREAK_SPACE },
  'de-CH': { decimal: '.', group: '’', percent: NO_BREAK_SPACE },
  'fr-FR': { decimal: ',', group: NO_BREAK_SPACE, percent: NO_BREAK_SPACE },
  'es-ES': { decimal: ',', group: '.', percent: NO_BREAK_SPACE },
  'it-IT': { decimal: ',', group: '.', percent: NO_BREAK_SPACE },
  'nl-NL': { decimal: ',', group: '.', percent: '' },
  'pl-PL': { decimal: ',', group: NO_BREAK_SPACE, percent: NO_BREAK_SPACE },
};

/** Writes numbers, amounts and dates the way a document's formats and language want them. */
export interface Formatter {
  /** An amount in minor units of a currency, without the currency. */
  readonly amount: (minorUnits: number, currency: CurrencyCode) => string;
  /** A quantity in thousandths, with as many decimals as it needs. */
  readonly quantity: (thousandths: number) => string;
  /** A unit price in ten-thousandths: the currency's decimals, more where it has them. */
  readonly unitPrice: (tenThousandths: number, currency: CurrencyCode) => string;
  /** A rate in thousandths of a percent: `8.875%`, `20 %`. */
  readonly percent: (thousandths: number) => string;
  /** An exchange rate in billionths. */
  readonly rate: (billionths: number) => string;
  /** A day with its month spelt. */
  readonly date: (date: CalendarDate) => string;
  readonly decimalSeparator: string;
}

export function createFormatter(formats: DocumentFormats, language: DocumentLanguage): Formatter {
  const separators = SEPARATORS[formats];
  const write = (value: number, scale: number, least: number): string =>
    writeDecimal(value, scale, least, separators);
  return {
    amount: (value, currency) => {
      const decimals = decimalsOf(currency);
      return write(value, 10 ** decimals, decimals);
    },
    quantity: (value) => write(value, QUANTITY_SCALE, 0),
    unitPrice: (value, currency) => write(value, UNIT_PRICE_SCALE, decimalsOf(currency)),
    percent: (value) => `${write(value, 1_000, 0)}${separators.percent}%`,
    rate: (value) => write(value, EXCHANGE_RATE_SCALE, 2),
    date: (date) => writeDate(date, formats, language),
    decimalSeparator: separators.decimal,
  };
}

/** `value ÷ scale` (a power of ten) with at least `least` decimals and no further zeros. */
function writeDecimal(value: number, scale: number, least: number, separators: Separators): string {
  const size = Math.abs(value);
  const places = Math.round(Math.log10(scale));
  const whole = Math.floor(size / scale);
  let fraction = places === 0 ? '' : String(size % scale).padStart(places, '0');
  while (fraction.length > least && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, separators.group);
  const sign = value < 0 ? MINUS : '';
  return fraction === ''
    ? `${sign}${grouped}`
    : `${sign}${grouped}${separators.decimal}${fraction}`;
}

const MONTHS: Readonly<Record<DocumentLanguage, string>> = {
  en: 'January February March April May June July August September October November December',
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  nl: 'januari februari maart april mei juni juli augustus september oktober november december',
  pl: 'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
};

function writeDate(
  date: CalendarDate,
  formats: DocumentFormats,
  language: DocumentLanguage,
): string {
  const day = dayOf(date);
  const month = MONTHS[language].split(' ')[monthOf(date) - 1] ?? '';
  const year = yearOf(date);
  switch (language) {
    case 'en':
      return formats === 'en-US' ? `${month} ${day}, ${year}` : `${day} ${month} ${year}`;
    case 'de':
      return formats === 'de-AT' && month === 'Januar'
        ? `${day}. Jänner ${year}`
        : `${day}. ${month} ${year}`;
    case 'fr':
      return `${day === 1 ? '1er' : day} ${month} ${year}`;
    case 'es':
      return `${day} de ${month} de ${year}`;
    case 'it':
    case 'nl':
    case 'pl':
      return `${day} ${month} ${year}`;
    default:
      return unreachable(language);
  }
}
