import { z } from 'zod';

import { calendarDate } from '../../domain/calendar-date';
import { cleanText, hasBreaks, isVisible, PATTERNS } from '../../domain/text';

/** Integer id of the contract, unique within its service and looked up within the tenant. */
export const id = z.int().min(1).max(2_147_483_647);

/** An id in a path: digits only. */
export const idInPath = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
  .pipe(id);

/**
 * Text as people write it: well-formed Unicode without control characters (tabs and line breaks
 * pass), so that what is stored is what was sent. Trimmed; of what nobody sees nothing is left.
 */
export function text(max: number, min = 0) {
  return sized(printable, max, min).meta({ pattern: min > 0 ? PATTERNS.someText : PATTERNS.text });
}

/** The same of one line: names, and what stands beside a word on paper. */
export function line(max: number, min = 0) {
  const pattern = min > 0 ? PATTERNS.someLine : PATTERNS.line;
  return sized(oneLine, max, min).meta({ pattern });
}

const printable = z.string().refine((value) => value === cleanText(value), {
  params: { code: 'text_unprintable' },
  message: 'holds characters that cannot be printed',
});

const oneLine = printable.refine((value) => !hasBreaks(value), {
  params: { code: 'text_not_one_line' },
  message: 'holds line breaks or tabs',
});

function sized(schema: z.ZodString, max: number, min: number) {
  return schema
    .overwrite((value) => (isVisible(value) ? value.trim() : ''))
    .min(min)
    .max(max);
}

/** ISO 8601 day. */
export const date = calendarDate.meta({ format: 'date' });

/** A moment, ISO 8601 in UTC. */
export const moment = z.iso.datetime();

/**
 * A page of a list: at most `limit` rows (100 unless told), fewer where they are large, going on
 * after `cursor`.
 */
export const paging = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(500))
    .optional(),
  /** As the `Link` header of the page before gave it: the id of the last row there. */
  cursor: idInPath.optional(),
};
