import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_QUANTITY, MAX_UNIT_PRICE, add, minor } from './money';
import { computeTotals, oversizedAmounts, taxKey, totals as totalsSchema } from './totals';
import {
  anyLine,
  contentOf,
  contentWith,
  EUR,
  lineOf,
  NO_TAX_SNAPSHOT,
  VAT_20,
} from './testing/arbitraries';

describe('computeTotals', () => {
  it('sums its parts to the total, for all currencies, modes, discounts and signs', () => {
    fc.assert(
      fc.property(contentWith(anyLine), (content) => {
        const totals = computeTotals(content);
        expect(add(...totals.lines.map((line) => line.total))).toBe(totals.subtotal);
        totals.lines.forEach((line) => expect(line.extended - line.discount).toBe(line.total));
        expect(add(...totals.groups.map((group) => group.net))).toBe(totals.net);
        expect(add(...totals.groups.map((group) => group.taxAmount))).toBe(totals.tax);
        expect(add(...totals.groups.map((group) => group.gross))).toBe(totals.total);
        totals.groups.forEach((group) => expect(group.net + group.taxAmount).toBe(group.gross));
        expect(totals.net + totals.tax).toBe(totals.total);
        const base = content.pricesIncludeTax ? totals.total : totals.net;
        expect(base).toBe(totals.subtotal - totals.discount);
        expect(totalsSchema.safeParse(totals).success).toBe(true);
      }),
    );
  });

  it('never shifts a gross total, whatever the rates', () => {
    fc.assert(
      fc.property(contentWith(anyLine), fc.integer({ min: 0, max: 100_000 }), (content, rate) => {
        const gross = { ...content, pricesIncludeTax: true };
        const untaxed = {
          ...gross,
          lines: gross.lines.map((line) => ({ ...line, tax: NO_TAX_SNAPSHOT })),
        };
        const taxed = {
          ...gross,
          lines: gross.lines.map((line) => ({ ...line, tax: { ...VAT_20, rate } })),
        };
        expect(computeTotals(gross).total).toBe(computeTotals(untaxed).total);
        expect(computeTotals(taxed).total).toBe(computeTotals(untaxed).total);
      }),
    );
  });

  it('never turns an amount around by a discount', () => {
    fc.assert(
      fc.property(contentWith(anyLine), (content) => {
        const totals = computeTotals(content);
        for (const line of totals.lines) {
          expect(line.total * line.extended).toBeGreaterThanOrEqual(0);
          expect(Math.abs(line.total)).toBeLessThanOrEqual(Math.abs(line.extended));
        }
        expect(Math.abs(totals.subtotal - totals.discount)).toBeLessThanOrEqual(
          Math.abs(totals.subtotal),
        );
      }),
    );
  });

  it('computes tax once per code and rate on the sum, half away from zero', () => {
    const line = lineOf({ unitPrice: 33 * 100 });
    const { groups, net, tax, total } = computeTotals(contentOf({ lines: [line, line, line] }));
    expect({ net, tax, total, groups: groups.length }).toEqual({
      net: 99,
      tax: 20,
      total: 119,
      groups: 1,
    });
  });

  it('joins lines of one code and rate although its name changed meanwhile', () => {
    const renamed = { ...VAT_20, name: 'MwSt. 20 %' };
    const lines = [lineOf(), lineOf({ tax: renamed })];
    expect(computeTotals(contentOf({ lines })).groups).toHaveLength(1);
    expect(taxKey(renamed)).toBe(taxKey(VAT_20));
  });

  it('splits a document discount over the tax groups by largest remainder', () => {
    const lines = [
      lineOf({ unitPrice: 100_0000 }),
      lineOf({ unitPrice: 50_0000, tax: NO_TAX_SNAPSHOT }),
    ];
    const totals = computeTotals(
      contentOf({ lines, discount: { kind: 'amount', amount: minor(1000) } }),
    );
    expect(totals.groups.map((group) => group.net)).toEqual([9333, 4667]);
    expect(totals.total).toBe(9333 + 1867 + 4667);
  });
});

describe('oversizedAmounts', () => {
  const huge = lineOf({ quantity: MAX_QUANTITY, unitPrice: MAX_UNIT_PRICE });

  it('names the line, or the sum, that cannot be computed exactly', () => {
    expect(oversizedAmounts({ currency: EUR, lines: [lineOf(), huge] })).toEqual([
      { field: 'lines.1.unitPrice', code: 'amount_too_large' },
    ]);
    const large = lineOf({ quantity: 1_000_000, unitPrice: 900_000_000_0000 });
    expect(oversizedAmounts({ currency: EUR, lines: [large] })).toEqual([]);
    expect(oversizedAmounts({ currency: EUR, lines: [large, large] })).toEqual([
      { field: 'lines', code: 'amount_too_large' },
    ]);
    expect(() => computeTotals(contentOf({ lines: [large] }))).not.toThrow();
  });
});
