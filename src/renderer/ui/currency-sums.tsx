import type { CurrencySum } from './data-table-types';
import classes from './currency-sums.module.css';
import { Money } from './money';

/** Sums below each other, one line a currency: never added up. */
export function CurrencySums({ sums }: { readonly sums: readonly CurrencySum[] }) {
  return (
    <span className={classes['sums']}>
      {sums.map((sum) => (
        <Money key={sum.currency} amount={sum.amount} currency={sum.currency} />
      ))}
    </span>
  );
}
