import type { z } from 'zod';

import type { dateFormat } from '../../../../shared/contracts/app-api/imports';
import type { CalendarDate } from '../../../../shared/domain/calendar-date';
import { calendarDate, dayInZone } from '../../../../shared/domain/calendar-date';
import { fold } from '../../../../shared/domain/fold';

export type DateFormat = z.infer<typeof dateFormat>;

/** Beginnings of month names, folded, in the languages of documents; the longest that fits wins. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'janv', 'ene', 'gen', 'sty'],
  ['feb', 'fev', 'fevr', 'lut'],
  ['mar', 'mrz', 'marz', 'mars', 'maa', 'mrt'],
  ['apr', 'avr', 'abr', 'kwi'],
  ['may', 'mai', 'mayo', 'mag', 'mei', 'maj'],
  ['jun', 'juin', 'giu', 'cze'],
  ['jul', 'juil', 'lug', 'lip'],
  ['aug', 'aou', 'ago', 'sie'],
  ['sep', 'set', 'wrz'],
  ['oct', 'okt', 'ott', 'paz'],
  ['nov', 'lis'],
  ['dec', 'dez', 'dic', 'gru'],
];

/** A time behind the date: `2026-03-01 10:15`, `…T10:15:00Z`, `…, 10:15 AM`. */
const TIME =
  /[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/;

export interface DateReading {
  readonly format: DateFormat;
  /** Times are UTC and the day is the one in this zone; null takes the day as written. */
  readonly zone: string | null;
}

/**
 * Reads a date as programs and people write it; null when it is none. Months in letters and years
 * in front are read whatever the format; two digits of a year mean 1980 to 2079.
 */
export function parseDate(text: string, reading: DateReading): CalendarDate | null {
  const trimmed = text.normalize('NFKC').trim();
  const time = TIME.exec(trimmed);
  const day = parseDay(time ? trimmed.slice(0, time.index) : trimmed, reading.format);
  if (day === null || !time || reading.zone === null) return day;
  const moment = utcMoment(day, time);
  return moment === null ? day : dayInZone(moment, reading.zone);
}

function utcMoment(day: CalendarDate, time: RegExpExecArray): Date | null {
  const [, hours = '0', minutes = '0', , half = ''] = time;
  const isAfternoon = /^p/i.test(half);
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (isAfternoon ? 12 : 0);
  if (hour > 23) return null;
  const moment = Date.parse(`${day}T${String(hour).padStart(2, '0')}:${minutes}:00Z`);
  return Number.isNaN(moment) ? null : new Date(moment);
}

function parseDay(text: string, format: DateFormat): CalendarDate | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) return build(compact[1], compact[2], compact[3]);
  const yearFirst = /^(\d{4})\s*[年/.\-\s]\s*(\d{1,2})\s*[月/.\-\s]\s*(\d{1,2})日?\.?$/u.exec(text);
  if (yearFirst) return build(yearFirst[1], yearFirst[2], yearFirst[3]);
  const numeric = /^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})\.?$/.exec(text);
  if (numeric) return fromParts(numeric[1] ?? '', numeric[2] ?? '', numeric[3] ?? '', format);
  return parseMonthName(text);
}

function fromParts(
  first: string,
  second: string,
  third: string,
  format: DateFormat,
): CalendarDate | null {
  switch (format) {
    case 'ymd':
      // A year in front may have two digits; one behind has none to be confused with.
      return third.length === 4 ? null : build(first, second, third);
    case 'dmy':
      return build(third, second, first);
    case 'mdy':
      return build(third, first, second);
  }
}

function parseMonthName(text: string): CalendarDate | null {
  const words = text.split(/[\s,./-]+/u).filter((word) => word !== '');
  const month = words.map(monthOf).find((found) => found !== null) ?? null;
  const numbers = words
    .map((word) => /^(\d{1,4})(?:st|nd|rd|th|er|\.)?$/i.exec(word)?.[1])
    .filter((digits) => digits !== undefined);
  if (month === null || numbers.length !== 2) return null;
  const [first = '', second = ''] = numbers;
  return first.length === 4 ? build(first, month, second) : build(second, month, first);
}

function monthOf(word: string): string | null {
  const folded = fold(word).replace(/\.$/, '');
  if (!/^\p{L}{3,}$/u.test(folded)) return null;
  let best = { length: 0, month: 0 };
  MONTHS.forEach((names, index) => {
    for (const name of names) {
      if (folded.startsWith(name) && name.length > best.length) {
        best = { length: name.length, month: index + 1 };
      }
    }
  });
  return best.month === 0 ? null : String(best.month);
}

function build(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): CalendarDate | null {
  const digits = year ?? '';
  const short = Number(digits);
  const full = digits.length > 2 ? short : short < 80 ? 2000 + short : 1900 + short;
  const text = `${full}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  const parsed = calendarDate.safeParse(text);
  return parsed.success ? parsed.data : null;
}

export interface DateEvidence {
  /** How many dates can only be read in this way. */
  dmy: number;
  mdy: number;
  ymd: number;
  /** How many could be either day first or month first. */
  unclear: number;
}

export function noDateEvidence(): DateEvidence {
  return { dmy: 0, mdy: 0, ymd: 0, unclear: 0 };
}

/** Notes what one cell tells about the order of day, month and year. */
export function gatherDateEvidence(text: string, evidence: DateEvidence): void {
  const trimmed = text.trim();
  if (/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|^\d{8}$/.test(trimmed)) evidence.ymd += 1;
  const numeric = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/.exec(trimmed);
  if (!numeric) return;
  const [first, second, year] = [Number(numeric[1]), Number(numeric[2]), numeric[3] ?? ''];
  if (first > 31 && year.length === 2) evidence.ymd += 1;
  else if (first > 12 && second <= 12) evidence.dmy += 1;
  else if (second > 12 && first <= 12) evidence.mdy += 1;
  else if (first !== second) evidence.unclear += 1;
}

/** The order the dates are in, and whether a person should confirm it. */
export function judgeDates(
  evidence: DateEvidence,
  usual: DateFormat,
): { readonly format: DateFormat; readonly isAmbiguous: boolean } {
  const { dmy, mdy, ymd, unclear } = evidence;
  if (dmy > 0 && mdy > 0) return { format: dmy >= mdy ? 'dmy' : 'mdy', isAmbiguous: true };
  if (dmy > 0) return { format: 'dmy', isAmbiguous: false };
  if (mdy > 0) return { format: 'mdy', isAmbiguous: false };
  if (unclear > 0) return { format: usual === 'ymd' ? 'dmy' : usual, isAmbiguous: true };
  return { format: ymd > 0 ? 'ymd' : usual, isAmbiguous: false };
}
