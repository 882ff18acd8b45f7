import type { CreditableLine, CreditedInvoice } from './credit';
import type { CurrencyCode } from './currency';
import type { LineUid } from './ids';
import type { Discount, LineItem } from './line-item';
import type { MinorUnits } from './money';
import { add, allocate, extend, minor, multiplyDivide, percentOf, subtract, ZERO } from './money';
import type { TaxSnapshot } from './tax';
import type { Totals } from './totals';
import { discountOn, taxKey } from './totals';

/** What the chosen quantities are worth by the invoice, before any settling of differences. */
export interface NaturalCredit {
  readonly lines: readonly LineItem[];
  readonly groups: readonly NaturalGroup[];
}

export interface NaturalGroup {
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
