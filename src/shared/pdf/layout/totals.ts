import { decimalsOf } from '../../domain/currency';
import { EXCHANGE_RATE_SCALE } from '../../domain/invoice';
import { multiplyDivide } from '../../domain/money';
import { filled } from '../locale/labels';
import type { Sheet, TextStyle } from './sheet';
import { BODY, INK, LARGE, RULE, SMALL, SOFT } from './styles';
import { showsTax } from './tax-wording';

const LEAST_WIDTH = 200;
const LEAST_GAP = 14;

interface TotalRow {
  readonly label: string;
  readonly value: string;
  readonly kind: 'plain' | 'total' | 'note';
}

const HEIGHTS: Readonly<Record<TotalRow['kind'], number>> = { plain: 15, total: 25, note: 13 };

/** The block of totals at the right margin, ready to draw. */
export interface Totals {
  readonly rows: readonly TotalRow[];
  readonly left: number;
  /** It is never parted from the last line of the table. */
  readonly height: number;
}

export function layOutTotals(sheet: Sheet): Totals {
  const rows = rowsOf(sheet);
  const widest = rows.map(
    ({ kind, label, value }) =>
      sheet.widthOf(label, styleOf(kind)) + sheet.widthOf(value, styleOf(kind)) + LEAST_GAP,
  );
  return {
    rows,
    left: sheet.page.right - Math.max(LEAST_WIDTH, ...widest),
    height: rows.reduce((sum, row) => sum + HEIGHTS[row.kind], 8),
  };
}

export function drawTotals(sheet: Sheet, { left, rows }: Totals): void {
  const { canvas, page } = sheet;
  const width = page.right - left;
  sheet.y += 4;
  for (const row of rows) {
    if (row.kind === 'total') canvas.rule(left, sheet.y + 2, width, 0.4, RULE);
    const style = styleOf(row.kind);
    const baseline = sheet.y + HEIGHTS[row.kind] - (row.kind === 'total' ? 9 : 4);
    sheet.text(row.label, left, baseline, row.kind === 'plain' ? { ...style, grey: SOFT } : style);
    sheet.text(row.value, page.right, baseline, { ...style, align: 'right' });
    sheet.y += HEIGHTS[row.kind];
    if (row.kind === 'total') canvas.rule(left, sheet.y - 2.5, width, 0.8, INK);
  }
  sheet.y += 4;
}

function styleOf(kind: TotalRow['kind']): TextStyle {
  switch (kind) {
    case 'plain':
      return { size: BODY };
    case 'total':
      return { size: LARGE, weight: 'SemiBold' };
    case 'note':
      return { size: SMALL, grey: SOFT };
  }
}

function rowsOf(sheet: Sheet): readonly TotalRow[] {
  const { document, format, labels } = sheet;
  const { currency, discount, exchangeRate, totals } = document;
  const amount = (value: number): string => format.amount(value, currency);
  const plain = (label: string, value: number): TotalRow => ({
    label,
    value: amount(value),
    kind: 'plain',
  });
  const isTaxed = showsTax(document);
  const rows: TotalRow[] = [];
  if (discount !== null) {
    const share = discount.kind === 'percent' ? ` ${format.percent(discount.percent)}` : '';
    rows.push(plain(labels.subtotal, totals.subtotal));
    rows.push(plain(`${labels.discount}${share}`, -totals.discount));
  }
  if (isTaxed && !document.pricesIncludeTax) {
    rows.push(plain(labels.net, totals.net), plain(labels.taxTotal, totals.tax));
  }
  rows.push({
    label: `${document.kind === 'invoice' ? labels.total : labels.creditTotal} ${currency}`,
    value: amount(totals.total),
    kind: 'total',
  });
  if (isTaxed && document.pricesIncludeTax) {
    rows.push({ label: labels.includedNet, value: amount(totals.net), kind: 'note' });
    rows.push({ label: labels.includedTax, value: amount(totals.tax), kind: 'note' });
  }
  if (isTaxed && exchangeRate !== null && exchangeRate.to !== currency) {
    const scale = 10 ** decimalsOf(currency);
    const homeTax = multiplyDivide(
      totals.tax * 10 ** decimalsOf(exchangeRate.to),
      exchangeRate.rate,
      EXCHANGE_RATE_SCALE * scale,
    );
    const { rate, to, date } = exchangeRate;
    rows.push({
      label: filled(labels.taxInCurrency, { currency: to }),
      value: format.amount(homeTax, to),
      kind: 'note',
    });
    const values = { from: currency, rate: format.rate(rate), to, date: format.date(date) };
    rows.push({ label: filled(labels.exchangeRate, values), value: '', kind: 'note' });
  }
  return rows;
}
