import type { CurrencyCode } from '../../../shared/domain/currency';
import { decimalsOf } from '../../../shared/domain/currency';
import type { DecimalError } from '../../../shared/domain/decimal';
import type { DocumentFormats } from '../../../shared/domain/document-style';
import type { Discount } from '../../../shared/domain/line-item';
import { MAX_AMOUNT, minor, PERCENT_SCALE } from '../../../shared/domain/money';
import type { Result } from '../../../shared/domain/result';
import { err, ok } from '../../../shared/domain/result';
import { readDecimal } from '../../ui/read-decimal';
import { bareNumber } from './paste-block';

/** Reads `10`, `10 %`, `EUR 5` or `5 €`; an empty text is no discount. */
export function readDiscount(
  text: string,
  currency: CurrencyCode,
  locale: DocumentFormats,
): Result<Discount | null, DecimalError> {
  const typed = text.trim();
  if (typed === '') return ok(null);
  const bare = bareNumber(typed);
  if (!typed.endsWith('%') && bare !== typed) {
    const amount = readDecimal(bare, decimalsOf(currency), locale);
    if (!amount.ok) return amount;
    if (amount.value < 0 || amount.value > MAX_AMOUNT) return err('too_large');
    return ok(amount.value === 0 ? null : { kind: 'amount', amount: minor(amount.value) });
  }
  const percent = readDecimal(bare, 3, locale);
  if (!percent.ok) return percent;
  if (percent.value < 0 || percent.value > PERCENT_SCALE) return err('too_large');
  return ok(percent.value === 0 ? null : { kind: 'percent', percent: percent.value });
}
