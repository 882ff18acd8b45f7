import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  addDays,
  calendarDate,
  dayInZone,
  daysBetween,
  dayOf,
  endOfMonth,
  monthOf,
  startOfMonth,
  yearOf,
} from './calendar-date';
import { dueDateFor, paymentTerms } from './payment-terms';
import { anyDay, day } from './testing/arbitraries';

describe('calendarDate', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '1899-12-31',
    '9991-01-01',
    '2026-02-30T00:00',
    '',
  ])('refuses %s', (text) => {
    expect(calendarDate.safeParse(text).success).toBe(false);
  });

  it('accepts the days of its range and counts them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -9_000, max: 9_000 }), (date, days) => {
        const other = addDays(date, days);
        expect(calendarDate.safeParse(other).success).toBe(true);
        expect(daysBetween(date, other)).toBe(days);
        expect(other > date).toBe(days > 0);
      }),
    );
    expect(calendarDate.safeParse('2024-02-29').success).toBe(true);
  });

  it('knows the parts and the month of a day', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        expect(dayOf(startOfMonth(date))).toBe(1);
        expect(dayOf(addDays(endOfMonth(date), 1))).toBe(1);
        expect(monthOf(endOfMonth(date))).toBe(monthOf(date));
        expect(yearOf(endOfMonth(date))).toBe(yearOf(date));
      }),
    );
  });

  it('is the day of a moment where the business is', () => {
    const moment = new Date('2026-03-31T23:30:00Z');
    expect(dayInZone(moment, 'Europe/Berlin')).toBe('2026-04-01');
    expect(dayInZone(moment, 'America/New_York')).toBe('2026-03-31');
    expect(dayInZone(moment, 'Asia/Kolkata')).toBe('2026-04-01');
    expect(() => dayInZone(moment, 'Nowhere/Town')).toThrow(RangeError);
  });
});

describe('dueDateFor', () => {
  it.each([
    ['2026-01-31', { kind: 'on_receipt' }, '2026-01-31'],
    ['2026-01-31', { kind: 'net_days', days: 30 }, '2026-03-02'],
    ['2026-02-10', { kind: 'end_of_month', days: 0 }, '2026-02-28'],
    ['2024-02-10', { kind: 'end_of_month', days: 0 }, '2024-02-29'],
    ['2026-02-28', { kind: 'end_of_month', days: 30 }, '2026-03-30'],
    // A Saturday: due dates do not move for weekends.
    ['2026-03-07', { kind: 'net_days', days: 14 }, '2026-03-21'],
  ] as const)('%s with %j is %s', (issued, terms, due) => {
    expect(dueDateFor(day(issued), terms)).toBe(due);
  });

  it('is never before the issue date, and a valid date even at the end of the range', () => {
    const terms = fc.oneof(
      fc.constant({ kind: 'on_receipt' as const }),
      fc.record({
        kind: fc.constantFrom('net_days' as const, 'end_of_month' as const),
        days: fc.integer({ min: 0, max: 365 }),
      }),
    );
    fc.assert(
      fc.property(anyDay, terms, (date, chosen) => {
        expect(paymentTerms.safeParse(chosen).success).toBe(true);
        expect(dueDateFor(date, chosen) >= date).toBe(true);
      }),
    );
    expect(dueDateFor(day('9990-12-31'), { kind: 'end_of_month', days: 365 })).toBe('9991-12-31');
  });
});
