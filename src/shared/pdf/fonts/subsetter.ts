import { glyphClosure } from './open-type';
import type { WasmHeapExports } from './wasm-heap';
import { copyIn, tagOf } from './wasm-heap';

/** A font reduced to some glyphs. */
export interface FontSubset {
  readonly bytes: Uint8Array;
  /** Glyph of the whole font → glyph of the subset. */
  readonly newGlyphOf: ReadonlyMap<number, number>;
}

export interface SubsettableFont {
  readonly subset: (glyphs: ReadonlySet<number>) => FontSubset;
  readonly close: () => void;
}

export interface Subsetter {
  readonly openFont: (bytes: Uint8Array) => SubsettableFont;
}

interface SubsetterExports extends WasmHeapExports {
  readonly _initialize: () => void;
  readonly hb_blob_create: (
    data: number,
    length: number,
    mode: number,
    userData: number,
    destroy: number,
  ) => number;
  readonly hb_blob_destroy: (blob: number) => void;
  readonly hb_blob_get_length: (blob: number) => number;
  readonly hb_blob_get_data: (blob: number, length: number) => number;
  readonly hb_face_create: (blob: number, index: number) => number;
  readonly hb_face_destroy: (face: number) => void;
  readonly hb_face_reference_blob: (face: number) => number;
  readonly hb_set_add: (set: number, value: number) => void;
  readonly hb_subset_input_create_or_fail: () => number;
  readonly hb_subset_input_destroy: (input: number) => void;
  readonly hb_subset_input_glyph_set: (input: number) => number;
  readonly hb_subset_input_set: (input: number, kind: number) => number;
  readonly hb_subset_input_set_flags: (input: number, flags: number) => void;
  readonly hb_subset_or_fail: (face: number, input: number) => number;
}

const MEMORY_MODE_READONLY = 1;
const NO_HINTING = 0x0001;
const NOTDEF_OUTLINE = 0x0040;
const NO_LAYOUT_CLOSURE = 0x0200;
const SET_OF_DROPPED_TABLES = 3;

/**
 * Tables that a font inside a PDF has no use for: glyphs are addressed by number, text was shaped
 * before, names and style stand in the font descriptor (ISO 32000-1, 9.9, table 126).
 */
const DROPPED_TABLES =
  'BASE DSIG GDEF GPOS GSUB HVAR JSTF LTSH MVAR OS/2 PCLT STAT VDMX VORG avar cmap fvar gasp gvar ' +
  'hdmx kern meta name post vhea vmtx';

/** Starts HarfBuzz for subsetting. */
export async function createSubsetter(wasm: Uint8Array<ArrayBuffer>): Promise<Subsetter> {
  const { instance } = await WebAssembly.instantiate(wasm, {});
  const heap = instance.exports as unknown as SubsetterExports;
  heap._initialize();
  return { openFont: (bytes) => openFont(heap, bytes) };
}

function openFont(heap: SubsetterExports, bytes: Uint8Array): SubsettableFont {
  const data = copyIn(heap, bytes);
  const blob = heap.hb_blob_create(data, bytes.length, MEMORY_MODE_READONLY, 0, 0);
  const face = heap.hb_face_create(blob, 0);
  return {
    subset(glyphs) {
      const closure = glyphClosure(bytes, glyphs);
      const subset = subsetFace(heap, face, closure);
      if (glyphCountOf(subset) !== closure.length) {
        throw new Error('the subset has other glyphs than expected');
      }
      return { bytes: subset, newGlyphOf: new Map(closure.map((glyph, index) => [glyph, index])) };
    },
    close() {
      heap.hb_face_destroy(face);
      heap.hb_blob_destroy(blob);
      heap.free(data);
    },
  };
}

function subsetFace(
  heap: SubsetterExports,
  face: number,
  glyphs: readonly number[],
): Uint8Array<ArrayBuffer> {
  const input = heap.hb_subset_input_create_or_fail();
  if (input === 0) throw new Error('out of memory for a font subset');
  try {
    heap.hb_subset_input_set_flags(input, NO_HINTING | NOTDEF_OUTLINE | NO_LAYOUT_CLOSURE);
    const wanted = heap.hb_subset_input_glyph_set(input);
    for (const glyph of glyphs) heap.hb_set_add(wanted, glyph);
    const dropped = heap.hb_subset_input_set(input, SET_OF_DROPPED_TABLES);
    for (const table of DROPPED_TABLES.split(' ')) heap.hb_set_add(dropped, tagOf(table));
    const subset = heap.hb_subset_or_fail(face, input);
    if (subset === 0) throw new Error('the font could not be subset');
    const blob = heap.hb_face_reference_blob(subset);
    const start = heap.hb_blob_get_data(blob, 0);
    const length = heap.hb_blob_get_length(blob);
    const bytes = new Uint8Array(heap.memory.buffer).slice(start, start + length);
    heap.hb_blob_destroy(blob);
    heap.hb_face_destroy(subset);
    return bytes;
  } finally {
    heap.hb_subset_input_destroy(input);
  }
}

/** `numGlyphs` of the table `maxp`. */
function glyphCountOf(font: Uint8Array): number {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const maxp = tagOf('maxp');
  for (let record = 12; record < 12 + view.getUint16(4) * 16; record += 16) {
    if (view.getUint32(record) === maxp) return view.getUint16(view.getUint32(record + 8) + 4);
  }
  throw new Error('font without table maxp');
}
