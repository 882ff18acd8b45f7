import type { CurrencyCode } from '../../shared/domain/currency';
import { decimalsOf } from '../../shared/domain/currency';
import { useFormats } from './formats-context';
import classes from './money.module.css';

interface MoneyProps {
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: CurrencyCode;
  /** Shows the code also where it is the business's own; false never shows it (it is said above). */
  readonly withCode?: boolean;
  readonly isMuted?: boolean;
  readonly isStrong?: boolean;
}

/**
 * An amount in tabular figures; in a column set to the end, decimals stand under decimals: the code
 * comes first, and amounts without decimals keep their place free.
 */
export function Money({ amount, currency, withCode, isMuted, isStrong }: MoneyProps) {
  const formats = useFormats();
  const hasCode = withCode ?? currency !== formats.homeCurrency;
  return (
    <span
      className={classes['money']}
      data-muted={isMuted || undefined}
      data-strong={isStrong || undefined}
      data-negative={amount < 0 || undefined}
    >
      {hasCode && <span className={classes['code']}>{currency}</span>}
      {formats.amount(amount, currency)}
      {decimalsOf(currency) === 0 && <span className={classes['gap']} aria-hidden />}
    </span>
  );
}
