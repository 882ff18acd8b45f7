import fc from 'fast-check';
import { expect, it } from 'vitest';

import { scaled, unscaled } from './money-fields';

it('reads decimals exactly, however their binary form looks', () => {
  expect(scaled(0.1, 2)).toBe(10);
  expect(scaled(1.005, 3)).toBe(1005);
  expect(scaled(8.875, 3)).toBe(8875);
  expect(scaled(-0, 2)).toBe(0);
});

it('refuses more decimals than there are, and what is too large to be exact', () => {
  expect(scaled(1.005, 2)).toBeNull();
  expect(scaled(0.0001, 3)).toBeNull();
  expect(scaled(1e15, 4)).toBeNull();
});

it('gives back what it was given', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e13, max: 1e13 }),
      fc.integer({ min: 0, max: 4 }),
      (value, decimals) => {
        expect(scaled(unscaled(value, decimals), decimals)).toBe(value);
      },
    ),
  );
});
