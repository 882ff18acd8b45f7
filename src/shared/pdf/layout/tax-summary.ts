import type { TaxGroup } from '../../domain/totals';
import { localized } from '../../domain/tax';
import type { TextLine } from '../text/glyph-run';
import type { Sheet } from './sheet';
import { ASCENT, BODY, BODY_LEADING, HAIRLINE, INK, SMALL, SMALL_LEADING, SOFT } from './styles';
import { showsTax, taxName } from './tax-wording';

const GAP = 16;
const PADDING = 3;
const HEADER_HEIGHT = SMALL * ASCENT + 5;
const LEAST_NAME = 64;
/** A summary taller than this stands below the totals rather than beside them. */
const TALLEST_BESIDE = 130;

/** Net, tax and gross of each tax code, with the reason where the law wants one printed. */
export interface TaxSummary {
  readonly left: number;
  readonly right: number;
  readonly columns: readonly SummaryColumn[];
  readonly rows: readonly SummaryRow[];
  readonly height: number;
}

interface SummaryColumn {
  readonly label: string;
  readonly valueOf: (group: TaxGroup) => string;
  readonly right: number;
}

interface SummaryRow {
  readonly group: TaxGroup;
  readonly names: readonly TextLine[];
  readonly reasons: readonly TextLine[];
  readonly height: number;
}

/** The summary in the space left of the totals; null when it needs more. */
export function taxSummaryBeside(sheet: Sheet, right: number): TaxSummary | null {
  if (!showsTax(sheet.document)) return null;
  const summary = layOut(sheet, right);
  return summary !== null && summary.height <= TALLEST_BESIDE ? summary : null;
}

/** The summary over the whole width; null when the document says nothing about tax. */
export function taxSummaryBelow(sheet: Sheet): TaxSummary | null {
  return showsTax(sheet.document) ? layOut(sheet, sheet.page.right, 0) : null;
}

function layOut(sheet: Sheet, right: number, leastName = LEAST_NAME): TaxSummary | null {
  const { left } = sheet.page;
  const { columns, nameRight } = figureColumns(sheet, right);
  const nameWidth = nameRight - left;
  if (nameWidth < leastName) return null;
  const rows = sheet.document.totals.groups.map((group) =>
    rowOf(sheet, group, Math.max(nameWidth, 20), right - left),
  );
  const height = rows.reduce((sum, row) => sum + row.height, HEADER_HEIGHT + 6);
  return { left, right, columns, rows, height };
}

function figureColumns(
  sheet: Sheet,
  summaryRight: number,
): { readonly columns: readonly SummaryColumn[]; readonly nameRight: number } {
  const { document, format, labels } = sheet;
  const amount = (value: number): string => format.amount(value, document.currency);
  const sources: readonly (readonly [string, (group: TaxGroup) => string])[] = [
    [labels.summaryGross, (group) => amount(group.gross)],
    [labels.summaryTax, (group) => amount(group.taxAmount)],
    [labels.summaryNet, (group) => amount(group.net)],
  ];
  const columns: SummaryColumn[] = [];
  let right = summaryRight;
  for (const [label, valueOf] of sources) {
    const widths = document.totals.groups.map((group) =>
      sheet.widthOf(valueOf(group), { size: BODY }),
    );
    columns.unshift({ label, valueOf, right });
    right -= Math.max(sheet.widthOf(label, { size: SMALL }), ...widths) + GAP;
  }
  return { columns, nameRight: right };
}

function rowOf(sheet: Sheet, group: TaxGroup, nameWidth: number, width: number): SummaryRow {
  const reason = localized(group.tax.reasons, sheet.document.language);
  const names = sheet.wrap(taxName(group.tax, sheet.format), nameWidth, { size: BODY });
  const reasons = reason === '' ? [] : sheet.wrap(reason, width, { size: SMALL });
  const height = names.length * BODY_LEADING + reasons.length * SMALL_LEADING + 2 * PADDING;
  return { group, names, reasons, height };
}

/** Draws the summary from `sheet.y` on; it may run over to further pages. */
export function drawTaxSummary(sheet: Sheet, summary: TaxSummary): void {
  sheet.reserve(HEADER_HEIGHT + (summary.rows[0]?.height ?? 0));
  drawHeader(sheet, summary);
  summary.rows.forEach((row, index) => {
    if (sheet.y + row.height > sheet.page.bottom) {
      sheet.newPage();
      drawHeader(sheet, summary);
    } else if (index > 0) {
      rule(sheet, summary, HAIRLINE);
    }
    drawRow(sheet, summary, row);
  });
  rule(sheet, summary, HAIRLINE);
}

function rule({ canvas, y }: Sheet, { left, right }: TaxSummary, grey: number): void {
  canvas.rule(left, y, right - left, 0.4, grey);
}

function drawHeader(sheet: Sheet, summary: TaxSummary): void {
  const style = { size: SMALL, grey: SOFT } as const;
  const baseline = sheet.y + SMALL * ASCENT;
  sheet.text(sheet.labels.taxSummary, summary.left, baseline, style);
  for (const { label, right } of summary.columns) {
    sheet.text(label, right, baseline, { ...style, align: 'right' });
  }
  sheet.y += HEADER_HEIGHT;
  rule(sheet, summary, INK);
}

function drawRow(sheet: Sheet, summary: TaxSummary, row: SummaryRow): void {
  const first = sheet.y + PADDING + BODY * ASCENT;
  row.names.forEach((line, index) => {
    sheet.draw(line, summary.left, first + index * BODY_LEADING, { size: BODY });
  });
  const reasonsTop = first + row.names.length * BODY_LEADING - 1.5;
  row.reasons.forEach((line, index) => {
    sheet.draw(line, summary.left, reasonsTop + index * SMALL_LEADING, { size: SMALL, grey: SOFT });
  });
  for (const { right, valueOf } of summary.columns) {
    sheet.text(valueOf(row.group), right, first, { size: BODY, align: 'right' });
  }
  sheet.y += row.height;
}
