import { z } from 'zod';

import type { CurrencyCode } from './currency';
import { decimalsOf } from './currency';
import type { Discount, LineItem } from './line-item';
import type { MinorUnits } from './money';
import {
  add,
  allocate,
  extend,
  MAX_AMOUNT,
  minor,
  minorUnits,
  multiplyDivide,
  percentOf,
  PERCENT_SCALE,
  QUANTITY_SCALE,
  subtract,
  UNIT_PRICE_SCALE,
  ZERO,
} from './money';
import type { TaxSnapshot } from './tax';
import { taxSnapshot } from './tax';
import type { Issue } from './result';
import { issue, unreachable } from './result';

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
  readonly lines: readonly PricedLine[];
}
export type PricedLine = Pick<LineItem, 'quantity' | 'unitPrice' | 'discount' | 'tax'>;

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

/** Amounts of one line by itself, before the document discount. */
export function lineAmountsOf(line: PricedLine, currency: CurrencyCode): LineAmounts {
  const extended = extend(line.quantity, line.unitPrice, currency);
  const discount = discountOn(extended, line.discount);
  return { extended, discount, total: subtract(extended, discount) };
}

/** What a discount takes off: it has the sign of what it reduces and never turns it around. */
export function discountOn(amount: MinorUnits, discount: Discount | null): MinorUnits {
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
    const key = taxKey(item.tax);
    const amount = lines[index]?.total ?? ZERO;
    const sum = sums.get(key);
    if (sum) sum.amount = add(sum.amount, amount);
    else sums.set(key, { tax: item.tax, amount });
  });
  return [...sums.values()];
}

/** Lines with the same key are taxed together: once per code and rate. */
export function taxKey(tax: TaxSnapshot): string {
  return `${tax.uid} ${tax.category} ${tax.rate}`;
}

/** The tax on a group's amount, or the tax contained in it when prices include tax. */
export function taxOn(amount: MinorUnits, rate: number, isGross: boolean): MinorUnits {
  return isGross
    ? minor(multiplyDivide(amount, rate, PERCENT_SCALE + rate))
    : percentOf(amount, rate);
}

function taxGroupOf(tax: TaxSnapshot, amount: MinorUnits, isGross: boolean): TaxGroup {
  const taxAmount = taxOn(amount, tax.rate, isGross);
  return isGross
    ? { tax, net: subtract(amount, taxAmount), taxAmount, gross: amount }
    : { tax, net: amount, taxAmount, gross: add(amount, taxAmount) };
}

/**
 * Amounts that are too large to be computed or kept, as issues (`amount_too_large`) on the line
 * or, for their sum, on `lines`. `computeTotals` is only called where this finds nothing: it
 * throws on numbers that are no longer exact.
 */
export function oversizedAmounts(document: Pick<Priced, 'currency' | 'lines'>): readonly Issue[] {
  const scale = (QUANTITY_SCALE * UNIT_PRICE_SCALE) / 10 ** decimalsOf(document.currency);
  // Floating point is exact enough to compare with a limit far below 2^53.
  const sizes = document.lines.map((line) => Math.abs((line.quantity * line.unitPrice) / scale));
  const issues = sizes.flatMap((size, index) =>
    size > MAX_AMOUNT ? [issue(`lines.${index}.unitPrice`, 'amount_too_large')] : [],
  );
  if (issues.length > 0) return issues;
  // Tax can at most double the sum, which stays exact.
  return sizes.reduce((sum, size) => sum + size, 0) > MAX_AMOUNT
    ? [issue('lines', 'amount_too_large')]
    : [];
}
