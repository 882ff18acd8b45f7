import type { CurrencyCode } from '../../shared/domain/currency';
import { decimalsOf } from '../../shared/domain/currency';
import { formatScaled } from '../../shared/domain/decimal';
import type { DocumentFormats } from '../../shared/domain/document-style';

/**
 * How amounts, dates and quantities look on the screens. Paper never goes through here: documents
 * have locale data of their own. `Intl` takes decimal strings, so no amount becomes a float.
 */

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n ${locale} ${options.minimumFractionDigits} ${options.maximumFractionDigits}`;
  const known = cache.get(key);
  if (known) return known as Intl.NumberFormat;
  const made = new Intl.NumberFormat(locale, options);
  cache.set(key, made);
  return made;
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d ${locale} ${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known) return known as Intl.DateTimeFormat;
  const made = new Intl.DateTimeFormat(locale, options);
  cache.set(key, made);
  return made;
}

function formatDecimal(
  locale: string,
  value: number,
  decimals: number,
  minDecimals: number,
): string {
  const text = numberFormat(locale, {
    minimumFractionDigits: minDecimals,
    maximumFractionDigits: decimals,
  }).format(formatScaled(value, decimals) as Intl.StringNumericLiteral);
  return text.replace('-', '\u2212');
}

/** An amount in minor units, without its currency, with a real minus: `−1,234.50`. */
export function formatAmount(locale: string, amount: number, currency: CurrencyCode): string {
  const decimals = decimalsOf(currency);
  return formatDecimal(locale, amount, decimals, decimals);
}

/** A quantity in thousandths: `1.5`. */
export function formatQuantity(locale: string, quantity: number): string {
  return formatDecimal(locale, quantity, 3, 0);
}

/** A unit price in ten-thousandths of the major unit: at least the currency's decimals. */
export function formatUnitPrice(locale: string, price: number, currency: CurrencyCode): string {
  return formatDecimal(locale, price, 4, decimalsOf(currency));
}

/** A share in thousandths of a percent, without the sign: `8.875`. */
export function formatPercent(locale: string, percent: number): string {
  return formatDecimal(locale, percent, 3, 0);
}

/** A count: `100,000`. */
export function formatCount(locale: string, count: number): string {
  return formatDecimal(locale, count, 0, 0);
}

/** A calendar date (`YYYY-MM-DD`): `22 Nov 2026`. */
export function formatDate(locale: string, date: string): string {
  return dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** A moment (ISO, UTC) in this machine's time zone: `22 Nov 2026, 14:05`. */
export function formatInstant(locale: string, instant: string): string {
  return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

/** The time of a moment (ISO, UTC) in this machine's time zone: `14:05`. */
export function formatTime(locale: string, instant: string): string {
  return dateFormat(locale, { timeStyle: 'short' }).format(new Date(instant));
}

/** A size on disk: `1.2 MB`. */
export function formatBytes(locale: string, bytes: number): string {
  if (bytes < 1_000_000) {
    return `${formatDecimal(locale, Math.max(1, Math.round(bytes / 1_000)), 0, 0)} kB`;
  }
  return `${formatDecimal(locale, Math.round(bytes / 100_000), 1, 1)} MB`;
}

/** Whether numbers of a locale use the comma as decimal sign. */
export function decimalStyleOf(locale: DocumentFormats): 'dot' | 'comma' {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find((part) => part.type === 'decimal')?.value === ',' ? 'comma' : 'dot';
}
