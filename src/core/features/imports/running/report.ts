import Papa from 'papaparse';

import type { ImportReport } from '../../../../shared/contracts/app-api/imports';
import type { ScreenLanguage } from '../../../../shared/domain/screen-language';
import { readBody } from '../reading/table';
import type { ImportOutcome, ImportSession } from './import-session';
import { REASON_WORDS } from './reason-words';
import { reasonText } from './reasons';

const MOST_ROWS_SHOWN = 1_000;

/** How an import ended, with every row that was not brought in, told in `language`. */
export function buildReport(
  session: ImportSession,
  state: ImportReport['state'],
  language: ScreenLanguage,
): ImportReport {
  const outcome = session.outcome ?? { created: 0, unchanged: 0, refusedRows: [] };
  return {
    importId: session.importId,
    state,
    created: outcome.created,
    unchanged: outcome.unchanged,
    refused: outcome.refusedRows.length,
    refusedRows: outcome.refusedRows
      .slice(0, MOST_ROWS_SHOWN)
      .map(({ line, issues }) => ({ line, issues: [...issues] })),
    reportCsv: Buffer.from(reportText(session, outcome, language), 'utf8').toString('base64'),
  };
}

/**
 * The refused rows as a CSV that can be mended and imported again: line and reason, then the
 * columns of the file. With a byte order mark, for spreadsheet programs.
 */
function reportText(
  { open, mapping }: ImportSession,
  outcome: ImportOutcome,
  language: ScreenLanguage,
): string {
  const words = REASON_WORDS[language];
  const { text, delimiter, head } = open;
  const headerOf = (field: string): string => head.headers[mapping[field] ?? -1] ?? '';
  const reasons = new Map(
    outcome.refusedRows.map(({ line, issues }) => [
      line,
      issues.map((found) => reasonText(words, found, headerOf(found.field))).join(' '),
    ]),
  );
  const rows: string[][] = [[words.line, words.reason, ...head.headers]];
  if (reasons.size > 0) {
    for (const slice of readBody(text, delimiter, head)) {
      for (const { line, cells } of slice) {
        const reason = reasons.get(line);
        if (reason !== undefined) rows.push([String(line), reason, ...cells]);
      }
    }
  }
  const safe = rows.map((cells) => cells.map(harmless));
  return `\ufeff${Papa.unparse(safe, { delimiter, newline: '\r\n' })}\r\n`;
}

/**
 * A cell that a spreadsheet program would take for a formula gets an apostrophe; importing takes
 * it off again. Numbers with a sign stay numbers.
 */
function harmless(cell: string): string {
  const isFormula = /^[\s]*[=+\-@]/u.test(cell) || /^[\t\r]/.test(cell);
  return isFormula && !/^[+-]?[\d.,\s]+$/.test(cell) ? `'${cell}` : cell;
}
