import { z } from 'zod';

/**
 * A day of the calendar without a time zone, ISO `YYYY-MM-DD`; sorts as text. From 1900 to 9990:
 * room for every due date below the end of four-digit years.
 */
export const calendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isRealDay, { params: { code: 'date_invalid' } })
  .brand<'CalendarDate'>();
export type CalendarDate = z.infer<typeof calendarDate>;

/** A moment, ISO 8601 in UTC with milliseconds. Shown to people, never used to order changes. */
export const instant = z.iso.datetime();
export type Instant = string;

const DAY_MS = 86_400_000;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Without a `Date`: every answer of the API has its days checked. */
function isRealDay(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= last && text >= '1900-01-01' && text <= '9990-12-31';
}

function fromUtc(time: number): CalendarDate {
  return new Date(time).toISOString().slice(0, 10) as CalendarDate;
}

function toUtc(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The day `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromUtc(toUtc(date) + days * DAY_MS);
}

/** Whole days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY_MS);
}

/** The last day of the month of `date`. */
export function endOfMonth(date: CalendarDate): CalendarDate {
  const day = new Date(toUtc(date));
  return fromUtc(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0));
}

/** The first day of the month of `date`. */
export function startOfMonth(date: CalendarDate): CalendarDate {
  return `${date.slice(0, 7)}-01` as CalendarDate;
}

export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

export function monthOf(date: CalendarDate): number {
  return Number(date.slice(5, 7));
}

export function dayOf(date: CalendarDate): number {
  return Number(date.slice(8, 10));
}

/**
 * The calendar day at `moment` in an IANA time zone. Throws RangeError for an unknown zone
 * (zones are checked when a business is saved). Never used for printing: only the day matters.
 */
export function dayInZone(moment: Date, timeZone: string): CalendarDate {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
    numberingSystem: 'latn',
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((candidate) => candidate.type === type)?.value ?? '';
  return calendarDate.parse(`${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`);
}
