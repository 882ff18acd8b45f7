import type { CreditableLine, CreditedInvoice, EarlierCredit } from './credit-rules';
import type { CurrencyCode } from './currency';
import { decimalsOf } from './currency';
import type { LineUid, TaxCodeUid } from './ids';
import type { Discount, LineItem } from './line-item';
import type { MinorUnits } from './money';
import {
  add,
  allocate,
  extend,
  minor,
  multiplyDivide,
  percentOf,
  QUANTITY_SCALE,
  subtract,
  UNIT_PRICE_SCALE,
  ZERO,
} from './money';
import type { DocumentLanguage, TaxSnapshot } from './tax';
import type { TaxGroup, Totals } from './totals';
import { discountOn, taxKey, taxOn } from './totals';

/** What the chosen quantities are worth by the invoice, before any settling of differences. */
export interface NaturalCredit {
  readonly lines: readonly LineItem[];
  readonly groups: readonly NaturalGroup[];
}

interface NaturalGroup {
  readonly tax: TaxSnapshot;
  /** What the chosen quantities are worth, in the invoice's mode (gross or net). */
  readonly worth: MinorUnits;
  /** What `lines` come to; differs from `worth` where a quantity × price rounds differently. */
  readonly onLines: MinorUnits;
  /** What all quantities credited so far are worth, this credit included. */
  readonly worthSoFar: MinorUnits;
}

/**
 * The lines of a partial credit. A line keeps its percentage where that gives its worth, else
 * carries the reduction (its own discount and its share of the document's) as an amount.
 */
export function naturalCredit(
  invoice: CreditedInvoice,
  creditable: readonly CreditableLine[],
  chosen: ReadonlyMap<LineUid, number>,
  newLineUid: () => LineUid,
): NaturalCredit {
  const { currency, lines } = invoice.content;
  const shares = documentDiscountByLine(lines, invoice.totals);
  const items: LineItem[] = [];
  const groups = new Map<string, NaturalGroup>();
  lines.forEach((line, index) => {
    const quantity = chosen.get(line.uid) ?? 0;
    const before = line.quantity - (creditable[index]?.quantity ?? 0);
    const worthOf = (part: number): MinorUnits =>
      worthOfPart(
        line,
        part,
        invoice.totals.lines[index]?.discount ?? ZERO,
        shares[index] ?? ZERO,
        currency,
      );
    const worth = subtract(worthOf(before + quantity), worthOf(before));
    const extended = extend(quantity, line.unitPrice, currency);
    const discount = discountTo(extended, worth, line.discount);
    const onLine = subtract(extended, discountOn(extended, discount));
    const known = groups.get(taxKey(line.tax));
    groups.set(taxKey(line.tax), {
      tax: known?.tax ?? line.tax,
      worth: add(known?.worth ?? ZERO, worth),
      onLines: add(known?.onLines ?? ZERO, onLine),
      worthSoFar: add(known?.worthSoFar ?? ZERO, worthOf(before + quantity)),
    });
    if (quantity !== 0) {
      items.push({ ...line, uid: newLineUid(), sourceLineUid: line.uid, quantity, discount });
    }
  });
  return { lines: items, groups: [...groups.values()] };
}

/** The document discount as it falls on each line; sums to the discount of every tax group. */
function documentDiscountByLine(lines: readonly LineItem[], totals: Totals): readonly MinorUnits[] {
  const shares = lines.map(() => ZERO);
  const keys = [...new Set(lines.map((line) => taxKey(line.tax)))];
  const members = keys.map((key) =>
    lines.flatMap((line, index) => (taxKey(line.tax) === key ? [index] : [])),
  );
  const totalOf = (index: number): MinorUnits => totals.lines[index]?.total ?? ZERO;
  // The same split that the invoice's own totals were computed with.
  const byGroup = allocate(
    totals.discount,
    members.map((indexes) => add(...indexes.map(totalOf))),
  );
  members.forEach((indexes, group) => {
    const parts = allocate(byGroup[group] ?? ZERO, indexes.map(totalOf));
    indexes.forEach((index, position) => {
      shares[index] = parts[position] ?? ZERO;
    });
  });
  return shares;
}

/** What `part` of a line's quantity is worth after all discounts; the whole is worth the line. */
function worthOfPart(
  line: LineItem,
  part: number,
  lineDiscount: MinorUnits,
  documentShare: MinorUnits,
  currency: CurrencyCode,
): MinorUnits {
  if (line.quantity === 0) return ZERO;
  const extended = extend(part, line.unitPrice, currency);
  const shareOf = (amount: MinorUnits): MinorUnits =>
    minor(multiplyDivide(amount, Math.abs(part), Math.abs(line.quantity)));
  const discount =
    line.discount?.kind === 'percent'
      ? percentOf(extended, line.discount.percent)
      : shareOf(lineDiscount);
  const worth = extended - discount - shareOf(documentShare);
  // Rounded one by one, the three may overshoot the whole (or zero) by a minor unit.
  const whole = extend(line.quantity, line.unitPrice, currency) - lineDiscount - documentShare;
  const [low, high] = whole < 0 ? [whole, 0] : [0, whole];
  return minor(Math.min(Math.max(worth, low), high));
}

/** The discount that brings `extended` to `worth`; null where none does (or none is needed). */
function discountTo(
  extended: MinorUnits,
  worth: MinorUnits,
  original: Discount | null,
): Discount | null {
  const needed = subtract(extended, worth);
  if (original?.kind === 'percent' && discountOn(extended, original) === needed) return original;
  const isPossible =
    Math.sign(needed) === Math.sign(extended) && Math.abs(needed) <= Math.abs(extended);
  return isPossible && needed !== 0 ? { kind: 'amount', amount: minor(Math.abs(needed)) } : null;
}

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

/** Not one of the business's tax codes: the same everywhere, so that later credits find it. */
const ROUNDING_TAX_UID = '01900000-0000-7000-8000-000000000001' as TaxCodeUid;

const ROUNDING_NAMES: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Rounding',
  de: 'Rundung',
  fr: 'Arrondi',
  es: 'Redondeo',
  it: 'Arrotondamento',
  nl: 'Afronding',
  pl: 'Zaokrąglenie',
};

function roundingTax(language: DocumentLanguage): TaxSnapshot {
  return {
    uid: ROUNDING_TAX_UID,
    name: ROUNDING_NAMES[language],
    category: 'outside_scope',
    rate: 0,
    reasons: {},
  };
}

const DIFFERENCE_TEXTS: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Difference to the invoiced amount',
  de: 'Differenz zum Rechnungsbetrag',
  fr: 'Différence avec le montant facturé',
  es: 'Diferencia con el importe facturado',
  it: "Differenza rispetto all'importo fatturato",
  nl: 'Verschil met het gefactureerde bedrag',
  pl: 'Różnica do kwoty na fakturze',
};

function differenceLine(
  tax: TaxSnapshot,
  amount: MinorUnits,
  currency: CurrencyCode,
  language: DocumentLanguage,
  uid: LineUid,
): LineItem {
  return {
    uid,
    productUid: null,
    description: DIFFERENCE_TEXTS[language],
    unit: '',
    quantity: QUANTITY_SCALE,
    unitPrice: amount * (UNIT_PRICE_SCALE / 10 ** decimalsOf(currency)),
    discount: null,
    tax,
    sourceLineUid: null,
  };
}
