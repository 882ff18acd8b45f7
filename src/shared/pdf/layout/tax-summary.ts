import type { TaxGroup } from '../../domain/totals';
import { localized } from '../../domain/tax';
import type { TextLine } from '../text/glyph-run';
import type { Sheet } from './sheet';
import { ASCENT, BODY, BODY_LEADING, HAIRLINE, INK, SMALL, SMALL_LEADING, SOFT } from './styles';
import { showsTax, taxName } from './tax-wording';

const GAP = 18;
const PADDING = 3.5;

interface SummaryRow {
  readonly group: TaxGroup;
  readonly names: readonly TextLine[];
  readonly reasons: readonly TextLine[];
  readonly height: number;
}

/** Net, tax and gross of each tax code, with the reason where the law wants one printed. */
export function drawTaxSummary(sheet: Sheet): void {
  const { canvas, document, labels, page } = sheet;
  if (!showsTax(document)) return;
  const columns = figureColumns(sheet);
  const nameWidth = (columns[0]?.right ?? page.right) - (columns[0]?.width ?? 0) - GAP - page.left;
  const rows = document.totals.groups.map((group) => rowOf(sheet, group, nameWidth));
  sheet.y += 12;
  sheet.reserve(30 + (rows[0]?.height ?? 0));
  drawHeader();
  rows.forEach((row, index) => {
    if (sheet.y + row.height > page.bottom) {
      sheet.newPage();
      drawHeader();
    } else if (index > 0) {
      canvas.rule(page.left, sheet.y, page.right - page.left, 0.4, HAIRLINE);
    }
    drawRow(sheet, row, columns);
  });
  canvas.rule(page.left, sheet.y, page.right - page.left, 0.4, HAIRLINE);

  function drawHeader(): void {
    const style = { size: SMALL, grey: SOFT } as const;
    const baseline = sheet.y + SMALL * ASCENT;
    sheet.text(labels.taxSummary, page.left, baseline, style);
    for (const column of columns) {
      sheet.text(column.label, column.right, baseline, { ...style, align: 'right' });
    }
    sheet.y = baseline + 5;
    canvas.rule(page.left, sheet.y, page.right - page.left, 0.4, INK);
  }
}

interface SummaryColumn {
  readonly label: string;
  readonly valueOf: (group: TaxGroup) => string;
  readonly width: number;
  readonly right: number;
}

function figureColumns(sheet: Sheet): readonly SummaryColumn[] {
  const { document, format, labels, page } = sheet;
  const amount = (value: number): string => format.amount(value, document.currency);
  const columns: SummaryColumn[] = [];
  let right = page.right;
  const sources: readonly (readonly [string, (group: TaxGroup) => string])[] = [
    [labels.summaryGross, (group) => amount(group.gross)],
    [labels.summaryTax, (group) => amount(group.taxAmount)],
    [labels.summaryNet, (group) => amount(group.net)],
  ];
  for (const [label, valueOf] of sources) {
    const width = Math.max(
      sheet.widthOf(label, { size: SMALL }),
      ...document.totals.groups.map((group) => sheet.widthOf(valueOf(group), { size: BODY })),
    );
    columns.unshift({ label, valueOf, width, right });
    right -= width + GAP;
  }
  return columns;
}

function rowOf(sheet: Sheet, group: TaxGroup, width: number): SummaryRow {
  const reason = localized(group.tax.reasons, sheet.document.language);
  const names = sheet.wrap(taxName(group.tax, sheet.format), width, { size: BODY });
  const reasons = reason === '' ? [] : sheet.wrap(reason, width, { size: SMALL });
  const height = names.length * BODY_LEADING + reasons.length * SMALL_LEADING + 2 * PADDING;
  return { group, names, reasons, height };
}

function drawRow(sheet: Sheet, row: SummaryRow, columns: readonly SummaryColumn[]): void {
  const { page } = sheet;
  const first = sheet.y + PADDING + BODY * ASCENT;
  row.names.forEach((line, index) => {
    sheet.draw(line, page.left, first + index * BODY_LEADING, { size: BODY });
  });
  const reasonsTop = first + row.names.length * BODY_LEADING - 1.5;
  row.reasons.forEach((line, index) => {
    sheet.draw(line, page.left, reasonsTop + index * SMALL_LEADING, { size: SMALL, grey: SOFT });
  });
  for (const column of columns) {
    sheet.text(column.valueOf(row.group), column.right, first, { size: BODY, align: 'right' });
  }
  sheet.y += row.height;
}
