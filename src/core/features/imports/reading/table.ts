import type { ImportKind } from '../../../../shared/contracts/app-api/imports';
import type { Result } from '../../../../shared/domain/result';
import { ok, refused } from '../../../../shared/domain/result';
import { countKnownHeaders } from '../mapping/mapping';
import type { CsvRow } from './csv-rows';
import { readRows } from './csv-rows';

/** Where the table of a file begins. */
export interface TableHead {
  /** Line of the header; what stands above it is a title. */
  readonly line: number;
  readonly headers: readonly string[];
}

/** Reports have their title and period above the header. */
const TITLE_ROWS = 15;
const MOST_COLUMNS = 500;

/**
 * Finds the header: the first of the top rows that names at least two fields, else the first row
 * unless it looks like data. Refused on `file`: `file_empty`, `header_missing`, `file_no_rows`,
 * `too_many_columns`.
 */
export function findHeader(kind: ImportKind, text: string, delimiter: string): Result<TableHead> {
  const top = topRows(text, delimiter);
  const [first] = top;
  if (!first) return refused('file', 'file_empty');
  const named = top
    .map((row) => ({ row, count: countKnownHeaders(kind, row.cells) }))
    .sort((a, b) => b.count - a.count)[0];
  const isNamed =
    named !== undefined && (named.count >= 2 || (named.count === 1 && named.row === first));
  if (!isNamed && looksLikeData(first)) return refused('file', 'header_missing');
  const head = isNamed ? named.row : first;
  if (head.cells.length > MOST_COLUMNS) return refused('file', 'too_many_columns');
  if (top.at(-1) === head) return refused('file', 'file_no_rows');
  return ok({ line: head.line, headers: head.cells.map((cell) => cell.trim()) });
}

function topRows(text: string, delimiter: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  for (const slice of readRows(text, delimiter)) {
    rows.push(...slice.slice(0, TITLE_ROWS + 1 - rows.length));
    if (rows.length > TITLE_ROWS) break;
  }
  return rows;
}

/** Headers hold neither addresses nor amounts nor dates, and each column has one. */
function looksLikeData(row: CsvRow): boolean {
  const cells = row.cells.map((cell) => cell.trim());
  return (
    cells.some((cell) => /@\S+\.\S+$|^[-(]?[\p{Sc}\s]*\d[\d.,\s/:-]*\)?[\s\p{Sc}]*$/u.test(cell)) ||
    cells.some((cell) => cell === '')
  );
}

/** The rows below the header, in slices; the last rows of a report are its totals. */
export function* readBody(
  text: string,
  delimiter: string,
  head: TableHead,
): Generator<readonly CsvRow[]> {
  for (const slice of readRows(text, delimiter)) {
    const body = slice.filter((row) => row.line > head.line && !isFooter(row, head));
    if (body.length > 0) yield body;
  }
}

/** Of a report with a title: its totals, and notes in the first cell alone. */
function isFooter(row: CsvRow, head: TableHead): boolean {
  if (head.line === 1 || row.isBroken) return false;
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  return filled.length <= 1 || /^(grand )?total\b/i.test(filled[0] ?? '');
}
