import type { LineItem } from '../../domain/line-item';
import { RATED_CATEGORIES } from '../../domain/tax';
import type { TextLine } from '../text/glyph-run';
import type { Sheet, TextStyle } from './sheet';
import { ASCENT, BODY, HAIRLINE, INK, SMALL, SOFT } from './styles';
import { showsTax, taxName } from './tax-wording';

const GAP = 14;
const ROW_PADDING = 3;
const LEAST_DESCRIPTION = 130;
const WIDEST_UNIT = 64;
const WIDEST_TAX = 72;

/** A column of figures: they end at the decimal sign's place, which all rows share. */
interface FigureColumn {
  readonly label: string;
  readonly cells: readonly string[];
  readonly width: number;
  /** Width of the longest part from the decimal sign on. */
  readonly fraction: number;
}

interface WordColumn {
  readonly label: string;
  readonly cells: readonly (readonly TextLine[])[];
  readonly width: number;
}

interface Columns {
  readonly size: number;
  readonly descriptions: WordColumn;
  readonly quantities: FigureColumn;
  readonly units: WordColumn | null;
  readonly prices: FigureColumn;
  readonly discounts: FigureColumn | null;
  readonly taxes: WordColumn | null;
  readonly amounts: FigureColumn;
}

/**
 * Draws the lines from `sheet.y` on, over as many pages as they need, the header repeated on each.
 * What follows (`tail` points high) has place below the last line, or below a part of it.
 */
export function drawItems(sheet: Sheet, tail: number): void {
  const columns = layOut(sheet);
  const leading = columns.size * 1.34;
  drawHeader(sheet, columns);
  const { lines } = sheet.document;
  lines.forEach((_, row) => {
    const isLast = row === lines.length - 1;
    drawRow(sheet, columns, row, leading, isLast ? tail : 0);
    if (!isLast) rule(sheet, 0.4, HAIRLINE);
  });
  rule(sheet, 0.5, INK);
}

function rule({ canvas, page, y }: Sheet, thickness: number, grey: number): void {
  canvas.rule(page.left, y, page.right - page.left, thickness, grey);
}

function layOut(sheet: Sheet): Columns {
  const width = sheet.page.right - sheet.page.left;
  const figuresWidth = (columns: Omit<Columns, 'descriptions'>): number =>
    [
      columns.quantities,
      columns.units,
      columns.prices,
      columns.discounts,
      columns.taxes,
      columns.amounts,
    ]
      .filter((column) => column !== null)
      .reduce((sum, column) => sum + column.width + GAP, 0) -
    (columns.units === null ? 0 : GAP - 4);
  let size = BODY;
  let columns = figureColumns(sheet, size);
  while (width - figuresWidth(columns) < LEAST_DESCRIPTION && size > 4) {
    // Only amounts of a dozen digits in every column come here.
    size = size === BODY ? SMALL : size - 0.5;
    columns = figureColumns(sheet, size);
  }
  const descriptionWidth = Math.max(40, width - figuresWidth(columns));
  return {
    ...columns,
    descriptions: {
      label: sheet.labels.description,
      cells: sheet.document.lines.map((line) =>
        sheet.wrap(line.description, descriptionWidth, { size }),
      ),
      width: descriptionWidth,
    },
  };
}

function figureColumns(sheet: Sheet, size: number): Omit<Columns, 'descriptions'> {
  const { document, format, labels } = sheet;
  const { currency, lines, totals } = document;
  const figures = (label: string, cells: readonly string[]): FigureColumn => {
    const fractions = cells.map((cell) =>
      sheet.widthOf(fractionOf(cell, format.decimalSeparator), { size }),
    );
    const wholes = cells.map((cell, row) => sheet.widthOf(cell, { size }) - (fractions[row] ?? 0));
    const fraction = Math.max(0, ...fractions);
    const width = Math.max(0, ...wholes) + fraction;
    return {
      label,
      cells,
      width: Math.max(width, sheet.widthOf(label, { size: SMALL })),
      fraction,
    };
  };
  const words = (label: string, texts: readonly string[], widest: number): WordColumn => {
    const natural = Math.max(...texts.map((text) => sheet.widthOf(text, { size })), 0);
    const width = Math.max(Math.min(widest, natural), sheet.widthOf(label, { size: SMALL }));
    return {
      label,
      cells: texts.map((text) => sheet.wrap(text, width + 0.01, { size })),
      width,
    };
  };
  return {
    size,
    quantities: figures(
      labels.quantity,
      lines.map((line) => format.quantity(line.quantity)),
    ),
    units: lines.some((line) => line.unit !== '')
      ? words(
          '',
          lines.map((line) => line.unit),
          WIDEST_UNIT,
        )
      : null,
    prices: figures(
      labels.unitPrice,
      lines.map((line) => format.unitPrice(line.unitPrice, currency)),
    ),
    discounts: lines.some((line) => line.discount !== null)
      ? figures(
          labels.discount,
          lines.map((line) => discountOf(sheet, line)),
        )
      : null,
    taxes: showsTax(document) ? words(labels.tax, taxTexts(sheet, size), WIDEST_TAX) : null,
    amounts: figures(
      labels.amount,
      lines.map((_, row) => format.amount(totals.lines[row]?.total ?? 0, currency)),
    ),
  };
}

function discountOf({ document, format }: Sheet, { discount }: LineItem): string {
  if (discount === null) return '';
  return discount.kind === 'percent'
    ? format.percent(discount.percent)
    : format.amount(discount.amount, document.currency);
}

/** The names of the tax codes where all of them fit, else the rates of those that have one. */
function taxTexts(sheet: Sheet, size: number): readonly string[] {
  const { document, format } = sheet;
  const names = document.lines.map((line) => taxName(line.tax, format));
  if (names.every((name) => sheet.widthOf(name, { size }) <= WIDEST_TAX)) return names;
  return document.lines.map((line, row) =>
    RATED_CATEGORIES.includes(line.tax.category)
      ? format.percent(line.tax.rate)
      : (names[row] ?? ''),
  );
}

function fractionOf(cell: string, separator: string): string {
  // A percentage is aligned like a whole figure.
  const at = cell.endsWith('%') ? -1 : cell.lastIndexOf(separator);
  return at < 0 ? '' : cell.slice(at);
}

/** Right edges of the figures and left edges of the words, from the left to the right margin. */
interface Edges {
  readonly quantities: number;
  readonly units: number;
  readonly prices: number;
  readonly discounts: number;
  readonly taxes: number;
  readonly amounts: number;
}

function edgesOf({ page }: Sheet, columns: Columns): Edges {
  const amounts = page.right;
  const taxes =
    amounts - columns.amounts.width - (columns.taxes === null ? 0 : GAP + columns.taxes.width);
  const discounts = columns.taxes === null ? taxes - GAP : taxes - GAP;
  const prices = columns.discounts === null ? discounts : discounts - columns.discounts.width - GAP;
  const units = prices - columns.prices.width - GAP - (columns.units?.width ?? 0);
  return {
    amounts,
    taxes,
    discounts,
    prices,
    units,
    quantities: columns.units === null ? units : units - 4,
  };
}

function drawHeader(sheet: Sheet, columns: Columns): void {
  const style = { size: SMALL, grey: SOFT } as const;
  const right = { ...style, align: 'right' } as const;
  const edges = edgesOf(sheet, columns);
  const baseline = sheet.y + SMALL * ASCENT;
  sheet.text(columns.descriptions.label, sheet.page.left, baseline, style);
  sheet.text(columns.quantities.label, edges.quantities, baseline, right);
  sheet.text(columns.prices.label, edges.prices, baseline, right);
  if (columns.discounts !== null) {
    sheet.text(columns.discounts.label, edges.discounts, baseline, right);
  }
  if (columns.taxes !== null) sheet.text(columns.taxes.label, edges.taxes, baseline, style);
  sheet.text(columns.amounts.label, edges.amounts, baseline, right);
  sheet.y = baseline + 5;
  rule(sheet, 0.5, INK);
}

function drawRow(sheet: Sheet, columns: Columns, row: number, leading: number, tail: number): void {
  const cells = columns.descriptions.cells[row] ?? [];
  const count = Math.max(
    1,
    cells.length,
    columns.units?.cells[row]?.length ?? 0,
    columns.taxes?.cells[row]?.length ?? 0,
  );
  const heightOf = (lines: number): number => lines * leading + 2 * ROW_PADDING;
  const left = (): number => sheet.page.bottom - sheet.y;
  const begin = (): void => {
    sheet.newPage();
    drawHeader(sheet, columns);
  };
  let drawn = 0;
  let isFreshPage = false;
  while (drawn < count) {
    const rest = count - drawn;
    if (heightOf(rest) + tail <= left()) {
      drawPart(sheet, columns, row, drawn, count, leading);
      return;
    }
    if (!isFreshPage) {
      // A line that fits a page of its own stays whole; a longer one begins where it is.
      isFreshPage = true;
      if (drawn > 0 || heightOf(rest) + tail <= usable(sheet) || heightOf(4) > left()) {
        begin();
        continue;
      }
    }
    const fitting = Math.max(1, Math.floor((left() - 2 * ROW_PADDING) / leading));
    const end = drawn + Math.min(fitting, Math.max(1, rest - 1));
    drawPart(sheet, columns, row, drawn, end, leading);
    drawn = end;
    begin();
  }
}

/** Height for rows on a continuation page. */
function usable({ page }: Sheet): number {
  return page.bottom - page.top - 40;
}

/** Draws the lines `from` to `to` of a row; the figures stand beside the first. */
function drawPart(
  sheet: Sheet,
  columns: Columns,
  row: number,
  from: number,
  to: number,
  leading: number,
): void {
  const { size } = columns;
  const edges = edgesOf(sheet, columns);
  const first = sheet.y + ROW_PADDING + size * ASCENT;
  const style: TextStyle = { size };
  const words = (column: WordColumn | null, x: number, grey: number): void => {
    column?.cells[row]?.slice(from, to).forEach((line, index) => {
      sheet.draw(line, x, first + index * leading, { size, grey });
    });
  };
  const figures = (column: FigureColumn | null, x: number): void => {
    const cell = column?.cells[row] ?? '';
    if (column === null || cell === '') return;
    const fraction = fractionOf(cell, sheet.format.decimalSeparator);
    const shift = column.fraction - (fraction === '' ? 0 : sheet.widthOf(fraction, style));
    const isPercent = cell.endsWith('%');
    sheet.text(cell, isPercent ? x : x - shift, first, { size, align: 'right' });
  };
  words(columns.descriptions, sheet.page.left, INK);
  words(columns.units, edges.units, INK);
  words(columns.taxes, edges.taxes, SOFT);
  if (from === 0) {
    figures(columns.quantities, edges.quantities);
    figures(columns.prices, edges.prices);
    figures(columns.discounts, edges.discounts);
    figures(columns.amounts, edges.amounts);
  }
  sheet.y += (to - from) * leading + 2 * ROW_PADDING;
}
