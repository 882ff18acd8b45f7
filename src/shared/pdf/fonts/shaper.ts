import type { WasmHeapExports } from './wasm-heap';
import { copyIn } from './wasm-heap';

/** One glyph of a shaped text, in visual order; lengths in font units. */
export interface ShapedGlyph {
  readonly glyph: number;
  /** Index (UTF-16) of the first character that it stands for. */
  readonly cluster: number;
  readonly advance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** A font that HarfBuzz has loaded. */
export interface ShapingFont {
  readonly shape: (text: string, isRightToLeft: boolean) => readonly ShapedGlyph[];
}

export interface Shaper {
  readonly openFont: (bytes: Uint8Array) => ShapingFont;
}

interface ShaperExports extends WasmHeapExports {
  readonly __wasm_call_ctors: () => void;
  readonly hb_blob_create: (
    data: number,
    length: number,
    mode: number,
    userData: number,
    destroy: number,
  ) => number;
  readonly hb_face_create: (blob: number, index: number) => number;
  readonly hb_font_create: (face: number) => number;
  readonly hb_buffer_create: () => number;
  readonly hb_buffer_clear_contents: (buffer: number) => void;
  readonly hb_buffer_set_direction: (buffer: number, direction: number) => void;
  readonly hb_buffer_set_cluster_level: (buffer: number, level: number) => void;
  readonly hb_buffer_set_flags: (buffer: number, flags: number) => void;
  readonly hb_buffer_guess_segment_properties: (buffer: number) => void;
  readonly hb_buffer_add_utf16: (
    buffer: number,
    text: number,
    textLength: number,
    itemOffset: number,
    itemLength: number,
  ) => void;
  readonly hb_buffer_get_length: (buffer: number) => number;
  readonly hb_buffer_get_glyph_infos: (buffer: number, length: number) => number;
  readonly hb_buffer_get_glyph_positions: (buffer: number, length: number) => number;
  readonly hb_shape: (font: number, buffer: number, features: number, count: number) => void;
}

const MEMORY_MODE_READONLY = 1;
const LEFT_TO_RIGHT = 4;
const RIGHT_TO_LEFT = 5;
/** Marks keep clusters of their own, so that each glyph can say which characters it prints. */
const CLUSTERS_OF_CHARACTERS = 1;
const REMOVE_DEFAULT_IGNORABLES = 0x08;
/** Size of both `hb_glyph_info_t` and `hb_glyph_position_t`. */
const GLYPH_RECORD_BYTES = 20;
const WASM_PAGE_BYTES = 65_536;

/** Starts HarfBuzz for shaping: kerning, marks, Arabic joining, ligatures. */
export async function createShaper(wasm: Uint8Array<ArrayBuffer>): Promise<Shaper> {
  const heap = await instantiate(wasm);
  const buffer = heap.hb_buffer_create();
  let textPointer = 0;
  let textCapacity = 0;

  function putText(text: string): void {
    if (text.length > textCapacity) {
      if (textPointer !== 0) heap.free(textPointer);
      textCapacity = Math.max(256, text.length * 2);
      textPointer = heap.malloc(textCapacity * 2);
    }
    const units = new Uint16Array(heap.memory.buffer, textPointer, text.length);
    for (let index = 0; index < text.length; index += 1) units[index] = text.charCodeAt(index);
  }

  function shape(font: number, text: string, isRightToLeft: boolean): readonly ShapedGlyph[] {
    putText(text);
    heap.hb_buffer_clear_contents(buffer);
    heap.hb_buffer_set_flags(buffer, REMOVE_DEFAULT_IGNORABLES);
    heap.hb_buffer_set_cluster_level(buffer, CLUSTERS_OF_CHARACTERS);
    heap.hb_buffer_add_utf16(buffer, textPointer, text.length, 0, text.length);
    heap.hb_buffer_set_direction(buffer, isRightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT);
    heap.hb_buffer_guess_segment_properties(buffer);
    heap.hb_shape(font, buffer, 0, 0);
    return readGlyphs();
  }

  function readGlyphs(): readonly ShapedGlyph[] {
    const count = heap.hb_buffer_get_length(buffer);
    const infos = heap.hb_buffer_get_glyph_infos(buffer, 0);
    const positions = heap.hb_buffer_get_glyph_positions(buffer, 0);
    const view = new DataView(heap.memory.buffer);
    const glyphs: ShapedGlyph[] = [];
    for (let index = 0; index < count; index += 1) {
      const info = infos + index * GLYPH_RECORD_BYTES;
      const position = positions + index * GLYPH_RECORD_BYTES;
      glyphs.push({
        glyph: view.getUint32(info, true),
        cluster: view.getUint32(info + 8, true),
        advance: view.getInt32(position, true),
        xOffset: view.getInt32(position + 8, true),
        yOffset: view.getInt32(position + 12, true),
      });
    }
    return glyphs;
  }

  return {
    openFont(bytes) {
      const data = copyIn(heap, bytes);
      const blob = heap.hb_blob_create(data, bytes.length, MEMORY_MODE_READONLY, 0, 0);
      // Fonts live as long as the renderer: nothing is destroyed.
      const font = heap.hb_font_create(heap.hb_face_create(blob, 0));
      return { shape: (text, isRightToLeft) => shape(font, text, isRightToLeft) };
    },
  };
}

async function instantiate(wasm: Uint8Array<ArrayBuffer>): Promise<ShaperExports> {
  let memory: WebAssembly.Memory | null = null;
  const { instance } = await WebAssembly.instantiate(wasm, {
    wasi_snapshot_preview1: { proc_exit: fail },
    env: {
      _abort_js: fail,
      _emscripten_runtime_keepalive_clear: () => undefined,
      _setitimer_js: () => 0,
      emscripten_resize_heap: (bytes: number) => (memory !== null && grow(memory, bytes) ? 1 : 0),
    },
  });
  const heap = instance.exports as unknown as ShaperExports;
  memory = heap.memory;
  heap.__wasm_call_ctors();
  return heap;
}

function grow(memory: WebAssembly.Memory, bytes: number): boolean {
  const missing = (bytes >>> 0) - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / WASM_PAGE_BYTES));
  return true;
}

function fail(): never {
  throw new Error('HarfBuzz gave up');
}
