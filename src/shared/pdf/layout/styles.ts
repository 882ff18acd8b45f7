/** The only sizes of type on the page, in points. */
export const SMALL = 7.5;
export const BODY = 9;
export const LARGE = 11;
export const TITLE = 18;

/** Distance of baselines. */
export const SMALL_LEADING = 10.5;
export const BODY_LEADING = 12.5;

/** Greys, all legible on a black-and-white printer. */
export const INK = 0.08;
export const SOFT = 0.36;
export const RULE = 0.6;
export const HAIRLINE = 0.85;
export const WATERMARK = 0.93;

/** From the top of a line of type to its baseline, as a share of its size. */
export const ASCENT = 0.95;
