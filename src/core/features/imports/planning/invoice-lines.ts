import type { CurrencyCode } from '../../../../shared/domain/currency';
import { decimalsOf } from '../../../../shared/domain/currency';
import { formatScaled } from '../../../../shared/domain/decimal';
import type { TaxCodeUid } from '../../../../shared/domain/ids';
import type { Discount, LineItem } from '../../../../shared/domain/line-item';
import { extend, minor, multiplyDivide, UNIT_PRICE_SCALE } from '../../../../shared/domain/money';
import type { DocumentLanguage } from '../../../../shared/domain/tax';
import { computeTotals } from '../../../../shared/domain/totals';
import type { StatedDocument, StatedLine } from './invoice-rows';
import type { TaxWish } from './tax-wish';
import { NO_TAX_WISH } from './tax-wish';

/** A line as it will be stored, its tax still to be found among the business's codes. */
export interface PlannedLine extends Pick<
  LineItem,
  'description' | 'unit' | 'quantity' | 'unitPrice' | 'discount'
> {
  readonly productCode: string;
  readonly productName: string;
  readonly tax: TaxWish;
}

export interface AmountsInput {
  readonly document: StatedDocument;
  readonly items: readonly StatedLine[];
  readonly knownRates: readonly number[];
  readonly language: DocumentLanguage;
}

/** One way of understanding what a file's amounts mean. */
export interface Reading {
  readonly isGross: boolean;
  /** Lines by quantity and price, or by their stated amount. */
  readonly by: 'price' | 'amount';
  /** Whether the document discount is still to be taken off the lines. */
  readonly takesDiscount: boolean;
  readonly isShippingTaxed: boolean;
}

/** Lines of one key share a tax code. */
export function wishKey(wish: TaxWish): string {
  return `${wish.category} ${wish.rate}`;
}

/** Stands in for the code that will be found: only its rate and what sets it apart matter here. */
export function snapshot(wish: TaxWish): LineItem['tax'] {
  const uid = wishKey(wish) as TaxCodeUid;
  return { uid, name: '', category: wish.category, rate: wish.rate, reasons: {} };
}

/** A line before its tax is known. */
export type UntaxedLine = Omit<PlannedLine, 'tax'>;

/** A line under a reading of the amounts; null where the file says too little to make one. */
export function lineOf(
  input: AmountsInput,
  item: StatedLine,
  reading: Reading,
): UntaxedLine | null {
  const { currency } = input.document;
  const amount = statedAmount(input, item, reading);
  const quantity = item.quantity ?? 1_000;
  const priced: UntaxedLine | null =
    item.unitPrice === null
      ? null
      : {
          ...texts(input, item),
          quantity,
          unitPrice: item.unitPrice,
          discount: lineDiscount(item),
        };
  if (reading.by === 'price' && priced !== null) return priced;
  if (amount === null) return priced ?? emptyLine(input, item);
  if (priced !== null && lineTotal(priced, currency) === amount) return priced;
  const price = quantity === 0 ? null : priceFor(amount, quantity, currency);
  const whole = { ...texts(input, item), discount: null };
  if (price !== null) return { ...whole, quantity, unitPrice: price };
  const note = ` (${formatScaled(quantity, 3)} × ${formatScaled(item.unitPrice ?? 0, 4, 2)})`;
  return {
    ...whole,
    description: item.unitPrice === null ? whole.description : whole.description + note,
    quantity: 1_000,
    unitPrice: toPrice(amount, currency),
  };
}

/** A row of text only, as programs allow between the lines. */
function emptyLine(input: AmountsInput, item: StatedLine): UntaxedLine | null {
  if (input.items.length === 1) return null;
  return { ...texts(input, item), quantity: item.quantity ?? 1_000, unitPrice: 0, discount: null };
}

function statedAmount(
  { document, items }: AmountsInput,
  item: StatedLine,
  { isGross }: Reading,
): number | null {
  if (isGross && item.gross !== null) return item.gross;
  if (item.amount !== null) return item.amount;
  if (item.gross !== null)
    return item.taxAmount === null ? item.gross : item.gross - item.taxAmount;
  if (items.length > 1 || item.unitPrice !== null) return null;
  // One row for the whole document: its line is everything that is not tax or an extra.
  const { subtotal, total, taxTotal, shipping, adjustment } = document;
  if (!isGross && subtotal !== null) return subtotal;
  if (total === null) return null;
  return total - (isGross ? 0 : (taxTotal ?? 0)) - (shipping ?? 0) - (adjustment ?? 0);
}

function lineDiscount(item: StatedLine): Discount | null {
  const { discountAmount, discountPercent } = item;
  if ((discountAmount ?? 0) > 0) return { kind: 'amount', amount: minor(discountAmount ?? 0) };
  if ((discountPercent ?? 0) <= 0 || (discountPercent ?? 0) > 100_000) return null;
  return { kind: 'percent', percent: discountPercent ?? 0 };
}

function lineTotal(line: UntaxedLine, currency: CurrencyCode): number {
  const { lines } = computeTotals({
    currency,
    pricesIncludeTax: false,
    discount: null,
    lines: [{ ...line, tax: snapshot(NO_TAX_WISH) }],
  });
  return lines[0]?.total ?? 0;
}

/** The unit price of four decimals that makes exactly this amount of the quantity, if there is one. */
function priceFor(amount: number, quantity: number, currency: CurrencyCode): number | null {
  const price = multiplyDivide(
    toPrice(amount, currency),
    Math.sign(quantity) * 1_000,
    Math.abs(quantity),
  );
  return extend(quantity, price, currency) === amount ? price : null;
}

function toPrice(amount: number, currency: CurrencyCode): number {
  return (amount * UNIT_PRICE_SCALE) / 10 ** decimalsOf(currency);
}

function texts(
  { document }: AmountsInput,
  item: StatedLine,
): Pick<PlannedLine, 'description' | 'unit' | 'productCode' | 'productName'> {
  const { itemName, description, productCode, unit } = item;
  const parts = itemName === description ? [description] : [itemName, description];
  const text = parts.filter((part) => part !== '').join('\n');
  return {
    description: text || productCode || document.number,
    unit,
    productCode,
    productName: itemName,
  };
}

/** A line that no row of the file stands for. */
export function extraLine(
  description: string,
  amount: number,
  currency: CurrencyCode,
  tax: TaxWish,
): PlannedLine {
  return {
    description,
    unit: '',
    quantity: 1_000,
    unitPrice: toPrice(amount, currency),
    discount: null,
    productCode: '',
    productName: '',
    tax,
  };
}
