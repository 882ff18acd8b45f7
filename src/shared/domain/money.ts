import { z } from 'zod';

import type { CurrencyCode } from './currency';
import { decimalsOf } from './currency';

/** An amount: an integer of the currency's minor units (cents), never a float. */
export const minorUnits = z.int().brand<'MinorUnits'>();
export type MinorUnits = z.infer<typeof minorUnits>;

/** Thousandths of a unit: 1.5 hours is 1500. */
export const QUANTITY_SCALE = 1_000;
/** Ten-thousandths of the currency's major unit: 12.3456 EUR is 123456. */
export const UNIT_PRICE_SCALE = 10_000;
/** Thousandths of a percent: 8.875 % is 8875, 100 % is 100000. */
export const PERCENT_SCALE = 100_000;

/**
 * Limits of what can be typed. Their products may exceed MAX_AMOUNT, and then exact integers:
 * `oversizedAmounts` (totals) finds that before anything is computed.
 */
export const MAX_QUANTITY = 1_000_000_000 * QUANTITY_SCALE;
export const MAX_UNIT_PRICE = 10_000_000_000 * UNIT_PRICE_SCALE;
export const MAX_AMOUNT = 1_000_000_000_000_00;

/** Quantity in thousandths. Negative quantities stand for returned goods on an invoice. */
export const quantity = z.int().min(-MAX_QUANTITY).max(MAX_QUANTITY);
/** Unit price in ten-thousandths of the major unit. */
export const unitPrice = z.int().min(-MAX_UNIT_PRICE).max(MAX_UNIT_PRICE);

/** Vouches that an integer is an amount. Throws (a bug) for fractions and unsafe integers. */
export function minor(value: number): MinorUnits {
  if (!Number.isSafeInteger(value)) throw new Error(`not an amount in minor units: ${value}`);
  // -0 would be unequal to 0 in strict comparisons and prints a minus.
  return (value === 0 ? 0 : value) as MinorUnits;
}

export const ZERO = minor(0);

export function add(...amounts: readonly MinorUnits[]): MinorUnits {
  return minor(amounts.reduce((sum: number, amount) => sum + amount, 0));
}

export function subtract(a: MinorUnits, b: MinorUnits): MinorUnits {
  return minor(a - b);
}

export function negate(amount: MinorUnits): MinorUnits {
  return minor(-amount);
}

/**
 * `value × numerator ÷ denominator`, rounded half away from zero, exact for any size
 * (products beyond 2^53 go through BigInt). The denominator is positive.
 */
export function multiplyDivide(value: number, numerator: number, denominator: number): number {
  const product = value * numerator;
  if (Number.isSafeInteger(product) && Number.isSafeInteger(product * 2)) {
    return divideRounding(product, denominator);
  }
  const exact = BigInt(value) * BigInt(numerator);
  const size = exact < 0n ? -exact : exact;
  const divisor = BigInt(denominator);
  const rounded = (size * 2n + divisor) / (divisor * 2n);
  return Number(exact < 0n ? -rounded : rounded);
}

function divideRounding(dividend: number, divisor: number): number {
  const size = Math.abs(dividend);
  const remainder = size % divisor;
  const quotient = (size - remainder) / divisor;
  const rounded = remainder * 2 >= divisor ? quotient + 1 : quotient;
  if (rounded === 0) return 0;
  return dividend < 0 ? -rounded : rounded;
}

/** Quantity × unit price in minor units, rounded half away from zero. */
export function extend(quantity: number, unitPrice: number, currency: CurrencyCode): MinorUnits {
  const scale = (QUANTITY_SCALE * UNIT_PRICE_SCALE) / 10 ** decimalsOf(currency);
  return minor(multiplyDivide(quantity, unitPrice, scale));
}

/** A percentage (thousandths of a percent) of an amount, rounded half away from zero. */
export function percentOf(amount: MinorUnits, percent: number): MinorUnits {
  return minor(multiplyDivide(amount, percent, PERCENT_SCALE));
}

/**
 * Splits `amount` in proportion to `weights` by largest remainder: the parts always sum to
 * `amount`; equal remainders go to the earlier part. Weights may be negative as long as their sum
 * is not zero; with a zero sum everything goes to the first part. `amount` is at most the sum of the
 * weights in size where some are negative: parts beyond exact integers throw (a bug).
 */
export function allocate(amount: MinorUnits, weights: readonly number[]): readonly MinorUnits[] {
  if (weights.length === 0) return [];
  // Most documents have no discount to split.
  if (amount === 0) return weights.map(() => ZERO);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map((_, index) => (index === 0 ? amount : ZERO));
  const shares = weights.map((weight) => floorShare(amount, weight, total));
  const assigned = shares.reduce((sum, share) => sum + share.floor, 0n);
  const left = Number(BigInt(amount) - assigned);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share.remainder }))
    .sort((a, b) => compareDescending(a.remainder, b.remainder) || a.index - b.index);
  const lucky = new Set(byRemainder.slice(0, left).map((share) => share.index));
  return shares.map((share, index) => minor(Number(share.floor) + (lucky.has(index) ? 1 : 0)));
}

function floorShare(
  amount: number,
  weight: number,
  total: number,
): { readonly floor: bigint; readonly remainder: bigint } {
  const sign = total < 0 ? -1n : 1n;
  const divisor = BigInt(total) * sign;
  const product = BigInt(amount) * BigInt(weight) * sign;
  const remainder = ((product % divisor) + divisor) % divisor;
  return { floor: (product - remainder) / divisor, remainder };
}

function compareDescending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}
