import type { FontBook } from '../fonts/font-book';
import type { FontFileName } from '../pdf-assets';
import type { GlyphRun, TextGlyph } from '../text/glyph-run';
import type { JsPdfWriter } from './jspdf-internals';

/** A font as far as one document uses it, filling while pages are drawn. */
export interface EmbeddedFont {
  /** The operands of `TJ` that draw a run at a size, without the brackets. */
  readonly encode: (run: GlyphRun, size: number) => string;
  /** Writes the subset and its dictionaries; returns the number of the font object. */
  readonly write: (writer: JsPdfWriter) => number;
}

/**
 * Every pair of a glyph and the characters it prints gets a code of its own, in the order of first
 * use, so that copying gives back exactly what was typed even where characters share a glyph.
 */
export function createEmbeddedFont(name: FontFileName, fonts: FontBook): EmbeddedFont {
  const codes = new Map<string, string>();
  const used: TextGlyph[] = [];
  const encoded = new Map<GlyphRun, string>();

  function codeOf(glyph: TextGlyph): string {
    const key = `${glyph.glyph} ${glyph.text}`;
    const known = codes.get(key);
    if (known !== undefined) return known;
    used.push(glyph);
    const code = hex4(used.length);
    codes.set(key, code);
    return code;
  }

  return {
    encode(run, size) {
      if (run.glyphs.some(isSetMark)) return markedOperands(run, size, codeOf);
      const known = encoded.get(run);
      if (known !== undefined) return known;
      const operands = operandsOf(run.glyphs, size, codeOf);
      encoded.set(run, operands);
      return operands;
    },
    write: (writer) => writeFont(writer, name, fonts, used),
  };
}

/** A vowel sign or accent that was placed on its letter instead of after it. */
function isSetMark(glyph: TextGlyph): boolean {
  return glyph.text !== '' && (glyph.yOffset !== 0 || glyph.advance === 0);
}

/**
 * Readers guess the order of letters from their places, which marks do not have: it is told. From
 * right to left it is told as it stands on the page, for that is how poppler takes it.
 */
function markedOperands(run: GlyphRun, size: number, codeOf: (glyph: TextGlyph) => string): string {
  const text = utf16(run.isRightToLeft ? [...run.text].reverse().join('') : run.text);
  return `]TJ /Span <</ActualText <feff${text}>>> BDC [${operandsOf(run.glyphs, size, codeOf)}]TJ EMC [`;
}

function operandsOf(
  glyphs: readonly TextGlyph[],
  size: number,
  codeOf: (glyph: TextGlyph) => string,
): string {
  let operands = '';
  let codes = '';
  // Moves before the next glyph, summed: two numbers in a row would run together.
  let move = 0;
  const show = (): void => {
    if (codes !== '') operands += `<${codes}>`;
    codes = '';
    if (move !== 0) operands += String(move);
    move = 0;
  };
  for (const glyph of glyphs) {
    move -= glyph.xOffset;
    if (move !== 0) show();
    if (glyph.yOffset === 0) {
      codes += codeOf(glyph);
    } else {
      show();
      const rise = Math.round(glyph.yOffset * size) / 1000;
      operands += `]TJ ${rise} Ts <${codeOf(glyph)}>Tj 0 Ts [`;
    }
    move += glyph.nominal - glyph.advance + glyph.xOffset;
  }
  show();
  return operands;
}

function writeFont(
  writer: JsPdfWriter,
  name: FontFileName,
  fonts: FontBook,
  used: readonly TextGlyph[],
): number {
  const subset = fonts.withSubsettable(name, (font) =>
    font.subset(new Set(used.map((glyph) => glyph.glyph))),
  );
  const newGlyphs = used.map((glyph) => subset.newGlyphOf.get(glyph.glyph) ?? 0);
  const tables = fonts.tables(name);
  const scale = 1000 / tables.unitsPerEm;
  const baseFont = `${subsetTag(used)}+${name}`;

  const file = writer.stream(binaryString(subset.bytes), true);
  const toUnicode = writer.stream(toUnicodeMap(used));
  // Code 0 is .notdef.
  const glyphMap = writer.stream(
    `\0\0${newGlyphs.map((glyph) => String.fromCharCode(glyph >> 8, glyph & 0xff)).join('')}`,
  );
  const box = tables.boundingBox.map((side) => Math.round(side * scale)).join(' ');
  const descriptor = writer.object(
    `<</Type/FontDescriptor/FontName/${baseFont}/Flags 4/FontBBox[${box}]/ItalicAngle 0` +
      `/Ascent ${Math.round(tables.ascent * scale)}/Descent ${Math.round(tables.descent * scale)}` +
      `/CapHeight ${Math.round(tables.capHeight * scale)}/StemV ${name.endsWith('SemiBold') ? 120 : 80}` +
      `/FontFile2 ${file} 0 R>>`,
  );
  const widths = used.map((glyph) => glyph.nominal).join(' ');
  const descendant = writer.object(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${baseFont}` +
      `/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>` +
      `/FontDescriptor ${descriptor} 0 R/DW 1000/W[1[${widths}]]/CIDToGIDMap ${glyphMap} 0 R>>`,
  );
  return writer.object(
    `<</Type/Font/Subtype/Type0/BaseFont/${baseFont}/Encoding/Identity-H` +
      `/DescendantFonts[${descendant} 0 R]/ToUnicode ${toUnicode} 0 R>>`,
  );
}

/** A name of its own for each subset, as the PDF standard asks: six letters from its content. */
function subsetTag(used: readonly TextGlyph[]): string {
  let hash = 0x811c9dc5;
  for (const glyph of used) hash = Math.imul(hash ^ glyph.glyph, 0x01000193) >>> 0;
  let tag = '';
  for (let letter = 0; letter < 6; letter += 1) {
    tag += String.fromCharCode(65 + (hash % 26));
    hash = Math.floor(hash / 26);
  }
  return tag;
}

/** At most 100 entries stand in one block (Adobe Technical Note 5411). */
const BLOCK_ENTRIES = 100;

function toUnicodeMap(used: readonly TextGlyph[]): string {
  const entries = used.flatMap((glyph, index) =>
    glyph.text === '' ? [] : [`<${hex4(index + 1)}><${utf16(glyph.text)}>`],
  );
  const blocks: string[] = [];
  for (let start = 0; start < entries.length; start += BLOCK_ENTRIES) {
    const block = entries.slice(start, start + BLOCK_ENTRIES);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit/ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CMapName/Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000><FFFF>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'end',
    'end',
  ].join('\n');
}

function utf16(text: string): string {
  let hex = '';
  for (let index = 0; index < text.length; index += 1) hex += hex4(text.charCodeAt(index));
  return hex;
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}

const CHUNK_BYTES = 8_192;

function binaryString(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  }
  return text;
}
