import fc from 'fast-check';

import type { CalendarDate } from '../calendar-date';
import { addDays } from '../calendar-date';
import type { CurrencyCode } from '../currency';
import type { LineUid, TaxCodeUid } from '../ids';
import { newUid } from '../ids';
import type { DocumentContent } from '../invoice';
import type { Discount, LineItem } from '../line-item';
import { minor } from '../money';
import type { TaxSnapshot } from '../tax';

/** Data for property tests: documents as people make them, and odd ones. */

export const day = (text: string): CalendarDate => text as CalendarDate;
export const EUR = 'EUR' as CurrencyCode;
export const JPY = 'JPY' as CurrencyCode;

function tax(name: string, rate: number): TaxSnapshot {
  const category = rate > 0 ? 'standard' : 'outside_scope';
  return { uid: newUid<TaxCodeUid>(), name, category, rate, reasons: {} };
}

export const NO_TAX_SNAPSHOT = tax('No tax', 0);
export const VAT_20 = tax('VAT 20 %', 20_000);
export const TAXES: readonly TaxSnapshot[] = [
  NO_TAX_SNAPSHOT,
  VAT_20,
  tax('VAT 19 %', 19_000),
  tax('VAT 5.5 %', 5_500),
  tax('Sales tax 8.875 %', 8_875),
  tax('All of it', 100_000),
];

export function lineOf(change: Partial<LineItem> = {}): LineItem {
  return {
    uid: newUid<LineUid>(),
    productUid: null,
    description: 'Work',
    unit: 'h',
    quantity: 1_000,
    unitPrice: 100_0000,
    discount: null,
    tax: VAT_20,
    sourceLineUid: null,
    ...change,
  };
}

export function contentOf(change: Partial<DocumentContent> = {}): DocumentContent {
  return {
    clientUid: null,
    currency: EUR,
    exchangeRate: null,
    issueDate: day('2026-03-01'),
    terms: null,
    dueDate: day('2026-03-31'),
    supply: null,
    buyerReference: '',
    notes: '',
    paymentReference: '',
    language: 'en',
    formats: 'en-GB',
    pricesIncludeTax: false,
    discount: null,
    bankAccountUid: null,
    lines: [lineOf()],
    ...change,
  };
}

export const anyDay: fc.Arbitrary<CalendarDate> = fc
  .integer({ min: 0, max: 60_000 })
  .map((days) => addDays(day('1950-01-01'), days));

const discount: fc.Arbitrary<Discount | null> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  fc.integer({ min: 0, max: 100_000 }).map((percent) => ({ kind: 'percent' as const, percent })),
  fc
    .integer({ min: 0, max: 3_000 })
    .map((amount) => ({ kind: 'amount' as const, amount: minor(amount) })),
);

const quantity = fc.oneof(
  fc.integer({ min: 1, max: 20 }).map((units) => units * 1_000),
  fc.integer({ min: 1, max: 20_000 }),
);
/** Cheap things show rounding best. */
const price = fc.oneof(
  fc.integer({ min: 1, max: 200 }).map((cents) => cents * 100),
  fc.integer({ min: 1, max: 1_000_000 }),
);

/** Lines that sell something: positive quantities, whole and fractional. */
export const soldLine: fc.Arbitrary<LineItem> = fc
  .record({ quantity, unitPrice: price, discount, tax: fc.constantFrom(...TAXES) })
  .map(lineOf);

/** Any line, returned goods and negative prices included. */
export const anyLine: fc.Arbitrary<LineItem> = fc
  .tuple(soldLine, fc.constantFrom(1, 1, 1, -1), fc.constantFrom(1, 1, 1, 1, -1))
  .map(([line, quantitySign, priceSign]) => ({
    ...line,
    quantity: line.quantity * quantitySign,
    unitPrice: line.unitPrice * priceSign,
  }));

export function contentWith(line: fc.Arbitrary<LineItem>): fc.Arbitrary<DocumentContent> {
  return fc
    .record({
      currency: fc.constantFrom(EUR, JPY),
      pricesIncludeTax: fc.boolean(),
      discount,
      lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    })
    .map(contentOf);
}
