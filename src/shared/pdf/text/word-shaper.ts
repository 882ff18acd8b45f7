import type { FontBook } from '../fonts/font-book';
import type { FontTables } from '../fonts/open-type';
import type { ShapedGlyph, ShapingFont } from '../fonts/shaper';
import type { FontFileName } from '../pdf-assets';
import { substituteFor } from '../fonts/font-book';
import { isInvisible } from './characters';
import type { GlyphRun, TextGlyph } from './glyph-run';

/** Shapes a stretch of text that one font prints in one direction. */
export type WordShaper = (text: string, font: FontFileName, isRightToLeft: boolean) => GlyphRun;

/** Latin, Greek and Cyrillic letters and signs without marks: kerning is all they need. */
const PLAIN =
  /^[ -~\u00a0-\u00ac\u00ae-\u024f\u0370-\u03e1\u03f0-\u0482\u048a-\u052f\u2010-\u2022\u2026\u2030\u20a0-\u20bf\u2116\u2122\u2212]+$/;

/** How two neighbouring glyphs change each other; null when only the whole word tells. */
type Kerning = Map<number, number | null>;

/** The kerning found so far stays with the fonts, shaped words with the document. */
export function createWordShaper(fonts: FontBook): () => WordShaper {
  const kerning = new Map<FontFileName, Kerning>();
  return () => {
    const words = new Map<string, GlyphRun>();
    return (text, font, isRightToLeft) => {
      const key = `${font}${isRightToLeft ? '<' : '>'}${text}`;
      const known = words.get(key);
      if (known !== undefined) return known;
      const run = shapeWord(fonts, kerning, text, font, isRightToLeft);
      words.set(key, run);
      return run;
    };
  };
}

function shapeWord(
  fonts: FontBook,
  kerning: Map<FontFileName, Kerning>,
  text: string,
  font: FontFileName,
  isRightToLeft: boolean,
): GlyphRun {
  const tables = fonts.tables(font);
  const shaping = fonts.shaping(font);
  if (shaping === null) return runOf(glyphByGlyph(tables, text, isRightToLeft));
  if (!isRightToLeft && PLAIN.test(text)) {
    let pairs = kerning.get(font);
    if (pairs === undefined) kerning.set(font, (pairs = new Map<number, number | null>()));
    const glyphs = kernedGlyphs(tables, shaping, pairs, text);
    if (glyphs !== null) return runOf(glyphs);
  }
  return runOf(wholeWord(tables, shaping, text, isRightToLeft));

  function runOf(glyphs: readonly TextGlyph[]): GlyphRun {
    let width = 0;
    for (const glyph of glyphs) width += glyph.advance;
    return { font, text, isRightToLeft, glyphs, width };
  }
}

function glyphOf(tables: FontTables, codePoint: number): number {
  const glyph = tables.glyphOf(codePoint);
  return glyph === 0 ? tables.glyphOf(substituteFor(codePoint) ?? codePoint) : glyph;
}

/** One glyph for each character: East Asian fonts, whose letters do not depend on neighbours. */
function glyphByGlyph(
  tables: FontTables,
  text: string,
  isRightToLeft: boolean,
): readonly TextGlyph[] {
  const glyphs: TextGlyph[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (isInvisible(codePoint)) continue;
    glyphs.push(plainGlyph(tables, glyphOf(tables, codePoint), character, 0));
  }
  return isRightToLeft ? glyphs.reverse() : glyphs;
}

function plainGlyph(tables: FontTables, glyph: number, text: string, kern: number): TextGlyph {
  if (glyph === 0) throw new Error(`no glyph for a character that was found before: ${text}`);
  const nominal = scaled(tables, tables.advanceOf(glyph));
  return { glyph, text, nominal, advance: nominal + kern, xOffset: 0, yOffset: 0 };
}

/**
 * Sets a plain word from the kerning of its pairs, asking HarfBuzz for each pair of letters once:
 * ten times faster than shaping every word, with the same outcome. Null where a pair makes a
 * ligature or changes its letters.
 */
function kernedGlyphs(
  tables: FontTables,
  shaping: ShapingFont,
  pairs: Kerning,
  text: string,
): readonly TextGlyph[] | null {
  const glyphs: TextGlyph[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    let kern: number | null = 0;
    if (index + 1 < text.length) {
      const pair = unit * 0x10000 + text.charCodeAt(index + 1);
      const known = pairs.get(pair);
      kern = known === undefined ? kerningOf(tables, shaping, text.slice(index, index + 2)) : known;
      if (known === undefined) pairs.set(pair, kern);
      if (kern === null) return null;
    }
    glyphs.push(plainGlyph(tables, glyphOf(tables, unit), text.charAt(index), kern));
  }
  return glyphs;
}

function kerningOf(tables: FontTables, shaping: ShapingFont, pair: string): number | null {
  const [first, second, ...more] = shaping.shape(pair, false);
  if (first === undefined || second === undefined || more.length > 0) return null;
  const isPlain =
    first.glyph === glyphOf(tables, pair.charCodeAt(0)) &&
    second.glyph === glyphOf(tables, pair.charCodeAt(1)) &&
    second.advance === tables.advanceOf(second.glyph) &&
    [first, second].every((glyph) => glyph.xOffset === 0 && glyph.yOffset === 0);
  return isPlain ? scaled(tables, first.advance - tables.advanceOf(first.glyph)) : null;
}

function wholeWord(
  tables: FontTables,
  shaping: ShapingFont,
  text: string,
  isRightToLeft: boolean,
): readonly TextGlyph[] {
  const printable = [...text]
    .map((character) => {
      const substitute = substituteFor(character.codePointAt(0) ?? 0);
      const isMissing = substitute !== null && tables.glyphOf(character.codePointAt(0) ?? 0) === 0;
      return isMissing ? String.fromCodePoint(substitute) : character;
    })
    .join('');
  const shaped = shaping.shape(printable, isRightToLeft);
  const texts = textsOf(shaped, text);
  return shaped.map((glyph, index) => {
    if (glyph.glyph === 0) throw new Error(`shaping lost a character of: ${text}`);
    return {
      glyph: glyph.glyph,
      text: texts[index] ?? '',
      nominal: scaled(tables, tables.advanceOf(glyph.glyph)),
      advance: scaled(tables, glyph.advance),
      xOffset: scaled(tables, glyph.xOffset),
      yOffset: scaled(tables, glyph.yOffset),
    };
  });
}

/** Deals the characters out to the glyphs: a cluster's text goes to its widest glyph. */
function textsOf(shaped: readonly ShapedGlyph[], text: string): readonly string[] {
  const starts = [...new Set(shaped.map((glyph) => glyph.cluster))].sort((a, b) => a - b);
  const texts: string[] = shaped.map(() => '');
  starts.forEach((start, position) => {
    const members = shaped.flatMap((glyph, index) => (glyph.cluster === start ? [index] : []));
    const bearer = members.reduce((best, index) =>
      (shaped[index]?.advance ?? 0) > (shaped[best]?.advance ?? 0) ? index : best,
    );
    texts[bearer] = text.slice(position === 0 ? 0 : start, starts[position + 1] ?? text.length);
  });
  return texts;
}

function scaled(tables: FontTables, length: number): number {
  return tables.unitsPerEm === 1000 ? length : Math.round((length * 1000) / tables.unitsPerEm);
}
