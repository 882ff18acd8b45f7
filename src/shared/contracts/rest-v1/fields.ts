import { z } from 'zod';

import { calendarDate } from '../../domain/calendar-date';

/** Integer id of the contract, unique within its service and looked up within the tenant. */
export const id = z.int().min(1).max(2_147_483_647);

/** An id in a path: digits only. */
export const idInPath = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
  .pipe(id);

/** No control characters besides tabs and line breaks. */
const PRINTABLE = /^(?:\P{Cc}|[\t\n\r])*$/u;

/** The same for the OpenAPI document, in words that every dialect of expressions has. */
const CHARACTER = String.raw`[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]`;
const VISIBLE = String.raw`[^\s\x00-\x1f\x7f-\x9f\ufeff]`;
const ANY_TEXT = `^${CHARACTER}*$`;
/** Of spaces alone nothing is left. */
const SOME_TEXT = `^${CHARACTER}*${VISIBLE}${CHARACTER}*$`;

/**
 * Text as people write it: well-formed Unicode without control characters (tabs and line breaks
 * pass), so that what is stored is what was sent. Trimmed.
 */
export function text(max: number, min = 0) {
  return z
    .string()
    .refine((value) => value.isWellFormed() && PRINTABLE.test(value), {
      params: { code: 'text_unprintable' },
      message: 'holds characters that cannot be printed',
    })
    .trim()
    .min(min)
    .max(max)
    .meta({ pattern: min > 0 ? SOME_TEXT : ANY_TEXT });
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
