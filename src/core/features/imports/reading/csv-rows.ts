import Papa from 'papaparse';

/** One row of the table; `line` is where it begins in the file, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote was opened and never closed: only the row's first line was read. */
  readonly isBroken: boolean;
}

/** In the order in which they win when a file fits several. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;

const SLICE = 256 * 1024;
/** No real row is longer; an unclosed quote would swallow the rest of the file. */
const LONGEST_ROW = 1024 * 1024;
const SAMPLE_ROWS = 60;

/**
 * The rows of a CSV text in slices of some hundred, empty ones left out. A generator, so that the
 * caller can let others work between two slices and can stop at any; nothing is kept.
 */
export function* readRows(text: string, delimiter: string): Generator<readonly CsvRow[]> {
  let position = 0;
  let line = 1;
  let size = SLICE;
  while (position < text.length) {
    const isLast = position + size >= text.length;
    const slice = text.slice(position, position + size);
    const parsed = parseSlice(slice, delimiter, !isLast);
    if (parsed.consumed === 0 || parsed.isBroken) {
      if (!isLast && size < LONGEST_ROW) {
        size *= 2;
        continue;
      }
    }
    const { rows, nextLine } = number(parsed.rows, line);
    line = nextLine;
    position += parsed.consumed;
    if (parsed.isBroken || parsed.consumed === 0) {
      const end = text.indexOf('\n', position);
      const broken = text.slice(position, end < 0 ? text.length : end);
      rows.push({ line, cells: broken.split(delimiter), isBroken: true });
      position = end < 0 ? text.length : end + 1;
      line += 1;
    }
    size = SLICE;
    yield rows.filter((row) => row.cells.some((cell) => cell.trim() !== ''));
  }
}

interface ParsedSlice {
  readonly rows: readonly (readonly string[])[];
  /** Characters up to the end of the last whole row. */
  readonly consumed: number;
  /** The row behind `consumed` opens a quote that is not closed within the slice. */
  readonly isBroken: boolean;
}

function parseSlice(slice: string, delimiter: string, ignoreLastRow: boolean): ParsedSlice {
  const parser = new Papa.Parser({ delimiter, newline: '\n', fastMode: false });
  const parsed = parser.parse(slice, 0, ignoreLastRow) as Papa.ParseResult<string[]>;
  const isUnclosed = parsed.errors.some((error) => error.code === 'MissingQuotes');
  if (!isUnclosed) return { rows: parsed.data, consumed: parsed.meta.cursor, isBroken: false };
  const whole = parser.parse(slice, 0, true) as Papa.ParseResult<string[]>;
  return { rows: whole.data, consumed: whole.meta.cursor, isBroken: true };
}

function number(
  rows: readonly (readonly string[])[],
  firstLine: number,
): { readonly rows: CsvRow[]; readonly nextLine: number } {
  let line = firstLine;
  const numbered = rows.map((cells): CsvRow => {
    const row = { line, cells, isBroken: false };
    line += 1 + cells.reduce((count, cell) => count + lineBreaks(cell), 0);
    return row;
  });
  return { rows: numbered, nextLine: line };
}

function lineBreaks(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0;
}

/** The delimiter that cuts the first rows into the most columns, most evenly. */
export function detectDelimiter(text: string): string {
  let best: string = DELIMITERS[0];
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const score = evenness(text.slice(0, SLICE), delimiter);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function evenness(text: string, delimiter: string): number {
  const first = readRows(text, delimiter).next();
  const rows = first.done === true ? [] : first.value.slice(0, SAMPLE_ROWS);
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let score = 0;
  for (const [columns, count] of counts) {
    if (columns > 1) score = Math.max(score, (count / rows.length) ** 2 * columns);
  }
  return score;
}
