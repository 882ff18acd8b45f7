import { currencyCode, decimalsOf } from '../../../../shared/domain/currency';
import { formatScaled } from '../../../../shared/domain/decimal';
import type { Issue } from '../../../../shared/domain/result';
import type { ReasonWords } from './reason-words';

const AMOUNTS: ReadonlySet<string> = new Set(['stated', 'computed', 'paid', 'total']);

/**
 * The reason of a refused row as a sentence, for the report file, which leaves the app; behind the
 * header of the column that it is about (empty: of none). On screen the renderer chooses the words
 * by the code (`issue.<code>`); those sentences and these say the same.
 */
export function reasonText(
  words: ReasonWords,
  { code, params = {} }: Issue,
  header: string,
): string {
  const sentence = (words.sentences[code] ?? words.refused).replace(
    /\{(\w+)\}/g,
    (_, name: string) => valueText(words, name, params),
  );
  return header === '' ? sentence : `${header}: ${sentence}`;
}

function valueText(
  { decimalSign }: ReasonWords,
  name: string,
  params: NonNullable<Issue['params']>,
): string {
  const value = params[name] ?? '';
  const currency = currencyCode.safeParse(params['currency']);
  if (typeof value === 'string' || !AMOUNTS.has(name) || !currency.success) return String(value);
  const decimals = decimalsOf(currency.data);
  return `${formatScaled(value, decimals, decimals).replace('.', decimalSign)} ${currency.data}`;
}
