import { z } from 'zod';

import { taxCategory } from '../../domain/tax';
import { line, text } from './fields';

/**
 * Numbers of the contract are decimals: 12.5, not 1250. They become scaled integers at once (see
 * `scaled` below), so that no rule ever computes with a fraction.
 */

/** Up to three decimals. The contract's `integer` is widened (DOMAIN, the contract's one exception). */
export const quantityNumber = z.number().min(-1_000_000_000).max(1_000_000_000);
/** Up to four decimals, in the currency's major unit. */
export const unitPriceNumber = z.number().min(-10_000_000_000).max(10_000_000_000);
/** An amount in the currency's major unit. */
export const amount = z.number().min(-1_000_000_000_000).max(1_000_000_000_000);

/** Up to nine decimals: one unit of a document's currency in the business's currency. */
export const exchangeRateNumber = z.number().min(0.000_000_001).max(1_000_000);

/** The tax of a line; left out, the line carries none. */
export const taxInput = z
  .object({
    name: line(60, 1),
    category: taxCategory,
    /** Percent: 8.875. Above zero for standard and reduced alone. */
    rate: z.number().min(0).max(100),
    /** Printed on the paper: why no tax is charged. */
    reason: text(300).optional(),
  })
  .meta({ id: 'TaxInput' });
export type TaxInput = z.infer<typeof taxInput>;

export const taxView = z
  .object({ name: z.string(), category: taxCategory, rate: z.number(), reason: z.string() })
  .meta({ id: 'Tax' });

/**
 * A decimal of the contract as an integer with `decimals` implied decimals (12.5 with 2 is 1250),
 * null when it carries more decimals than that. Exact: goes by the digits of the shortest text
 * that reads back as the same number.
 */
export function scaled(value: number, decimals: number): number | null {
  const result = Math.round(value * 10 ** decimals);
  if (!Number.isSafeInteger(result)) return null;
  return result / 10 ** decimals === value ? (result === 0 ? 0 : result) : null;
}

/** The contract's decimal of a scaled integer. */
export function unscaled(value: number, decimals: number): number {
  return value / 10 ** decimals;
}
