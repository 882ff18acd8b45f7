import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  add,
  allocate,
  extend,
  minor,
  multiplyDivide,
  negate,
  percentOf,
  PERCENT_SCALE,
} from './money';
import { EUR, JPY } from './testing/arbitraries';

const amount = fc.integer({ min: -1e14, max: 1e14 }).map(minor);

describe('multiplyDivide', () => {
  it('rounds half away from zero', () => {
    expect(multiplyDivide(5, 1, 10)).toBe(1);
    expect(multiplyDivide(-5, 1, 10)).toBe(-1);
    expect(multiplyDivide(4, 1, 10)).toBe(0);
    expect(Object.is(multiplyDivide(-4, 1, 10), 0)).toBe(true);
  });

  it('agrees with exact rational arithmetic for any size', () => {
    const factor = fc.integer({ min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(
        factor,
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 1e9 }),
        (value, numerator, denominator) => {
          fc.pre(Math.abs(value) * (numerator / denominator) < 9e15);
          const result = BigInt(multiplyDivide(value, numerator, denominator));
          const product = BigInt(value) * BigInt(numerator);
          const twiceError = 2n * (result * BigInt(denominator) - product);
          const size = twiceError < 0n ? -twiceError : twiceError;
          expect(size <= BigInt(denominator)).toBe(true);
          // An exact half went away from zero.
          if (size === BigInt(denominator)) expect(twiceError > 0n).toBe(product > 0n);
        },
      ),
    );
  });
});

describe('extend and percentOf', () => {
  it('gives minor units of the currency', () => {
    expect(extend(1_500, 12_3456, EUR)).toBe(1852);
    expect(extend(1_500, 12_3456, JPY)).toBe(19);
    expect(percentOf(minor(1000), 8_875)).toBe(89);
  });

  it('is odd: a negative amount rounds like the positive one', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 100_000 }), (value, percent) => {
        expect(percentOf(negate(value), percent)).toBe(negate(percentOf(value, percent)));
      }),
    );
  });
});

describe('allocate', () => {
  const weights = fc.array(fc.integer({ min: -1e12, max: 1e12 }), { minLength: 1, maxLength: 12 });

  // Never more than there is to split, as with a discount on the sums that it reduces: otherwise
  // weights that nearly cancel out would blow the parts up beyond any amount.
  const share = fc.integer({ min: -PERCENT_SCALE, max: PERCENT_SCALE });

  it('sums to the amount, whatever the weights', () => {
    fc.assert(
      fc.property(share, weights, (percent, shares) => {
        const total = minor(shares.reduce((sum, weight) => sum + weight, 0));
        const value = percentOf(total, percent);
        expect(add(...allocate(value, shares))).toBe(value);
      }),
      { examples: [[100_000, [544475361893, -248517876433, -11585015965, -285372469496]]] },
    );
  });

  it('keeps every part within one unit of its exact share', () => {
    const positive = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }).map(minor), positive, (value, shares) => {
        const total = shares.reduce((sum, share) => sum + share, 0);
        allocate(value, shares).forEach((part, index) => {
          expect(Math.abs(part - (value * (shares[index] ?? 0)) / total)).toBeLessThan(1.000001);
        });
      }),
    );
  });

  it('gives equal remainders to the earlier part and everything to the first without weights', () => {
    expect(allocate(minor(100), [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(minor(-100), [1, 1, 1])).toEqual([-33, -33, -34]);
    expect(allocate(minor(7), [0, 0])).toEqual([7, 0]);
    expect(allocate(minor(7), [])).toEqual([]);
  });
});

describe('minor', () => {
  it('throws for what is no amount', () => {
    expect(() => minor(0.5)).toThrow();
    expect(() => minor(2 ** 53)).toThrow();
    expect(Object.is(minor(-0), 0)).toBe(true);
  });
});
