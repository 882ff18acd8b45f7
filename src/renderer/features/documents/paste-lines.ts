import type { LineUid } from '../../../shared/domain/ids';
import { parseDecimal } from '../../../shared/domain/decimal';
import type { LineItem } from '../../../shared/domain/line-item';
import { MAX_QUANTITY, MAX_UNIT_PRICE, PERCENT_SCALE } from '../../../shared/domain/money';
import type { TaxCode, TaxSnapshot } from '../../../shared/domain/tax';
import { snapshotOf } from '../../../shared/domain/tax';
import type { LinePatch } from './line-edits';
import { blankLine, isBlankLine } from './line-edits';
import type { PasteColumn, PastedRow } from './paste-block';
import { bareNumber, decimalStyleOf } from './paste-block';

export interface PasteContext {
  readonly decimalStyle: 'dot' | 'comma';
  readonly taxCodes: readonly TaxCode[];
  /** The tax of a line that says nothing else. */
  readonly defaultTax: TaxSnapshot;
}

export interface PasteOutcome {
  readonly lines: readonly LineItem[];
  /** The last line that was filled, for the cursor. */
  readonly focus: LineUid | null;
  readonly filled: number;
  /** Rows beyond what a document holds. */
  readonly dropped: number;
  /** Cells that could not be read, as they were; their fields keep what they had. */
  readonly unread: readonly string[];
}

const MAX_LINES = 1_000;

/**
 * Puts pasted rows into the lines at `uid`. From a product or description on, a blank line is
 * filled and further rows become new lines below it, so that nothing written is overwritten; from
 * a later column on, the cells below are overwritten as in a spreadsheet.
 */
export function pasteRows(
  lines: readonly LineItem[],
  uid: LineUid,
  startColumn: PasteColumn,
  rows: readonly PastedRow[],
  context: PasteContext,
): PasteOutcome {
  const style = decimalStyleOf(rows, context.decimalStyle);
  const read = rows.map((row) => readRow(row, style, context.taxCodes));
  const unread = read.flatMap((row) => row.unread);
  const start = Math.max(
    0,
    lines.findIndex((line) => line.uid === uid),
  );
  const isOverwriting = startColumn !== 'product' && startColumn !== 'description';
  const kept = isOverwriting ? overwritable(lines, start, read.length) : freeLines(lines, start);
  const before = lines.slice(0, kept.from);
  const after = lines.slice(kept.from + kept.lines.length);
  const room = MAX_LINES - before.length - after.length;
  const tax = lines[start]?.tax ?? context.defaultTax;
  const filled = read
    .slice(0, room)
    .map((row, index) => ({ ...(kept.lines[index] ?? blankLine(tax)), ...row.patch }));
  return {
    lines: [...before, ...filled, ...after],
    focus: filled.at(-1)?.uid ?? null,
    filled: filled.length,
    dropped: read.length - filled.length,
    unread,
  };
}

interface Kept {
  readonly from: number;
  readonly lines: readonly LineItem[];
}

function overwritable(lines: readonly LineItem[], start: number, count: number): Kept {
  return { from: start, lines: lines.slice(start, start + count) };
}

function freeLines(lines: readonly LineItem[], start: number): Kept {
  const line = lines[start];
  const isFree = line !== undefined && isBlankLine(line);
  return isFree ? { from: start, lines: [line] } : { from: start + 1, lines: [] };
}

interface ReadRow {
  readonly patch: LinePatch;
  readonly unread: readonly string[];
}

function readRow(row: PastedRow, style: 'dot' | 'comma', taxCodes: readonly TaxCode[]): ReadRow {
  const patch: { -readonly [Key in keyof LinePatch]: LinePatch[Key] } = {};
  const unread: string[] = [];
  const number = (value: string, decimals: number, limit: number): number | null => {
    const parsed = parseDecimal(bareNumber(value), { decimals, style });
    if (parsed.ok && Math.abs(parsed.value) <= limit) return parsed.value;
    unread.push(value);
    return null;
  };
  if (row.description !== undefined) patch.description = row.description.slice(0, 2_000);
  if (row.unit !== undefined) patch.unit = row.unit.slice(0, 20);
  if (row.quantity !== undefined) {
    const quantity = number(row.quantity, 3, MAX_QUANTITY);
    if (quantity !== null) patch.quantity = quantity;
  }
  if (row.unitPrice !== undefined) {
    const unitPrice = number(row.unitPrice, 4, MAX_UNIT_PRICE);
    if (unitPrice !== null) patch.unitPrice = unitPrice;
  }
  if (row.discount !== undefined) {
    const percent = number(row.discount, 3, PERCENT_SCALE);
    if (percent !== null && percent >= 0) {
      patch.discount = percent === 0 ? null : { kind: 'percent', percent };
    }
  }
  if (row.tax !== undefined) {
    const code = taxNamed(row.tax, style, taxCodes);
    if (code) patch.tax = snapshotOf(code);
    else unread.push(row.tax);
  }
  return { patch, unread };
}

/** The tax code that is meant by its name or by its rate. */
function taxNamed(
  text: string,
  style: 'dot' | 'comma',
  taxCodes: readonly TaxCode[],
): TaxCode | undefined {
  const name = text.trim().toLowerCase();
  const rate = parseDecimal(bareNumber(text), { decimals: 3, style });
  return (
    taxCodes.find((code) => code.name.toLowerCase() === name) ??
    (rate.ok ? taxCodes.find((code) => code.rate === rate.value) : undefined)
  );
}
