import { z } from 'zod';

import type { CurrencyCode } from './currency';
import type { Discount, LineItem } from './line-item';
import type { MinorUnits } from './money';
import {
  add,
  allocate,
  extend,
  minor,
  minorUnits,
  multiplyDivide,
  percentOf,
  PERCENT_SCALE,
  subtract,
  ZERO,
} from './money';
import type { TaxSnapshot } from './tax';
import { taxSnapshot } from './tax';
import { unreachable } from './result';

/** Amounts of one line, before the document discount. With gross prices they contain the tax. */
export const lineAmounts = z.object({
  /** Quantity × unit price. */
  extended: minorUnits,
  /** What the line's own discount takes off. */
  discount: minorUnits,
  /** `extended - discount`. */
  total: minorUnits,
});
export type LineAmounts = z.infer<typeof lineAmounts>;

/** One row of the tax summary: everything under one tax code and rate. */
export const taxGroup = z.object({
  tax: taxSnapshot,
  net: minorUnits,
  taxAmount: minorUnits,
  gross: minorUnits,
});
export type TaxGroup = z.infer<typeof taxGroup>;

/** All amounts of a document. `net + tax = total`; the groups sum to the three. */
export const totals = z.object({
  lines: z.array(lineAmounts),
  /** Sum of the line totals. */
  subtotal: minorUnits,
  /** What the document discount takes off the subtotal. */
  discount: minorUnits,
  net: minorUnits,
  tax: minorUnits,
  total: minorUnits,
  groups: z.array(taxGroup),
});
export type Totals = z.infer<typeof totals>;

/** What the amounts of a document depend on. */
export interface Priced {
  readonly currency: CurrencyCode;
  readonly pricesIncludeTax: boolean;
  readonly discount: Discount | null;
  readonly lines: readonly Pick<LineItem, 'quantity' | 'unitPrice' | 'discount' | 'tax'>[];
}

/**
 * Computes every amount of a document, always the same way (DOMAIN 10): each line total is
 * rounded; discounts come before tax; the document discount is split over the tax groups by
 * largest remainder; tax is computed once per code and rate, rounded half away from zero.
 * With gross prices the tax is taken out of the group's gross, so the gross total never shifts.
 */
export function computeTotals(document: Priced): Totals {
  const lines = document.lines.map((line) => lineAmountsOf(line, document.currency));
  const subtotal = add(...lines.map((line) => line.total));
  const discount = discountOn(subtotal, document.discount);
  const sums = sumByTax(document.lines, lines);
  const shares = allocate(
    discount,
    sums.map((sum) => sum.amount),
  );
  const groups = sums.map((sum, index) =>
    taxGroupOf(sum.tax, subtract(sum.amount, shares[index] ?? ZERO), document.pricesIncludeTax),
  );
  return {
    lines,
    subtotal,
    discount,
    net: add(...groups.map((group) => group.net)),
    tax: add(...groups.map((group) => group.taxAmount)),
    total: add(...groups.map((group) => group.gross)),
    groups,
  };
}

function lineAmountsOf(line: Priced['lines'][number], currency: CurrencyCode): LineAmounts {
  const extended = extend(line.quantity, line.unitPrice, currency);
  const discount = discountOn(extended, line.discount);
  return { extended, discount, total: subtract(extended, discount) };
}

/** The discount has the sign of what it reduces and never turns it around. */
function discountOn(amount: MinorUnits, discount: Discount | null): MinorUnits {
  if (discount === null) return ZERO;
  switch (discount.kind) {
    case 'percent':
      return percentOf(amount, discount.percent);
    case 'amount': {
      const size = Math.min(Math.abs(amount), discount.amount);
      return minor(amount < 0 ? -size : size);
    }
    default:
      return unreachable(discount);
  }
}

interface TaxSum {
  readonly tax: TaxSnapshot;
  amount: MinorUnits;
}

function sumByTax(items: Priced['lines'], lines: readonly LineAmounts[]): readonly TaxSum[] {
  const sums = new Map<string, TaxSum>();
  items.forEach((item, index) => {
    const key = `${item.tax.uid} ${item.tax.category} ${item.tax.rate} ${item.tax.name}`;
    const amount = lines[index]?.total ?? ZERO;
    const sum = sums.get(key);
    if (sum) sum.amount = add(sum.amount, amount);
    else sums.set(key, { tax: item.tax, amount });
  });
  return [...sums.values()];
}

function taxGroupOf(tax: TaxSnapshot, amount: MinorUnits, isGross: boolean): TaxGroup {
  const taxAmount = isGross
    ? minor(multiplyDivide(amount, tax.rate, PERCENT_SCALE + tax.rate))
    : percentOf(amount, tax.rate);
  return isGross
    ? { tax, net: subtract(amount, taxAmount), taxAmount, gross: amount }
    : { tax, net: amount, taxAmount, gross: add(amount, taxAmount) };
}
