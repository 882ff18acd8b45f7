import type { CurrencyCode } from '../../../../shared/domain/currency';
import { currencyCode } from '../../../../shared/domain/currency';
import { parseDecimal } from '../../../../shared/domain/decimal';
import type { Result } from '../../../../shared/domain/result';
import { err } from '../../../../shared/domain/result';

export type DecimalSign = 'dot' | 'comma';

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['zł', 'PLN'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₪', 'ILS'],
  ['₺', 'TRY'],
  ['₴', 'UAH'],
  ['Kč', 'CZK'],
  ['US$', 'USD'],
  ['A$', 'AUD'],
  ['C$', 'CAD'],
]);

/** The currency that a text of its own (`eur`, `€`) names; null when none or unclear (`$`, `kr`). */
export function currencyOf(text: string): CurrencyCode | null {
  const trimmed = text.trim();
  const parsed = currencyCode.safeParse(SYMBOLS.get(trimmed) ?? trimmed.toUpperCase());
  return parsed.success ? parsed.data : null;
}

const LONGEST_AMOUNT = 60;

export interface WrittenAmount {
  readonly digits: string;
  /** What stands beside the digits: `INR 250.00`, `12,50 €`. Empty where nothing does. */
  readonly currency: string;
}

/** Takes the currency off an amount; a minus may stand before or behind it. */
export function splitAmount(text: string): WrittenAmount {
  const unified = text.normalize('NFKC').trim();
  if (unified.length > LONGEST_AMOUNT) return { digits: unified, currency: '' };
  const match =
    /^(?<sign>[-+−(]?)\s*(?<before>[\p{L}\p{Sc}.]*\p{Sc}|\p{L}{2,3}\.?)?\s*(?<body>[-+−(]?[\d.,'’\s]*\d[\d.,'’\s]*?[-)]?)\s*(?<after>\p{Sc}|\p{L}{2,3}\.?)?(?<close>\)?)$/u.exec(
      unified,
    );
  if (!match?.groups) return { digits: unified, currency: '' };
  const { sign = '', before, body = '', after, close = '' } = match.groups;
  return { digits: `${sign}${body.trim()}${close}`, currency: (before ?? after ?? '').trim() };
}

/** An amount with whatever currency beside it, scaled by `decimals`; see domain/decimal.ts. */
export function parseAmount(
  text: string,
  decimals: number,
  style: DecimalSign,
): Result<number, string> {
  const parsed = parseDecimal(splitAmount(text).digits, { decimals, style });
  return parsed.ok ? parsed : err(`number_${parsed.error}`);
}

/** A percentage in thousandths of a percent; a percent sign may stand behind it. */
export function parsePercent(text: string, style: DecimalSign): Result<number, string> {
  const parsed = parseDecimal(text.replace(/[%％]/u, ''), { decimals: 3, style });
  return parsed.ok ? parsed : err(`number_${parsed.error}`);
}

export interface DecimalEvidence {
  dot: number;
  comma: number;
  /** `1,234` or `1.234`: grouped thousands or three decimals. */
  unclearDot: number;
  unclearComma: number;
}

export function noDecimalEvidence(): DecimalEvidence {
  return { dot: 0, comma: 0, unclearDot: 0, unclearComma: 0 };
}

/** Notes what one cell tells about the decimal sign. */
export function gatherDecimalEvidence(text: string, evidence: DecimalEvidence): void {
  const digits = splitAmount(text.replace(/[%％]/u, '')).digits.replace(/[^\d.,]/gu, '');
  const [dots, commas] = [digits.split('.').length - 1, digits.split(',').length - 1];
  if (dots + commas === 0) return;
  if (dots > 0 && commas > 0) {
    if (digits.lastIndexOf('.') > digits.lastIndexOf(',')) evidence.dot += 1;
    else evidence.comma += 1;
  } else if (dots > 1) evidence.comma += 1;
  else if (commas > 1) evidence.dot += 1;
  else if (/^(?!0)\d{1,3}[.,]\d{3}$/.test(digits)) {
    if (dots === 1) evidence.unclearDot += 1;
    else evidence.unclearComma += 1;
  } else if (dots === 1) evidence.dot += 1;
  else evidence.comma += 1;
}

/** The decimal sign in use, and whether a person should confirm it. */
export function judgeDecimals(
  evidence: DecimalEvidence,
  usual: DecimalSign,
): { readonly style: DecimalSign; readonly isAmbiguous: boolean } {
  const { dot, comma, unclearDot, unclearComma } = evidence;
  if (dot > 0 && comma > 0) return { style: dot >= comma ? 'dot' : 'comma', isAmbiguous: true };
  if (dot > 0) return { style: 'dot', isAmbiguous: false };
  if (comma > 0) return { style: 'comma', isAmbiguous: false };
  return { style: usual, isAmbiguous: unclearDot + unclearComma > 0 };
}
