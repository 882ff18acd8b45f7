import type { PaperSize } from '../../domain/document-style';

/** Points per millimetre. */
const MM = 72 / 25.4;
const INCH = 72;

/** Where things stand on a sheet, in points from its upper left corner. */
export interface PageGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Top of the letterhead, and of the text on continuation pages. */
  readonly top: number;
  /** Text ends here; below stands the footer. */
  readonly bottom: number;
  readonly footer: number;
  /** The addressee, in the window of an envelope. */
  readonly window: {
    readonly top: number;
    readonly bottom: number;
    readonly width: number;
    /** Baseline of the small sender's line, where the country's envelopes show one. */
    readonly senderBaseline: number | null;
  };
  /** Column of document facts beside the window. */
  readonly factsLeft: number;
  readonly factsTop: number;
  /** The title stands no higher than this. */
  readonly titleTop: number;
}

/**
 * DIN 5008 form B: text 25 mm from the left edge; the window shows 20 to 105 mm across and 45 to
 * 90 mm down, its upper 17.7 mm for the sender's line and the rest for up to six lines of address.
 */
const A4: PageGeometry = {
  width: 595.28,
  height: 841.89,
  left: 25 * MM,
  right: 190 * MM,
  top: 15 * MM,
  bottom: 275 * MM,
  footer: 281 * MM,
  window: { top: 62.7 * MM, bottom: 90 * MM, width: 78 * MM, senderBaseline: 60 * MM },
  factsLeft: 122 * MM,
  factsTop: 52 * MM,
  titleTop: 98.5 * MM,
};

/**
 * Number 10 window envelope (4 1/2 × 1 1/8 inch, 7/8 from the left, 1/2 from the bottom) and a
 * letter folded in three: wherever the sheet slides, it shows 7/8 to 4 3/8 inch across and from
 * about 2 1/4 inch down.
 */
const LETTER: PageGeometry = {
  width: 612,
  height: 792,
  left: 0.95 * INCH,
  right: 7.75 * INCH,
  top: 0.6 * INCH,
  bottom: 9.95 * INCH,
  footer: 10.25 * INCH,
  window: { top: 2.22 * INCH, bottom: 3.2 * INCH, width: 3.3 * INCH, senderBaseline: null },
  factsLeft: 4.7 * INCH,
  factsTop: 2.05 * INCH,
  titleTop: 3.55 * INCH,
};

export function geometryOf(paper: PaperSize): PageGeometry {
  return paper === 'A4' ? A4 : LETTER;
}
