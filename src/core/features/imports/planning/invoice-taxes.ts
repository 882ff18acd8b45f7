import { percentOf, type MinorUnits } from '../../../../shared/domain/money';
import type { AmountsInput } from './invoice-lines';
import { inferRate } from './tax-wish';
import { rateInName } from './values';

/**
 * The tax rate of each line (thousandths of a percent): as stated, as its name says, else inferred
 * from stated tax amounts. `amounts` are the lines' amounts after discounts, with tax when gross.
 */
export function ratesOf(
  input: AmountsInput,
  amounts: readonly number[],
  isGross: boolean,
): readonly number[] {
  const { items, document } = input;
  const stated = items.map((item) => item.taxRate ?? rateInName(item.taxName));
  if (stated.every((rate) => rate !== null)) return stated;
  if (items.some((item) => item.taxAmount !== null)) {
    const inferred = ratesByLine(input, amounts, isGross);
    return stated.map((rate, index) => rate ?? inferred[index] ?? 0);
  }
  if (document.taxTotal === null || document.taxTotal === 0) {
    return stated.map((rate) => rate ?? 0);
  }
  const gross = amounts.reduce((sum, amount) => sum + amount, 0);
  const net = isGross ? gross - document.taxTotal : gross;
  const rate = inferRate(net, document.taxTotal, input.knownRates) ?? 0;
  return stated.map((own) => own ?? rate);
}

/** One rate for all taxed lines where it fits each to the cent, else one for each. */
function ratesByLine(
  { items, knownRates }: AmountsInput,
  amounts: readonly number[],
  isGross: boolean,
): readonly number[] {
  const lines = items.map((item, index) => {
    const tax = item.taxAmount ?? 0;
    const amount = amounts[index] ?? 0;
    return { tax, net: isGross ? amount - tax : amount };
  });
  const taxed = lines.filter((line) => line.tax !== 0);
  const net = taxed.reduce((sum, line) => sum + line.net, 0);
  const tax = taxed.reduce((sum, line) => sum + line.tax, 0);
  const common = commonRate(net, tax, taxed, knownRates);
  return lines.map((line) => {
    if (line.tax === 0) return 0;
    return common ?? inferRate(line.net, line.tax, knownRates) ?? 0;
  });
}

function commonRate(
  net: number,
  tax: number,
  lines: readonly { readonly net: number; readonly tax: number }[],
  knownRates: readonly number[],
): number | null {
  // Taxes rounded by line may miss the rounded sum by a cent for each line.
  for (let off = 0; off <= lines.length; off += 1) {
    for (const sum of off === 0 ? [tax] : [tax - off, tax + off]) {
      const rate = inferRate(net, sum, knownRates);
      if (rate === null || !isShort(rate, knownRates)) continue;
      const fits = lines.every(
        (line) => Math.abs(percentOf(line.net as MinorUnits, rate) - line.tax) <= 1,
      );
      if (fits) return rate;
    }
  }
  return null;
}

/** Rates of laws have at most one decimal, but for the few that the business knows itself. */
function isShort(rate: number, knownRates: readonly number[]): boolean {
  return rate % 100 === 0 || knownRates.includes(rate);
}
