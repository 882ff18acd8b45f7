import type { z } from 'zod';

import type { TaxCodeUid } from '../../domain/ids';
import { newUid } from '../../domain/ids';
import type { Issue } from '../../domain/result';
import { issue } from '../../domain/result';
import type { TaxCategory, TaxSnapshot } from '../../domain/tax';
import { RATED_CATEGORIES } from '../../domain/tax';
import { NO_TAX } from '../../domain/tax-presets';
import type { TaxInput, taxView } from './money-fields';
import { scaled, unscaled } from './money-fields';

/** Decimals that numbers of the contract carry, as the domain's scales have them. */
export const QUANTITY_DECIMALS = 3;
export const UNIT_PRICE_DECIMALS = 4;
const RATE_DECIMALS = 3;

/** The tax of a line as REST gives it: not one of the business's own codes. */
export interface LineTax {
  readonly name: string;
  readonly category: TaxCategory;
  /** Thousandths of a percent. */
  readonly rate: number;
  readonly reason: string;
}

/** Reads a decimal into a scaled integer; tells `too_many_decimals` (params `max`) when it cannot. */
export function readScaled(
  value: number,
  decimals: number,
  field: string,
  issues: Issue[],
): number {
  const result = scaled(value, decimals);
  if (result !== null) return result;
  issues.push(issue(field, 'too_many_decimals', { max: decimals }));
  return 0;
}

/**
 * Reads the tax of a line or a product; left out, it is "No tax". Tells `too_many_decimals` and,
 * for a category without a rate, `tax_rate_not_allowed`.
 */
export function readTax(input: TaxInput | undefined, field: string, issues: Issue[]): LineTax {
  if (input === undefined) {
    return { name: NO_TAX.name, category: NO_TAX.category, rate: NO_TAX.rate, reason: '' };
  }
  const { name, category, reason = '' } = input;
  const rate = readScaled(input.rate, RATE_DECIMALS, `${field}.rate`, issues);
  if (rate > 0 && !RATED_CATEGORIES.includes(category)) {
    issues.push(issue(`${field}.rate`, 'tax_rate_not_allowed'));
  }
  return { name, category, rate, reason };
}

export function taxViewOf(tax: LineTax): z.input<typeof taxView> {
  const { name, category, rate, reason } = tax;
  return { name, category, rate: unscaled(rate, RATE_DECIMALS), reason };
}

/** Taxes as the rules of documents want them: equal ones are one code and are summed up together. */
export function taxSnapshotsOf(taxes: readonly LineTax[]): readonly TaxSnapshot[] {
  const codes = new Map<string, TaxSnapshot>();
  return taxes.map(({ name, category, rate, reason }) => {
    const key = JSON.stringify([name, category, rate, reason]);
    const known = codes.get(key);
    if (known !== undefined) return known;
    const reasons = reason === '' ? {} : { en: reason };
    const code = { uid: newUid<TaxCodeUid>(), name, category, rate, reasons };
    codes.set(key, code);
    return code;
  });
}
