import { z } from 'zod';

/** Characters that steer devices and say nothing (C0 and C1), but for tabs and line breaks. */
const CONTROL = String.raw`\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f`;

/**
 * Characters that nobody sees where they stand alone: spaces, joiners, marks of direction, fillers.
 * Written out, as `\p{…}` is not known to every dialect of expressions.
 */
const INVISIBLE = String.raw`\u034f\ufe00-\ufe0f\s\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb`;

const CONTROLS = new RegExp(`[${CONTROL}]+`, 'gu');
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
// Each of them stands for itself.
// eslint-disable-next-line no-misleading-character-class
const SEEN = new RegExp(`[^${INVISIBLE}]`, 'u');

const CHARACTER = `[^${CONTROL}]`;
const IN_LINE = `[^${CONTROL}\\t\\n\\r\\u2028\\u2029]`;
const VISIBLE = `[^${CONTROL}${INVISIBLE}]`;

/** Expressions for texts that stay as they are, in words that every dialect has. */
export const PATTERNS = {
  text: `^${CHARACTER}*$`,
  someText: `^${CHARACTER}*${VISIBLE}${CHARACTER}*$`,
  line: `^${IN_LINE}*$`,
  someLine: `^${IN_LINE}*${VISIBLE}${IN_LINE}*$`,
} as const;

/** Whether there is anything to see in a text. */
export function isVisible(value: string): boolean {
  return SEEN.test(value);
}

/** Whether a text has more than one line, or a tab in it. */
export function hasBreaks(value: string): boolean {
  return value.search(BREAKS) >= 0;
}

/** A text without control characters; half a surrogate pair is replaced, as UTF-8 cannot hold it. */
export function cleanText(value: string): string {
  return value.toWellFormed().replaceAll(CONTROLS, '');
}

/** The same as one line, trimmed; empty where there is nothing to see. */
export function cleanLine(value: string): string {
  const line = cleanText(value.replaceAll(BREAKS, ' ')).trim();
  return isVisible(line) ? line : '';
}

/**
 * What somebody types or pastes, of several lines: what cannot be kept of it is left out, and is no
 * error. Both sides of sync clean alike, so what the one keeps the other takes.
 */
export function text(max: number) {
  return z.string().overwrite(cleanText).max(max);
}

/** The same for names and whatever else is one line. At least `min` characters. */
export function line(max: number, min = 0) {
  const cleaned = z.string().overwrite(cleanLine).max(max);
  return min > 0 ? cleaned.min(min) : cleaned;
}
