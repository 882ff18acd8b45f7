import type { FontBook, HanStyle } from '../fonts/font-book';
import { fontFile, hanStyleOf, isPrintable, substituteFor } from '../fonts/font-book';
import type { FontFamily, FontWeight } from '../pdf-assets';
import { UnprintableCharactersError } from '../unprintable-characters-error';
import { levelsOf, visualOrder } from './bidi';
import { composed, hasRightToLeft, isIndic, isInvisible, isMark, LINE_BREAKS } from './characters';
import type { GlyphRun, TextLine } from './glyph-run';
import { EMPTY_LINE } from './glyph-run';
import type { Unit } from './units';
import { characterEnds, unitsOf } from './units';
import type { WordShaper } from './word-shaper';

/** Sets the texts of one document in lines of glyphs. */
export interface Typesetter {
  /** The text on one line, line breaks turned to spaces. */
  readonly line: (text: string, weight: FontWeight, han?: HanStyle) => TextLine;
  /** The text broken into lines of at most `width` (in thousandths of the size). */
  readonly wrap: (
    text: string,
    weight: FontWeight,
    width: number,
    han?: HanStyle,
  ) => readonly TextLine[];
}

/** Basic Latin to Cyrillic, without marks: the first font has all of it, in one direction. */
const FIRST_FONT_ONLY =
  /^[ -~\u00a0-\u00ac\u00ae-\u02af\u0388\u038a\u038c\u038e-\u03a1\u03a3-\u03e1\u03f0-\u03ff\u0400-\u0482\u048a-\u052f]*$/;

/** What one character is set with. */
interface Setting {
  readonly family: FontFamily;
  readonly level: number;
}

interface Piece {
  readonly run: GlyphRun;
  readonly level: number;
}

/** Throws `UnprintableCharactersError` from its methods when no font has a character. */
export function createTypesetter(
  fonts: FontBook,
  shapeWord: WordShaper,
  documentHan: HanStyle,
): Typesetter {
  function paragraphOf(text: string, weight: FontWeight, han: HanStyle): Paragraph {
    return FIRST_FONT_ONLY.test(text)
      ? plainParagraph(text, weight, shapeWord)
      : mixedParagraph(text, weight, han, fonts, shapeWord);
  }

  return {
    line(text, weight, han) {
      const clean = composed(text).split(LINE_BREAKS).join(' ').replaceAll('\t', ' ');
      if (clean === '') return EMPTY_LINE;
      const paragraph = paragraphOf(clean, weight, hanStyleOf(clean) ?? han ?? documentHan);
      return lineOf(paragraph.pieces(0, clean.length));
    },
    wrap(text, weight, width, han) {
      const style = hanStyleOf(text) ?? han ?? documentHan;
      return composed(text)
        .replaceAll('\t', ' ')
        .split(LINE_BREAKS)
        .flatMap((line) => wrapParagraph(line, paragraphOf(line, weight, style), width));
    },
  };
}

/** A text without line breaks whose stretches can be shaped. */
interface Paragraph {
  readonly pieces: (start: number, end: number) => readonly Piece[];
}

function plainParagraph(text: string, weight: FontWeight, shapeWord: WordShaper): Paragraph {
  const font = fontFile('NotoSans', weight);
  return {
    pieces: (start, end) => [{ run: shapeWord(text.slice(start, end), font, false), level: 0 }],
  };
}

function mixedParagraph(
  text: string,
  weight: FontWeight,
  han: HanStyle,
  fonts: FontBook,
  shapeWord: WordShaper,
): Paragraph {
  const settings = settingsOf(text, han, fonts);
  return {
    pieces(start, end) {
      const pieces: Piece[] = [];
      let from = start;
      while (from < end) {
        const setting = settings[from] as Setting;
        let to = from + 1;
        while (to < end && isSameRun(text, settings, from, to)) to += 1;
        const font = fontFile(setting.family, weight);
        const run = shapeWord(text.slice(from, to), font, setting.level % 2 === 1);
        pieces.push({ run, level: setting.level });
        from = to;
      }
      return pieces;
    },
  };
}

function isSameRun(
  text: string,
  settings: readonly Setting[],
  first: number,
  index: number,
): boolean {
  const a = settings[first];
  const b = settings[index];
  return (
    a?.family === b?.family &&
    a?.level === b?.level &&
    isIndic(text.charCodeAt(index - 1)) === isIndic(text.charCodeAt(index))
  );
}

/** Font and direction of each UTF-16 unit. */
function settingsOf(text: string, han: HanStyle, fonts: FontBook): readonly Setting[] {
  const levels = hasRightToLeft(text) ? levelsOf(text) : null;
  const settings: Setting[] = [];
  const missing = new Set<string>();
  let previous: FontFamily = 'NotoSans';
  for (let index = 0; index < text.length;) {
    const codePoint = text.codePointAt(index) ?? 0;
    const units = codePoint > 0xffff ? 2 : 1;
    const family = familyFor(codePoint, han, previous, fonts);
    if (family === null) missing.add(text.slice(index, index + units));
    else previous = family;
    for (let unit = 0; unit < units; unit += 1) {
      settings.push({ family: previous, level: levels?.[index + unit] ?? 0 });
    }
    index += units;
  }
  if (missing.size > 0) throw new UnprintableCharactersError(text, [...missing]);
  return settings;
}

function familyFor(
  codePoint: number,
  han: HanStyle,
  previous: FontFamily,
  fonts: FontBook,
): FontFamily | null {
  // A mark stays with its letter, a joiner with its word, as long as that font has it.
  if (isInvisible(codePoint)) return previous;
  if (isMark(codePoint) && fonts.tables(`${previous}-Regular`).glyphOf(codePoint) !== 0) {
    return previous;
  }
  const family = fonts.familyOf(codePoint, han);
  if (family !== null) return family;
  return substituteFor(codePoint) !== null && isPrintable(fonts, codePoint) ? 'NotoSans' : null;
}

function wrapParagraph(text: string, paragraph: Paragraph, width: number): readonly TextLine[] {
  if (text === '') return [EMPTY_LINE];
  const lines: TextLine[] = [];
  let pieces: Piece[] = [];
  let gap: readonly Piece[] = [];
  let used = 0;

  function finish(): void {
    if (pieces.length > 0) lines.push(lineOf(pieces));
    pieces = [];
    gap = [];
    used = 0;
  }

  for (const unit of unitsOf(text)) {
    const next = paragraph.pieces(unit.start, unit.end);
    if (unit.isSpace) {
      gap = next;
      continue;
    }
    const needed = widthOf(gap) + widthOf(next);
    if (pieces.length > 0 && used + needed > width) finish();
    if (widthOf(next) > width) {
      const parts = brokenWord(text, unit, paragraph, width);
      for (const part of parts.slice(0, -1)) lines.push(lineOf(part));
      pieces = [...(parts.at(-1) ?? [])];
    } else {
      // An indent gives way to a word that needs the whole line.
      pieces.push(...(used + needed > width ? [] : gap), ...next);
    }
    used = widthOf(pieces);
    gap = [];
  }
  finish();
  return lines.length > 0 ? lines : [EMPTY_LINE];
}

/** A word wider than a line, cut between characters; every part has at least one. */
function brokenWord(
  text: string,
  unit: Unit,
  paragraph: Paragraph,
  width: number,
): readonly (readonly Piece[])[] {
  const ends = characterEnds(text.slice(unit.start, unit.end)).map((end) => end + unit.start);
  const parts: (readonly Piece[])[] = [];
  let start = unit.start;
  let next = 0;
  while (next < ends.length) {
    let low = next;
    let high = ends.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const fits = widthOf(paragraph.pieces(start, ends[middle] as number)) <= width;
      if (fits) low = middle;
      else high = middle - 1;
    }
    const end = ends[low] as number;
    parts.push(paragraph.pieces(start, end));
    start = end;
    next = low + 1;
  }
  return parts;
}

function widthOf(pieces: readonly Piece[]): number {
  let width = 0;
  for (const piece of pieces) width += piece.run.width;
  return width;
}

function lineOf(pieces: readonly Piece[]): TextLine {
  const isMixed = pieces.some((piece) => piece.level > 0);
  const ordered = isMixed ? visualOrder(pieces) : pieces;
  return { runs: ordered.map((piece) => piece.run), width: widthOf(pieces) };
}
