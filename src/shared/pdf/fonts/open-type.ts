/** The few tables of a TrueType font that the renderer reads itself, copied out of the file. */
export interface FontTables {
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  /** xMin, yMin, xMax, yMax in font units. */
  readonly boundingBox: readonly [number, number, number, number];
  /** The glyph of a code point, 0 when the font has none. */
  readonly glyphOf: (codePoint: number) => number;
  /** Advance width in font units. */
  readonly advanceOf: (glyph: number) => number;
}

interface TableRange {
  readonly offset: number;
  readonly length: number;
}

/** Reads metrics and the character map. Throws on anything that is not a TrueType font. */
export function readFontTables(bytes: Uint8Array): FontTables {
  const view = viewOf(bytes);
  const head = tableOf(view, 'head').offset;
  const hhea = tableOf(view, 'hhea').offset;
  const os2 = tableOf(view, 'OS/2').offset;
  return {
    unitsPerEm: view.getUint16(head + 18),
    boundingBox: [
      view.getInt16(head + 36),
      view.getInt16(head + 38),
      view.getInt16(head + 40),
      view.getInt16(head + 42),
    ],
    ascent: view.getInt16(hhea + 4),
    descent: view.getInt16(hhea + 6),
    capHeight: view.getInt16(os2 + 88),
    glyphOf: readCharacterMap(view),
    advanceOf: readAdvances(view, view.getUint16(hhea + 34)),
  };
}

/**
 * The glyphs with everything that their composites are made of, ascending and with glyph 0: the
 * glyphs of a HarfBuzz subset, in its order.
 */
export function glyphClosure(bytes: Uint8Array, glyphs: Iterable<number>): readonly number[] {
  const view = viewOf(bytes);
  const isLong = view.getInt16(tableOf(view, 'head').offset + 50) === 1;
  const loca = tableOf(view, 'loca').offset;
  const glyf = tableOf(view, 'glyf').offset;
  const offsetOf = (glyph: number): number =>
    isLong ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2;
  const closure = new Set<number>([0, ...glyphs]);
  // A Set is walked in the order of insertion: components are visited too.
  for (const glyph of closure) {
    const start = offsetOf(glyph);
    if (offsetOf(glyph + 1) > start) addComponents(view, glyf + start, closure);
  }
  return [...closure].sort((a, b) => a - b);
}

const ARGUMENTS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_TWO_SCALES = 0x0040;
const HAS_MATRIX = 0x0080;

function addComponents(view: DataView, start: number, closure: Set<number>): void {
  if (view.getInt16(start) >= 0) return;
  let position = start + 10;
  let flags: number;
  do {
    flags = view.getUint16(position);
    closure.add(view.getUint16(position + 2));
    position += 4 + (flags & ARGUMENTS_ARE_WORDS ? 4 : 2);
    if (flags & HAS_SCALE) position += 2;
    else if (flags & HAS_TWO_SCALES) position += 4;
    else if (flags & HAS_MATRIX) position += 8;
  } while (flags & MORE_COMPONENTS);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function tableOf(view: DataView, tag: string): TableRange {
  const count = view.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const record = 12 + index * 16;
    const name = String.fromCharCode(
      view.getUint8(record),
      view.getUint8(record + 1),
      view.getUint8(record + 2),
      view.getUint8(record + 3),
    );
    if (name === tag) {
      return { offset: view.getUint32(record + 8), length: view.getUint32(record + 12) };
    }
  }
  throw new Error(`font without table ${tag}`);
}

function readAdvances(view: DataView, count: number): (glyph: number) => number {
  const hmtx = tableOf(view, 'hmtx').offset;
  const advances = new Uint16Array(count);
  for (let glyph = 0; glyph < count; glyph += 1) advances[glyph] = view.getUint16(hmtx + glyph * 4);
  const last = advances[count - 1] ?? 0;
  return (glyph) => advances[glyph] ?? last;
}

function readCharacterMap(view: DataView): (codePoint: number) => number {
  const cmap = tableOf(view, 'cmap').offset;
  const subtables = new Map<number, number>();
  const count = view.getUint16(cmap + 2);
  for (let index = 0; index < count; index += 1) {
    const offset = cmap + view.getUint32(cmap + 4 + index * 8 + 4);
    subtables.set(view.getUint16(offset), offset);
  }
  const full = subtables.get(12);
  if (full !== undefined) return readSegmentedCoverage(view, full);
  const basic = subtables.get(4);
  if (basic !== undefined) return readSegmentMapping(view, basic);
  throw new Error('font without a Unicode character map');
}

/** Format 12: groups of consecutive code points over all planes. */
function readSegmentedCoverage(view: DataView, offset: number): (codePoint: number) => number {
  const basic = new Uint16Array(0x10000);
  const supplementary = new Map<number, number>();
  const groups = view.getUint32(offset + 12);
  for (let group = 0; group < groups; group += 1) {
    const record = offset + 16 + group * 12;
    const first = view.getUint32(record);
    const last = view.getUint32(record + 4);
    const glyph = view.getUint32(record + 8);
    for (let codePoint = first; codePoint <= last; codePoint += 1) {
      if (codePoint < 0x10000) basic[codePoint] = glyph + codePoint - first;
      else supplementary.set(codePoint, glyph + codePoint - first);
    }
  }
  return (codePoint) =>
    (codePoint < 0x10000 ? basic[codePoint] : supplementary.get(codePoint)) ?? 0;
}

/** Format 4: segments of the basic plane. */
function readSegmentMapping(view: DataView, offset: number): (codePoint: number) => number {
  const basic = new Uint16Array(0x10000);
  const doubled = view.getUint16(offset + 6);
  const ends = offset + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const rangeOffsets = deltas + doubled;
  for (let segment = 0; segment < doubled; segment += 2) {
    const start = view.getUint16(starts + segment);
    const end = view.getUint16(ends + segment);
    const delta = view.getUint16(deltas + segment);
    const rangeOffset = view.getUint16(rangeOffsets + segment);
    for (let codePoint = start; codePoint <= end && codePoint < 0xffff; codePoint += 1) {
      if (rangeOffset === 0) {
        basic[codePoint] = (codePoint + delta) & 0xffff;
        continue;
      }
      const position = rangeOffsets + segment + rangeOffset + (codePoint - start) * 2;
      const glyph = view.getUint16(position);
      basic[codePoint] = glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
  }
  return (codePoint) => basic[codePoint] ?? 0;
}
