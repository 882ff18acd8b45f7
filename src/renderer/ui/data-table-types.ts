import type { ReactNode } from 'react';

import type { CurrencyCode } from '../../shared/domain/currency';

/** One column of a list. */
export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** A track of the grid: `120px`, `minmax(160px, 2fr)`. */
  readonly width: string;
  readonly align?: 'start' | 'end';
  /** What the list is sorted by when the header is clicked; left out where it cannot. */
  readonly sortBy?: string;
  /** What a cut-off cell says when pointed at. */
  readonly tooltip?: (row: Row) => string;
  /** Stands under the column, always in sight: a total. */
  readonly footer?: ReactNode;
}

export interface CurrencySum {
  readonly currency: CurrencyCode;
  readonly amount: number;
}

/** Sums amounts by currency, in the order the currencies appear. */
export function sumByCurrency(amounts: readonly CurrencySum[]): readonly CurrencySum[] {
  const sums = new Map<CurrencyCode, number>();
  for (const { currency, amount } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}
