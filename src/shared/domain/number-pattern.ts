import type { NumberSeries, SeriesKind } from './number-series';
import { deviceLetter } from './number-series';
import { languageOf, languagesIntersect, SEQUENCE_DIGITS_MAX } from './number-language';
import type { PatternPart } from './pattern-part';
import { parsePattern } from './pattern-part';
import type { Issue } from './result';
import { issue } from './result';

type Shape = Pick<NumberSeries, 'pattern' | 'letter'>;
type Checked = Pick<NumberSeries, 'uid' | 'pattern' | 'letter' | 'resetsYearly'>;

/** Patterns of a new series; all of them start anew each year. */
export const DEFAULT_PATTERNS: Readonly<Record<Exclude<SeriesKind, 'imported'>, string>> = {
  invoice: 'INV-{YYYY}-{SERIES}{0000}',
  credit_note: 'CN-{YYYY}-{SERIES}{0000}',
  order: 'ORD-{YYYY}-{SERIES}{0000}',
};

/** The highest sequence number of a series; the collision check relies on it. */
export const MAX_SEQUENCE = 10 ** SEQUENCE_DIGITS_MAX - 1;
export const MAX_NUMBER_LENGTH = 50;

/** Prints a number. The pattern is one that `checkPattern` accepted; anything else throws. */
export function formatNumber(
  series: Shape,
  { year, sequence }: { readonly year: number; readonly sequence: number },
): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > MAX_SEQUENCE) {
    throw new Error(`sequence out of range: ${sequence}`);
  }
  if (!Number.isInteger(year) || year < 1000 || year > 9999) {
    throw new Error(`year out of range: ${year}`);
  }
  return parsePattern(series.pattern)
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'year4':
          return String(year);
        case 'year2':
          return String(year).slice(-2);
        case 'series':
          return series.letter;
        case 'sequence':
          return String(sequence).padStart(part.width, '0');
        default:
          throw new Error(`unusable number pattern: ${series.pattern}`);
      }
    })
    .join('');
}

/**
 * Reads back a number of the series, null when it is none of it. The year is null where the
 * pattern has none; two digits mean 2000 to 2099.
 */
export function parseNumber(
  series: Shape,
  text: string,
): { readonly year: number | null; readonly sequence: number } | null {
  const parts = parsePattern(series.pattern);
  if (parts.some((part) => part.kind === 'unknown')) return null;
  const expression = parts.map((part) => expressionOf(part, series.letter)).join('');
  const groups = new RegExp(`^${expression}$`).exec(text)?.groups;
  if (!groups) return null;
  const sequence = Number(groups['sequence']);
  const { year4, year2 } = groups;
  const year =
    year4 !== undefined ? Number(year4) : year2 !== undefined ? 2000 + Number(year2) : null;
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > MAX_SEQUENCE) return null;
  if (year !== null && year < 1000) return null;
  // Rejects what only looks like the pattern, such as zeros beyond the width.
  return formatNumber(series, { year: year ?? 2000, sequence }) === text
    ? { year, sequence }
    : null;
}

function expressionOf(part: PatternPart, letter: string): string {
  switch (part.kind) {
    case 'text':
      return part.text.replace(/[^A-Za-z0-9]/g, '\\$&');
    case 'year4':
      return '(?<year4>\\d{4})';
    case 'year2':
      return '(?<year2>\\d{2})';
    case 'series':
      return letter;
    default:
      return '(?<sequence>\\d+)';
  }
}

/**
 * Everything that is wrong with a series' pattern, best asked before it is saved. `others` are the
 * other series of the business; imported history is passed over (its numbers follow no pattern and
 * are compared one by one).
 *
 * Codes on `pattern`: `token_unknown` (params `token`), `token_repeated`, `sequence_token_missing`,
 * `sequence_too_wide`, `series_token_missing`, `year_token_missing`, `characters_not_allowed`,
 * `number_too_long`, `pattern_collides` (params `pattern`, `letter` of the other series).
 *
 * Within one series no two (year, sequence) print alike once this returns nothing: only the
 * sequence varies in length, so the length of a number tells where each part stands; a series that
 * starts anew each year shows the year (two digits tell a hundred years apart).
 */
export function checkPattern(series: Checked, others: readonly NumberSeries[]): readonly Issue[] {
  const own = checkShape(series);
  if (own.length > 0) return own;
  const language = languageOf(parsePattern(series.pattern), series.letter);
  return others
    .filter((other) => other.uid !== series.uid && other.kind !== 'imported')
    .filter((other) => checkShape(other).length === 0)
    .filter((other) =>
      languagesIntersect(language, languageOf(parsePattern(other.pattern), other.letter)),
    )
    .map(({ pattern, letter }) => issue('pattern', 'pattern_collides', { pattern, letter }));
}

function checkShape(series: Omit<Checked, 'uid'>): readonly Issue[] {
  const parts = parsePattern(series.pattern);
  const unknown = parts.find((part) => part.kind === 'unknown');
  if (unknown) return [issue('pattern', 'token_unknown', { token: unknown.text })];
  const count = (kind: PatternPart['kind']): number =>
    parts.filter((part) => part.kind === kind).length;
  const years = count('year4') + count('year2');
  const sequence = parts.find((part) => part.kind === 'sequence');
  const issues: Issue[] = [];
  if (!sequence) issues.push(issue('pattern', 'sequence_token_missing'));
  else if (sequence.width > SEQUENCE_DIGITS_MAX) issues.push(issue('pattern', 'sequence_too_wide'));
  if (count('sequence') > 1 || years > 1 || count('series') > 1) {
    issues.push(issue('pattern', 'token_repeated'));
  }
  if (series.letter !== '' && count('series') === 0) {
    issues.push(issue('pattern', 'series_token_missing', { letter: series.letter }));
  }
  if (series.resetsYearly && years === 0) issues.push(issue('pattern', 'year_token_missing'));
  if (parts.some((part) => part.kind === 'text' && !/^[A-Za-z0-9\-/._# ]*$/.test(part.text))) {
    issues.push(issue('pattern', 'characters_not_allowed'));
  }
  if (longestNumber(parts, series.letter) > MAX_NUMBER_LENGTH) {
    issues.push(issue('pattern', 'number_too_long', { max: MAX_NUMBER_LENGTH }));
  }
  return issues;
}

function longestNumber(parts: readonly PatternPart[], letter: string): number {
  const lengths = parts.map((part) => {
    switch (part.kind) {
      case 'text':
      case 'unknown':
        return part.text.length;
      case 'year4':
        return 4;
      case 'year2':
        return 2;
      case 'series':
        return letter.length;
      default:
        return SEQUENCE_DIGITS_MAX;
    }
  });
  return lengths.reduce((sum, length) => sum + length, 0);
}

/**
 * The letter of the next series, in the order in which the cloud gives them to devices. `used` holds
 * every letter ever given, also of retired series.
 */
export function nextLetter(used: readonly string[]): string {
  const taken = new Set(used);
  for (let index = 0; ; index += 1) {
    const letter = deviceLetter(index);
    if (!taken.has(letter)) return letter;
  }
}

/** The last letters of all, which no business has devices enough to reach: ZZZ, ZZY and so on. */
export function provisionalLetter(used: readonly string[]): string {
  const taken = new Set(used);
  for (const first of LAST_LETTERS) {
    for (const second of LAST_LETTERS) {
      const letter = `Z${first}${second}`;
      if (!taken.has(letter)) return letter;
    }
  }
  throw new Error('all provisional letters are used');
}

const LAST_LETTERS = 'ZYXWVUTSRQPONMLKJIHGFEDCBA';
