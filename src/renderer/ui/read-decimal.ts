import type { DecimalError } from '../../shared/domain/decimal';
import { parseDecimal } from '../../shared/domain/decimal';
import type { DocumentFormats } from '../../shared/domain/document-style';
import type { Result } from '../../shared/domain/result';
import { decimalStyleOf } from './format';

/** Reads a number the way the business writes it, then any other way people write numbers. */
export function readDecimal(
  text: string,
  decimals: number,
  locale: DocumentFormats,
): Result<number, DecimalError> {
  const inStyle = parseDecimal(text, { decimals, style: decimalStyleOf(locale) });
  if (inStyle.ok) return inStyle;
  const anyStyle = parseDecimal(text, { decimals, style: 'auto' });
  return anyStyle.ok ? anyStyle : inStyle;
}
