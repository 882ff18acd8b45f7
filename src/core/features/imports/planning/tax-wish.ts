import { fold } from '../../../../shared/domain/fold';
import { percentOf, type MinorUnits } from '../../../../shared/domain/money';
import type { DocumentLanguage, TaxCategory } from '../../../../shared/domain/tax';
import { taxNameOf } from '../../../../shared/domain/tax-presets';
import { rateInName } from './values';

/** A tax as the file tells it: the code is found by category and rate, or made. */
export interface TaxWish {
  readonly name: string;
  readonly category: TaxCategory;
  /** Thousandths of a percent. */
  readonly rate: number;
}

export const NO_TAX_WISH: TaxWish = { name: '', category: 'outside_scope', rate: 0 };

const UNTAXED_WORDS: readonly (readonly [TaxCategory, RegExp])[] = [
  ['reverse_charge', /reverse|steuerschuldner|autoliquidation|inversion|verlegd|odwrotn/],
  ['intra_community', /intra|innergemein|ec (?:goods|services)|eu (?:goods|services)/],
  ['export', /export|ausfuhr|overseas/],
  ['exempt', /exempt|steuerfrei|exoner|exent|esent|vrijgesteld|zwolnion|^zw\.?$/],
  ['zero', /zero|null|nulla|^0 ?%/],
];

/** A tax by name and rate; a rate may stand in the name. Without a rate it is none. */
export function taxWish(name: string, rate: number | null): TaxWish {
  const known = rate ?? rateInName(name) ?? 0;
  if (known > 0) return { name: name.slice(0, 60), category: 'standard', rate: known };
  const folded = fold(name);
  const category = UNTAXED_WORDS.find(([, pattern]) => pattern.test(folded))?.[0];
  if (category === undefined) return NO_TAX_WISH;
  return { name: name.slice(0, 60), category, rate: 0 };
}

/** What a tax code made for a wish is called, in the language that the business writes in. */
export function taxWishName(wish: TaxWish, language: DocumentLanguage): string {
  const name = wish.name.trim();
  return name === '' ? taxNameOf(wish.rate, language) : name;
}

/** Rates that tax laws have, the usual ones first; in thousandths of a percent. */
const USUAL_RATES: readonly number[] = [
  20, 19, 21, 22, 23, 24, 25, 18, 17, 16, 15, 10, 7, 8, 5, 5.5, 9, 12, 13, 14, 6, 4, 27, 2.1, 7.7,
  8.1, 2.5, 2.6, 3.7, 3.8, 9.975, 14.975, 26, 28,
].map((percent) => Math.round(percent * 1_000));

/**
 * The rate that makes `tax` of `net`: one of the business's codes, a usual one, else the shortest
 * that gives exactly this amount. Null when no rate does.
 */
export function inferRate(net: number, tax: number, knownRates: readonly number[]): number | null {
  if (tax === 0) return 0;
  if (net === 0 || net < 0 !== tax < 0) return null;
  const gives = (rate: number): boolean => percentOf(net as MinorUnits, rate) === tax;
  const usual = [...knownRates, ...USUAL_RATES].find((rate) => rate > 0 && gives(rate));
  if (usual !== undefined) return usual;
  const exact = (tax / net) * 100_000;
  for (const step of [1_000, 500, 100, 10, 1]) {
    const rate = Math.round(exact / step) * step;
    if (rate > 0 && rate <= 100_000 && gives(rate)) return rate;
  }
  const nearest = Math.round(exact);
  return nearest > 0 && nearest <= 100_000 ? nearest : null;
}
