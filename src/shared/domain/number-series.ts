import { z } from 'zod';

import { seriesUid } from './ids';
import { line } from './text';

export const seriesKind = z.enum(['invoice', 'credit_note', 'order', 'imported']);
export type SeriesKind = z.infer<typeof seriesKind>;

/**
 * A series of numbers, opened by one issuer (DOMAIN 12). `pattern` is literal text with the tokens
 * `{YYYY}`, `{YY}`, `{SERIES}` (the letter) and one run of zeros in braces, `{0000}`, for the
 * sequence padded to that width.
 */
export const numberSeries = z.object({
  uid: seriesUid,
  kind: seriesKind,
  /** A device uid, `cloud` or `import`. */
  issuer: z.string(),
  /** Empty for the first device of a business, `B` for the second, and so on. */
  letter: z.string().regex(/^[A-Z]{0,3}$/),
  pattern: line(40, 1),
  resetsYearly: z.boolean(),
});
export type NumberSeries = z.infer<typeof numberSeries>;

/** What of a series a person can change; where it begins is between a device and its ledger. */
export const seriesInput = numberSeries.pick({ pattern: true, resetsYearly: true });

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Letters that begin with this one are the cloud's: `C`, and those it takes after a restore. */
export const CLOUD_LETTER = 'C';

/**
 * The letter of the device that was the `index`-th (from 0) to join a business: empty, then B, D,
 * E … Z, AA, AB … BA … DA … (DOMAIN 12). A is left out, as the place of the one without a letter,
 * and so is whatever begins with C.
 */
export function deviceLetter(index: number): string {
  let left = index;
  if (left === 0) return '';
  for (let length = 1; ; length += 1) {
    const following = LETTERS.length ** (length - 1);
    const initials = [...LETTERS].filter(
      (letter) => letter !== CLOUD_LETTER && (length > 1 || letter !== 'A'),
    );
    const count = initials.length * following;
    if (left <= count) return spelled(initials, left - 1, length);
    left -= count;
  }
}

function spelled(initials: readonly string[], place: number, length: number): string {
  let text = '';
  let rest = place;
  for (let position = 1; position < length; position += 1) {
    text = LETTERS.charAt(rest % LETTERS.length) + text;
    rest = Math.floor(rest / LETTERS.length);
  }
  return `${initials[rest] ?? ''}${text}`;
}
