import type { Result } from './result';
import { err, ok } from './result';

export type DecimalStyle = 'dot' | 'comma' | 'auto';
export type DecimalError = 'invalid' | 'too_many_decimals' | 'too_large';

export interface DecimalOptions {
  /** Decimals that the result is scaled by: 2 turns `12.34` into 1234. */
  readonly decimals: number;
  readonly style: DecimalStyle;
}

/** Plain, no-break, thin, figure and narrow no-break space. */
const SPACES = /[\s\u00a0\u2007\u2009\u202f]/gu;
const APOSTROPHES = /['\u2018\u2019\u02bc]/gu;
/** Groups of three, also of two before the last (Indian: 12,34,567). */
const GROUPED = /^\d{1,3}(?:G\d{2,3})*G\d{3}$/;

/**
 * Reads a decimal number as people and spreadsheets write it, exactly, into a scaled integer.
 *
 * Spaces and apostrophes group digits in every style. `dot` and `comma` name the decimal sign;
 * the other of the two then groups. `auto` decides by itself:
 * - both signs appear: the last one is the decimal sign (`1,234.56`, `1.234,56`);
 * - one sign appears several times: it groups (`1.234.567`);
 * - one sign appears once: it is the decimal sign, unless exactly three digits follow one to three
 *   digits that are not a bare zero (`1,234` is one thousand two hundred and thirty-four). A dot
 *   is still a decimal sign there where three decimals may be meant (`decimals` ≥ 3), because
 *   exported files write quantities that way.
 *
 * A minus may stand before or after, parentheses mean a negative. Zeros beyond `decimals` do no
 * harm, other digits there are `too_many_decimals`. Currency signs and letters are `invalid`.
 */
export function parseDecimal(text: string, options: DecimalOptions): Result<number, DecimalError> {
  const signed = splitSign(text.normalize('NFKC').trim());
  if (signed === null) return err('invalid');
  const parts = splitParts(signed.digits, options);
  if (parts === null) return err('invalid');
  const fraction = parts.fraction.replace(/0+$/, '');
  if (fraction.length > options.decimals) return err('too_many_decimals');
  const value = BigInt(parts.whole + fraction.padEnd(options.decimals, '0'));
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) return err('too_large');
  return ok(signed.isNegative && value !== 0n ? -Number(value) : Number(value));
}

/**
 * A scaled integer as plain dot decimal without grouping, for forms and CSV. Trailing zeros are
 * dropped, but `minDecimals` decimals always stand: (150000, 4, 2) is `15.00`.
 */
export function formatScaled(value: number, decimals: number, minDecimals = 0): string {
  if (!Number.isSafeInteger(value)) throw new Error(`not a scaled integer: ${value}`);
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  const kept = fraction.replace(/0+$/, '').padEnd(Math.min(minDecimals, decimals), '0');
  return `${value < 0 ? '-' : ''}${whole}${kept === '' ? '' : `.${kept}`}`;
}

interface Signed {
  readonly isNegative: boolean;
  /** Digits and separators, grouping spaces and apostrophes as `G`. */
  readonly digits: string;
}

function splitSign(text: string): Signed | null {
  const unified = text.replace(/[\u2212\u2013\ufe63]/gu, '-');
  const bracketed = /^\(([^()+-]*)\)$/.exec(unified);
  const marked = /^([+-]?)([^()+-]*?)(-?)$/.exec(unified);
  const body = bracketed?.[1] ?? marked?.[2];
  if (body === undefined) return null;
  const before = marked?.[1] ?? '';
  const after = marked?.[3] ?? '';
  if (before !== '' && after !== '') return null;
  const isNegative = bracketed !== null || before === '-' || after === '-';
  const digits = body.trim().replace(SPACES, 'G').replace(APOSTROPHES, 'G');
  return /^[\d.,G]*$/.test(digits) && /\d/.test(digits) ? { isNegative, digits } : null;
}

interface Parts {
  readonly whole: string;
  readonly fraction: string;
}

function splitParts(digits: string, options: DecimalOptions): Parts | null {
  const sign = decimalSign(digits, options);
  const at = sign === null ? -1 : digits.lastIndexOf(sign);
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? '' : digits.slice(at + 1);
  if (!/^\d*$/.test(fraction) || (sign !== null && whole.includes(sign))) return null;
  const separators = new Set(whole.replace(/\d/g, ''));
  if (separators.size === 0) return { whole, fraction };
  if (separators.size > 1 || !GROUPED.test(whole.replace(/[.,]/g, 'G'))) return null;
  return { whole: whole.replace(/\D/g, ''), fraction };
}

/** The decimal sign in use, null when there is none. */
function decimalSign(digits: string, { decimals, style }: DecimalOptions): '.' | ',' | null {
  const dots = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (style === 'dot') return dots > 0 ? '.' : null;
  if (style === 'comma') return commas > 0 ? ',' : null;
  if (dots > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  if (dots + commas !== 1) return null;
  const sign = dots === 1 ? '.' : ',';
  const looksGrouped = /^(?!0)\d{1,3}[.,]\d{3}$/.test(digits);
  const isDecimalDot = sign === '.' && decimals >= 3;
  return looksGrouped && !isDecimalDot ? null : sign;
}
