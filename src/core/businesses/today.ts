import type { CalendarDate } from '../../shared/domain/calendar-date';
import { dayInZone } from '../../shared/domain/calendar-date';

/** No zone in use today has its midnight anywhere but on a quarter of an hour. */
const QUARTER = 15 * 60_000;

/**
 * Answers which day it is in a zone. Every list and every report asks, and finding out costs more
 * than reading a page, so the day is kept until the quarter of an hour or the zone changes.
 */
export function createToday(now: () => Date): (timeZone: string) => CalendarDate {
  let known: { quarter: number; timeZone: string; day: CalendarDate } | null = null;
  return (timeZone) => {
    const moment = now();
    const quarter = Math.floor(moment.getTime() / QUARTER);
    if (known?.quarter !== quarter || known.timeZone !== timeZone) {
      known = { quarter, timeZone, day: dayInZone(moment, timeZone) };
    }
    return known.day;
  };
}
