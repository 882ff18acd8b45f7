import type { CurrencyCode } from '../../shared/domain/currency';
import { decimalsOf } from '../../shared/domain/currency';
import { useFormats } from './formats-context';
import classes from './money.module.css';

interface UnitPriceProps {
  /** Ten-thousandths of the major unit. */
  readonly price: number;
  readonly currency: CurrencyCode;
}

/**
 * A unit price in tabular figures. It may have up to four decimals; what it has fewer is kept free,
 * so that decimal signs stand under each other in a column.
 */
export function UnitPrice({ price, currency }: UnitPriceProps) {
  const formats = useFormats();
  return (
    <span className={classes['money']}>
      {currency !== formats.homeCurrency && <span className={classes['code']}>{currency}</span>}
      {formats.unitPrice(price, currency)}
      <span
        className={classes['decimalsGap']}
        aria-hidden
        style={{ '--missing': 4 - decimalsShown(price, currency) } as object}
        data-whole={decimalsShown(price, currency) === 0 || undefined}
      />
    </span>
  );
}

function decimalsShown(price: number, currency: CurrencyCode): number {
  let decimals = 4;
  let rest = Math.abs(price);
  while (decimals > decimalsOf(currency) && rest % 10 === 0) {
    rest = Math.trunc(rest / 10);
    decimals -= 1;
  }
  return decimals;
}
