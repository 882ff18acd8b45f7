import type { CurrencyCode } from '../../../../shared/domain/currency';
import type { Discount } from '../../../../shared/domain/line-item';
import { allocate, minor, multiplyDivide, percentOf } from '../../../../shared/domain/money';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import type { DocumentLanguage } from '../../../../shared/domain/tax';
import type { Totals } from '../../../../shared/domain/totals';
import { computeTotals } from '../../../../shared/domain/totals';
import type { AmountsInput, PlannedLine, Reading } from './invoice-lines';
import { extraLine, lineOf, snapshot, wishKey } from './invoice-lines';
import type { StatedDocument } from './invoice-rows';
import { ratesOf } from './invoice-taxes';
import type { TaxWish } from './tax-wish';
import { NO_TAX_WISH, taxWish } from './tax-wish';

/** Content whose computed amounts are the stated ones. */
export interface PlannedAmounts {
  readonly pricesIncludeTax: boolean;
  readonly discount: Discount | null;
  readonly lines: readonly PlannedLine[];
  readonly totals: Pick<Totals, 'net' | 'tax' | 'total'>;
}

const ROUNDING: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Rounding',
  de: 'Rundung',
  fr: 'Arrondi',
  es: 'Redondeo',
  it: 'Arrotondamento',
  nl: 'Afronding',
  pl: 'Zaokrąglenie',
};

const ADJUSTMENT: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Adjustment',
  de: 'Anpassung',
  fr: 'Ajustement',
  es: 'Ajuste',
  it: 'Rettifica',
  nl: 'Correctie',
  pl: 'Korekta',
};

const SHIPPING: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Shipping',
  de: 'Versand',
  fr: 'Frais de port',
  es: 'Envío',
  it: 'Spedizione',
  nl: 'Verzending',
  pl: 'Wysyłka',
};

/**
 * Finds the content that gives the stated amounts. Files do not say whether prices contain tax or
 * whether line amounts are before or after a discount, so each reading is computed and the first
 * that gives the stated total and tax to the cent is taken. Programs that round tax by line differ
 * by a few cents: such a difference, at most one minor unit for each line and one more, becomes a
 * "Rounding" line, so that the total is kept exactly. Anything else is refused with
 * `total_mismatch` or `tax_mismatch` (params `stated`, `computed` in minor units, `currency`).
 */
export function planAmounts(input: AmountsInput): PlannedAmounts | Issue {
  let best: { amounts: PlannedAmounts; misfit: number } | null = null;
  for (const reading of readingsOf(input)) {
    const amounts = compute(input, reading);
    if (amounts === null) continue;
    const misfit = misfitOf(input, amounts);
    if (best === null || misfit < best.misfit) best = { amounts, misfit };
    if (misfit === 0) break;
  }
  if (best === null) return issue('total', 'required');
  return settle(input, best.amounts);
}

function readingsOf({ document, items }: AmountsInput): readonly Reading[] {
  const gross = document.pricesIncludeTax;
  const hasDiscount = (document.discountAmount ?? 0) !== 0 || (document.discountPercent ?? 0) !== 0;
  const hasPrices = items.some((item) => item.unitPrice !== null);
  const hasAmounts = items.some((item) => item.amount !== null || item.gross !== null);
  const readings: Reading[] = [];
  for (const isGross of gross === null ? [false, true] : [gross]) {
    for (const by of ['price', 'amount'] as const) {
      if (by === 'price' ? !hasPrices : hasPrices && !hasAmounts) continue;
      for (const takesDiscount of hasDiscount ? [true, false] : [false]) {
        for (const isShippingTaxed of (document.shipping ?? 0) === 0 ? [false] : [false, true]) {
          readings.push({ isGross, by, takesDiscount, isShippingTaxed });
        }
      }
    }
  }
  return readings;
}

function compute(input: AmountsInput, reading: Reading): PlannedAmounts | null {
  const { document, items } = input;
  const { currency } = document;
  const discount = reading.takesDiscount ? discountOf(document) : null;
  const untaxed = items.map((item) => lineOf(input, item, reading));
  if (untaxed.some((line) => line === null)) return null;
  const lines = untaxed.filter((line) => line !== null);
  const withoutTax = computeTotals({
    currency,
    pricesIncludeTax: reading.isGross,
    discount: null,
    lines: lines.map((line) => ({ ...line, tax: snapshot(NO_TAX_WISH) })),
  });
  const amounts = withoutTax.lines.map((line) => line.total);
  const after = discounted(amounts, discount);
  const rates = ratesOf(input, after, reading.isGross);
  const taxed = lines.map((line, index) => ({
    ...line,
    tax: taxWish(items[index]?.taxName ?? '', rates[index] ?? 0),
  }));
  const extras = extraLines(input, reading, taxed);
  if (extras.length === 0 || discount === null) {
    return finish(input, reading, discount, [...taxed, ...extras]);
  }
  return finish(input, reading, null, [...reduceLines(taxed, withoutTax, discount), ...extras]);
}

/** A discount is taken off what was sold, not off shipping or an adjustment: each line its share. */
function reduceLines(
  lines: readonly PlannedLine[],
  { lines: amounts, subtotal }: Totals,
  discount: Discount,
): readonly PlannedLine[] {
  const taken =
    discount.kind === 'amount' ? discount.amount : percentOf(subtotal, discount.percent);
  const shares = allocate(
    taken,
    amounts.map((amount) => amount.total),
  );
  return lines.map((line, index) => {
    const amount = minor((amounts[index]?.discount ?? 0) + (shares[index] ?? 0));
    return { ...line, discount: amount > 0 ? { kind: 'amount' as const, amount } : null };
  });
}

/** Lines of one rate and category share a tax, whatever the file calls it on each. */
function finish(
  { document }: AmountsInput,
  reading: Reading,
  discount: Discount | null,
  lines: readonly PlannedLine[],
): PlannedAmounts {
  const wishes = new Map<string, TaxWish>();
  for (const { tax } of lines) {
    const known = wishes.get(wishKey(tax));
    if (!known || (known.name === '' && tax.name !== '')) wishes.set(wishKey(tax), tax);
  }
  const planned = {
    pricesIncludeTax: reading.isGross,
    discount,
    lines: lines.map((line) => ({ ...line, tax: wishes.get(wishKey(line.tax)) ?? line.tax })),
  };
  return { ...planned, totals: totalsOf(planned, document.currency) };
}

function totalsOf(
  planned: Omit<PlannedAmounts, 'totals'>,
  currency: CurrencyCode,
): PlannedAmounts['totals'] {
  const { net, tax, total } = computeTotals({
    currency,
    pricesIncludeTax: planned.pricesIncludeTax,
    discount: planned.discount,
    lines: planned.lines.map((line) => ({ ...line, tax: snapshot(line.tax) })),
  });
  return { net, tax, total };
}

function discountOf(document: StatedDocument): Discount | null {
  const { discountAmount, discountPercent } = document;
  if ((discountAmount ?? 0) !== 0) {
    return { kind: 'amount', amount: minor(Math.abs(discountAmount ?? 0)) };
  }
  const percent = Math.abs(discountPercent ?? 0);
  return percent === 0 || percent > 100_000 ? null : { kind: 'percent', percent };
}

/** Line amounts with their share of the document discount taken off, roughly. */
function discounted(amounts: readonly number[], discount: Discount | null): readonly number[] {
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  if (discount === null || sum === 0) return amounts;
  const taken =
    discount.kind === 'amount' ? discount.amount : multiplyDivide(sum, discount.percent, 100_000);
  return amounts.map((amount) => amount - multiplyDivide(amount, taken, Math.abs(sum)));
}

function extraLines(
  { document, language }: AmountsInput,
  reading: Reading,
  lines: readonly PlannedLine[],
): readonly PlannedLine[] {
  const { shipping, adjustment, currency } = document;
  const main = lines.reduce<TaxWish>(
    (most, { tax }) => (tax.rate > most.rate ? tax : most),
    NO_TAX_WISH,
  );
  const tax = reading.isShippingTaxed ? main : NO_TAX_WISH;
  return [
    ...((shipping ?? 0) === 0 ? [] : [extraLine(SHIPPING[language], shipping ?? 0, currency, tax)]),
    ...((adjustment ?? 0) === 0
      ? []
      : [extraLine(ADJUSTMENT[language], adjustment ?? 0, currency, NO_TAX_WISH)]),
  ];
}

/** The tax that the file states: for the document, else the sum over the lines. */
function statedTax({ document, items }: AmountsInput): number | null {
  if (document.taxTotal !== null) return document.taxTotal;
  if (!items.some((item) => item.taxAmount !== null)) return null;
  return items.reduce((sum, item) => sum + (item.taxAmount ?? 0), 0);
}

/** The total that the file states: for the document, else the sum of the lines with tax. */
function statedTotal({ document, items }: AmountsInput): number | null {
  if (document.total !== null) return document.total;
  if (items.some((item) => item.gross === null) || (document.shipping ?? 0) !== 0) return null;
  return items.reduce((sum, item) => sum + (item.gross ?? 0), 0);
}

function misfitOf(input: AmountsInput, { totals }: PlannedAmounts): number {
  const total = Math.abs(totals.total - (statedTotal(input) ?? totals.total));
  const tax = Math.abs(totals.tax - (statedTax(input) ?? totals.tax));
  return total * 2 + tax;
}

function settle(input: AmountsInput, amounts: PlannedAmounts): PlannedAmounts | Issue {
  const { currency } = input.document;
  const tolerance = input.items.length + 1;
  const [total, tax] = [statedTotal(input), statedTax(input)];
  const { totals } = amounts;
  const difference = total === null ? 0 : total - totals.total;
  if (Math.abs(difference) > tolerance) {
    return issue('total', 'total_mismatch', {
      stated: total ?? 0,
      computed: totals.total,
      currency,
    });
  }
  if (tax !== null && Math.abs(tax - totals.tax) > tolerance) {
    return issue('taxTotal', 'tax_mismatch', { stated: tax, computed: totals.tax, currency });
  }
  if (difference === 0) return amounts;
  const rounding = extraLine(ROUNDING[input.language], difference, currency, NO_TAX_WISH);
  const lines = [...amounts.lines, rounding];
  const rounded = { ...amounts, lines, totals: totalsOf({ ...amounts, lines }, currency) };
  if (rounded.totals.total === total) return rounded;
  return issue('total', 'total_mismatch', { stated: total ?? 0, computed: totals.total, currency });
}
