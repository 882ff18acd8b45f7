import type { NaturalCredit, NaturalGroup } from './credit-amounts';
import { differenceLine, roundingTax } from './credit-difference-line';
import type { CreditedInvoice, EarlierCredit } from './credit';
import type { LineUid } from './ids';
import type { LineItem } from './line-item';
import type { MinorUnits } from './money';
import { add, minor, subtract, ZERO } from './money';
import type { TaxSnapshot } from './tax';
import type { TaxGroup } from './totals';
import { taxKey, taxOn } from './totals';

export interface DifferenceInput {
  readonly invoice: CreditedInvoice;
  readonly earlierCredits: readonly EarlierCredit[];
  readonly natural: NaturalCredit;
  /** Nothing creditable is left after this credit: it must end exactly at the invoice. */
  readonly isRest: boolean;
  readonly newLineUid: () => LineUid;
}

/** Amount of a tax group in the document's mode, and the tax on it. */
interface Target {
  readonly tax: TaxSnapshot;
  readonly amount: MinorUnits;
  readonly taxAmount: MinorUnits;
  readonly onLines: MinorUnits;
}

/**
 * Lines that bring a partial credit to the amounts it must have. Tax is computed on each document
 * by itself, so the taxes of several credit notes may miss the invoice's by a minor unit or two,
 * and no amount under the rate need give both the net and the tax that are left. Then the amount
 * under the rate becomes the nearest one whose tax is right, and the rest of the net stands on a
 * line outside the scope of tax: net, tax and total are all exact.
 */
export function differenceLines(input: DifferenceInput): readonly LineItem[] {
  const { language, currency, pricesIncludeTax: isGross } = input.invoice.content;
  const rounding = roundingTax(language);
  const lines: LineItem[] = [];
  let outside = ZERO;
  const push = (tax: TaxSnapshot, amount: MinorUnits): void => {
    if (amount !== 0)
      lines.push(differenceLine(tax, amount, currency, language, input.newLineUid()));
  };
  for (const target of targetsOf(input, isGross)) {
    const isRounding = taxKey(target.tax) === taxKey(rounding);
    const amount = isRounding
      ? target.amount
      : nearestWithTax(target.amount, target.taxAmount, target.tax.rate, isGross);
    outside = add(outside, isRounding ? amount : subtract(target.amount, amount));
    if (!isRounding) push(target.tax, subtract(amount, target.onLines));
  }
  push(rounding, outside);
  return lines;
}

function targetsOf(input: DifferenceInput, isGross: boolean): readonly Target[] {
  const amountOf = (group: TaxGroup): MinorUnits => (isGross ? group.gross : group.net);
  const earlier = sumGroups(
    input.earlierCredits.flatMap((credit) => credit.totals.groups),
    amountOf,
  );
  const invoiced = sumGroups(input.invoice.totals.groups, amountOf);
  const natural = new Map(input.natural.groups.map((group) => [taxKey(group.tax), group]));
  const keys = input.isRest
    ? new Set([...natural.keys(), ...invoiced.keys(), ...earlier.keys()])
    : new Set(natural.keys());
  return [...keys].flatMap((key) => {
    const group = natural.get(key);
    const before = earlier.get(key);
    const whole = invoiced.get(key);
    const tax = group?.tax ?? whole?.tax ?? before?.tax;
    if (!tax) return [];
    const onLines = group?.onLines ?? ZERO;
    if (input.isRest || !group) {
      const amount = subtract(whole?.amount ?? ZERO, before?.amount ?? ZERO);
      const taxAmount = subtract(whole?.taxAmount ?? ZERO, before?.taxAmount ?? ZERO);
      return [{ tax, amount, taxAmount, onLines }];
    }
    const taxBefore = before?.taxAmount ?? ZERO;
    const taxAmount = partialTax(group, taxBefore, whole?.taxAmount ?? ZERO, isGross);
    return [{ tax, amount: group.worth, taxAmount, onLines }];
  });
}

/**
 * The tax of a credit that leaves something creditable: its own, as long as all credits so far
 * stay within one minor unit of the tax on what they are worth together and within the invoice's
 * tax; else what is missing to that. A larger gap means that an earlier credit note was edited to
 * other amounts on purpose, and is left alone.
 */
function partialTax(
  group: NaturalGroup,
  taxBefore: MinorUnits,
  invoiceTax: MinorUnits,
  isGross: boolean,
): MinorUnits {
  const own = taxOn(group.worth, group.tax.rate, isGross);
  const exact = taxOn(group.worthSoFar, group.tax.rate, isGross);
  const sum = add(taxBefore, own);
  const gap = Math.abs(sum - exact);
  const exceedsInvoice = Math.abs(sum) > Math.abs(invoiceTax);
  const isToBeSettled = gap > 1 || (gap === 1 && exceedsInvoice);
  return isToBeSettled && gap <= 3 ? subtract(exact, taxBefore) : own;
}

interface GroupSum {
  readonly tax: TaxSnapshot;
  readonly amount: MinorUnits;
  readonly taxAmount: MinorUnits;
}

function sumGroups(
  groups: readonly TaxGroup[],
  amountOf: (group: TaxGroup) => MinorUnits,
): ReadonlyMap<string, GroupSum> {
  const sums = new Map<string, GroupSum>();
  for (const group of groups) {
    const known = sums.get(taxKey(group.tax));
    sums.set(taxKey(group.tax), {
      tax: group.tax,
      amount: add(known?.amount ?? ZERO, amountOf(group)),
      taxAmount: add(known?.taxAmount ?? ZERO, group.taxAmount),
    });
  }
  return sums;
}

/** No amount of a document comes near this, and twice it is still exact. */
const SEARCH_LIMIT = 4_000_000_000_000_000;

/**
 * The amount nearest to `amount` on which the tax is `taxAmount`. Tax rises with the amount by at
 * most one minor unit at a time (rates go to 100 %), so every tax has its amounts; without a rate
 * there is no tax to reach.
 */
export function nearestWithTax(
  amount: MinorUnits,
  taxAmount: MinorUnits,
  rate: number,
  isGross: boolean,
): MinorUnits {
  if (rate === 0 || taxOn(amount, rate, isGross) === taxAmount) return amount;
  const lowest = firstWithTax(taxAmount, rate, isGross);
  const highest = firstWithTax(taxAmount + 1, rate, isGross) - 1;
  return minor(Math.min(Math.max(amount, lowest), highest));
}

/** The smallest amount on which the tax is at least `taxAmount`, by bisection. */
function firstWithTax(taxAmount: number, rate: number, isGross: boolean): number {
  let below = -SEARCH_LIMIT;
  let reached = SEARCH_LIMIT;
  while (reached - below > 1) {
    const middle = Math.floor((below + reached) / 2);
    if (taxOn(minor(middle), rate, isGross) >= taxAmount) reached = middle;
    else below = middle;
  }
  return reached;
}
