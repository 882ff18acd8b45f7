/** Weights in which every family is bundled. */
export const FONT_WEIGHTS = ['Regular', 'SemiBold'] as const;
export type FontWeight = (typeof FONT_WEIGHTS)[number];

/** Bundled families; a character is printed by the first one that has it (see font-book.ts). */
export const FONT_FAMILIES = [
  'NotoSans',
  'NotoSansHebrew',
  'NotoSansArabic',
  'NotoSansJP',
  'NotoSansSC',
  'NotoSansKR',
] as const;
export type FontFamily = (typeof FONT_FAMILIES)[number];

export type FontFileName = `${FontFamily}-${FontWeight}`;

/** What the renderer needs from outside: it reads no files itself. */
export interface PdfAssets {
  /** HarfBuzz, compiled for shaping (`harfbuzz.wasm` of harfbuzzjs). */
  readonly shaperWasm: Uint8Array<ArrayBuffer>;
  /** HarfBuzz, compiled for subsetting (`harfbuzz-subset.wasm` of harfbuzzjs). */
  readonly subsetterWasm: Uint8Array<ArrayBuffer>;
  /**
   * The bytes of a TrueType font, always the same for a name. Synchronous, because rendering is;
   * called once for the small families, and again for each document that prints with one of the
   * large East Asian ones, which the renderer does not keep in memory.
   */
  readonly loadFont: (name: FontFileName) => Uint8Array;
}
