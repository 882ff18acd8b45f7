import { currencyCode, decimalsOf } from '../../../../shared/domain/currency';
import { formatScaled } from '../../../../shared/domain/decimal';
import type { Issue } from '../../../../shared/domain/result';

/**
 * The reasons of refused rows in words, for the report file, which leaves the app. On screen the
 * renderer chooses the words by the code (`issue.<code>`); those sentences and these say the same.
 */
const REASONS: Readonly<Record<string, string>> = {
  required: 'This is missing.',
  invalid: 'This does not look right.',
  too_long: 'This is too long: at most {limit} characters.',
  too_short: 'This is too short.',
  too_large: 'This is too large.',
  too_small: 'This is too small.',
  too_many_lines: 'A document has at most {limit} lines.',
  quote_unclosed: 'A quotation mark is opened here and never closed.',
  date_invalid: '“{value}” is no date in the chosen format.',
  number_invalid: '“{value}” is no number.',
  number_too_many_decimals: '“{value}” has too many decimals.',
  number_too_large: '“{value}” is too large.',
  currency_unknown: 'There is no currency “{currency}”.',
  currency_unsupported: '{currency} is not supported: it has three decimals.',
  country_unknown: 'There is no country “{value}”.',
  email_invalid: 'This is no e-mail address.',
  rows_disagree: 'The rows of this document say different things here.',
  document_refused: 'Another row of {number} is refused, and with it the whole document.',
  total_mismatch: 'The file says {stated}, but the lines come to {computed}.',
  tax_mismatch: 'The file says {stated} of tax, but the lines come to {computed}.',
  total_negative: 'The total of {number} is negative.',
  paid_exceeds_total: '{paid} is paid, which is not between nothing and the total of {total}.',
  number_taken: '{number} is already used by another document.',
  client_ambiguous: 'Several clients are called “{name}”. Add the e-mail address.',
  already_there_different: 'This is already there with other details. Change it in the app.',
  invoice_void: '{number} is void and was left out.',
  not_an_invoice: 'This is no invoice and was left out.',
};

const AMOUNTS: ReadonlySet<string> = new Set(['stated', 'computed', 'paid', 'total']);

/** A reason as a sentence, behind the header of the column that it is about (empty: of none). */
export function reasonText({ code, params = {} }: Issue, header: string): string {
  const sentence = (REASONS[code] ?? 'This is not accepted.').replace(
    /\{(\w+)\}/g,
    (_, name: string) => valueText(name, params),
  );
  return header === '' ? sentence : `${header}: ${sentence}`;
}

function valueText(name: string, params: NonNullable<Issue['params']>): string {
  const value = params[name] ?? '';
  const currency = currencyCode.safeParse(params['currency']);
  if (typeof value === 'string' || !AMOUNTS.has(name) || !currency.success) return String(value);
  const decimals = decimalsOf(currency.data);
  return `${formatScaled(value, decimals, decimals)} ${currency.data}`;
}
