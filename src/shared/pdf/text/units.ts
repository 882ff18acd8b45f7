import {
  isHangul,
  isInvisible,
  isMark,
  isNeverFirst,
  isNeverLast,
  isSpace,
  isWide,
} from './characters';

/** A stretch of text that no line breaks inside of; lines may break between two units. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly isSpace: boolean;
}

const ONLY_WORDS_AND_SPACES = /^[ !-~\u00a0-\u00ff]*$/;
const HYPHENS = new Set([0x2d, 0x2f, 0x2010, 0x2013, 0x2014]);
const ZERO_WIDTH_SPACE = 0x200b;

/**
 * Cuts a line of text into units: words, runs of spaces, single ideographs with the marks that
 * may not be parted from them.
 */
export function unitsOf(text: string): readonly Unit[] {
  if (ONLY_WORDS_AND_SPACES.test(text) && !/[a-z][-/][a-z]/i.test(text)) return plainUnits(text);
  const units: Unit[] = [];
  let start = 0;
  let previous = -1;
  for (let index = 0; index < text.length;) {
    const codePoint = text.codePointAt(index) ?? 0;
    if (index > start && isBreakable(text, previous, codePoint, index)) {
      units.push({ start, end: index, isSpace: isSpace(text.codePointAt(start) ?? 0) });
      start = index;
    }
    const isBound = isMark(codePoint) || isInvisible(codePoint);
    if (!isBound || start === index || codePoint === ZERO_WIDTH_SPACE) previous = codePoint;
    index += codePoint > 0xffff ? 2 : 1;
  }
  if (start < text.length) {
    units.push({ start, end: text.length, isSpace: isSpace(text.codePointAt(start) ?? 0) });
  }
  return units;
}

function plainUnits(text: string): readonly Unit[] {
  const units: Unit[] = [];
  let start = 0;
  while (start < text.length) {
    const isGap = text.charCodeAt(start) === 0x20;
    let end = start + 1;
    while (end < text.length && (text.charCodeAt(end) === 0x20) === isGap) end += 1;
    units.push({ start, end, isSpace: isGap });
    start = end;
  }
  return units;
}

/** Whether a line may break between `previous` and the `next` character, which is at `index`. */
function isBreakable(text: string, previous: number, next: number, index: number): boolean {
  // A mark on a space is printed, unlike the space where a line ends.
  if (isMark(next)) return isSpace(previous);
  if (isInvisible(next)) return false;
  if (previous === ZERO_WIDTH_SPACE) return true;
  if (isSpace(previous) !== isSpace(next)) return true;
  if (isSpace(next)) return false;
  if (isNeverFirst(next) || isNeverLast(previous)) return false;
  if (isWide(previous) || isWide(next)) return !isHangul(next) || isWide(previous);
  return HYPHENS.has(previous) && isLetterLike(next) && isLetterLike(text.charCodeAt(index - 2));
}

function isLetterLike(codePoint: number): boolean {
  return codePoint > 0x40 && codePoint !== 0xa0;
}

/** Ends of what a reader takes for one character, for breaking a word longer than its line. */
export function characterEnds(text: string): readonly number[] {
  const ends: number[] = [];
  for (let index = 0; index < text.length;) {
    const codePoint = text.codePointAt(index) ?? 0;
    const end = index + (codePoint > 0xffff ? 2 : 1);
    if (ends.length > 0 && (isMark(codePoint) || isInvisible(codePoint))) ends.pop();
    ends.push(end);
    index = end;
  }
  return ends;
}
