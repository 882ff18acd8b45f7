import type { ReactNode } from 'react';

import type { CurrencyCode } from '../../shared/domain/currency';

/** Pixels; every row is as high. */
export const ROW_HEIGHT = 28;

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

/** The rows of a list as far as they were read. */
export interface PagedRows<Row> {
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  /** The list could not be read. */
  readonly isFailed: boolean;
  /** The rows answer what was asked before; those of this list are on their way. */
  readonly isPrevious: boolean;
  /** Takes which rows are looked at: they are kept up to date, and more are read near the end. */
  readonly onSee: (first: number, last: number) => void;
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
