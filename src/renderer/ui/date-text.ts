import type { CalendarDate } from '../../shared/domain/calendar-date';
import {
  addDays,
  calendarDate,
  dayOf,
  endOfMonth,
  monthOf,
  yearOf,
} from '../../shared/domain/calendar-date';

/** In which order people write day, month and year. */
export type DayOrder = 'dmy' | 'mdy' | 'ymd';

/** The order of a locale, as its own short format has it. */
export function dayOrderOf(locale: string): DayOrder {
  const parts = new Intl.DateTimeFormat(locale, { dateStyle: 'short' })
    .formatToParts(new Date(0))
    .map((part) => part.type);
  const at = (type: Intl.DateTimeFormatPartTypes): number => parts.indexOf(type);
  if (at('year') < at('day')) return 'ymd';
  return at('month') < at('day') ? 'mdy' : 'dmy';
}

/**
 * Reads a date as people type it, seen from `today`: `3/4`, `3.4.26`, `2026-04-03`, `0304`, `3 apr`,
 * `12` (the day of this month), `t` or `.` (today), `+7`, `-1`, `eom` (end of the month). A year left
 * out is this one; two figures are of this century. Null when it is no date.
 */
export function readDate(
  text: string,
  order: DayOrder,
  today: CalendarDate,
  locale: string,
): CalendarDate | null {
  const typed = text.trim().toLowerCase();
  if (typed === 't' || typed === '.') return today;
  if (typed === 'eom') return endOfMonth(today);
  if (/^[+-]\d{1,4}$/.test(typed)) return addDays(today, Number(typed));
  const named = readNamedMonth(typed, today, locale);
  if (named !== null) return named;
  if (!/^[\d\s./,-]+$/.test(typed)) return null;
  return fromNumbers(splitNumbers(typed), order, today);
}

function splitNumbers(typed: string): readonly string[] {
  const numbers = typed.split(/[\s./,-]+/).filter((part) => part !== '');
  const only = numbers[0];
  if (numbers.length !== 1 || only === undefined) return numbers;
  if (only.length === 4) return [only.slice(0, 2), only.slice(2)];
  if (only.length === 6) return [only.slice(0, 2), only.slice(2, 4), only.slice(4)];
  if (only.length === 8) {
    return only.startsWith('19') || only.startsWith('20')
      ? [only.slice(0, 4), only.slice(4, 6), only.slice(6)]
      : [only.slice(0, 2), only.slice(2, 4), only.slice(4)];
  }
  return numbers;
}

function fromNumbers(
  numbers: readonly string[],
  order: DayOrder,
  today: CalendarDate,
): CalendarDate | null {
  const [first, second, third] = numbers;
  if (first === undefined || numbers.length > 3) return null;
  if (second === undefined) return make(yearOf(today), monthOf(today), Number(first));
  if (third === undefined) {
    return order === 'dmy'
      ? make(yearOf(today), Number(second), Number(first))
      : make(yearOf(today), Number(first), Number(second));
  }
  if (first.length === 4) return make(Number(first), Number(second), Number(third));
  switch (order) {
    case 'dmy':
      return make(fullYear(third), Number(second), Number(first));
    case 'mdy':
      return make(fullYear(third), Number(first), Number(second));
    case 'ymd':
      return make(fullYear(first), Number(second), Number(third));
  }
}

function readNamedMonth(typed: string, today: CalendarDate, locale: string): CalendarDate | null {
  const match =
    /^(?<day>\d{1,2})[.\s-]*(?<month>\p{L}{3,})\.?[\s,-]*(?<year>\d{2,4})?$/u.exec(typed) ??
    /^(?<month>\p{L}{3,})\.?\s*(?<day>\d{1,2})(?:[\s,]+(?<year>\d{2,4}))?$/u.exec(typed);
  const { day, month, year } = match?.groups ?? {};
  if (day === undefined || month === undefined) return null;
  const index = monthNames(locale).findIndex((names) =>
    names.some((name) => name.startsWith(month)),
  );
  if (index < 0) return null;
  return make(year === undefined ? yearOf(today) : fullYear(year), index + 1, Number(day));
}

function monthNames(locale: string): readonly (readonly string[])[] {
  return Array.from({ length: 12 }, (_, index) => {
    const day = new Date(Date.UTC(2026, index, 15));
    return [locale, 'en'].map((language) =>
      new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
        .format(day)
        .toLowerCase(),
    );
  });
}

function fullYear(text: string): number {
  return text.length <= 2 ? 2000 + Number(text) : Number(text);
}

function make(year: number, month: number, day: number): CalendarDate | null {
  const pad = (value: number, size: number): string => String(value).padStart(size, '0');
  const read = calendarDate.safeParse(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
  return read.success ? read.data : null;
}

/** The same day a month later or earlier, at most the last of that month. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const index = yearOf(date) * 12 + monthOf(date) - 1 + months;
  const year = Math.floor(index / 12);
  const first = make(year, (index % 12) + 1, 1) ?? date;
  const last = endOfMonth(first);
  return dayOf(date) > dayOf(last) ? last : addDays(first, dayOf(date) - 1);
}
