import type { FontFileName } from '../pdf-assets';

/** One glyph to draw, with the characters that it prints. Lengths in thousandths of the size. */
export interface TextGlyph {
  readonly glyph: number;
  /** What a reader gets who copies the glyph; empty where another glyph stands for it all. */
  readonly text: string;
  readonly advance: number;
  /** What the font itself would advance: the difference is kerning. */
  readonly nominal: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** Glyphs of one font in visual order. Shared by all places where the same word stands. */
export interface GlyphRun {
  readonly font: FontFileName;
  /** The characters in the order they are read. */
  readonly text: string;
  readonly isRightToLeft: boolean;
  readonly glyphs: readonly TextGlyph[];
  /** In thousandths of the size. */
  readonly width: number;
}

/** A line ready to draw, its runs from left to right. */
export interface TextLine {
  readonly runs: readonly GlyphRun[];
  /** In thousandths of the size. */
  readonly width: number;
}

export const EMPTY_LINE: TextLine = { runs: [], width: 0 };
