import { describe, expect, it } from 'vitest';

import { calendarDate } from '../../shared/domain/calendar-date';
import { addMonths, dayOrderOf, readDate } from './date-text';

const today = calendarDate.parse('2026-11-22');

describe('readDate', () => {
  it.each([
    ['3/4', '2026-04-03'],
    ['3.4.', '2026-04-03'],
    ['3.4.27', '2027-04-03'],
    ['03-04-2027', '2027-04-03'],
    ['0304', '2026-04-03'],
    ['030427', '2027-04-03'],
    ['2027-04-03', '2027-04-03'],
    ['20270403', '2027-04-03'],
    ['12', '2026-11-12'],
    ['3 apr', '2026-04-03'],
    ['3 April 2027', '2027-04-03'],
    ['apr 3, 2027', '2027-04-03'],
    ['t', '2026-11-22'],
    ['.', '2026-11-22'],
    ['+14', '2026-12-06'],
    ['-22', '2026-10-31'],
    ['eom', '2026-11-30'],
  ])('reads %s where the day comes first as %s', (typed, read) => {
    expect(readDate(typed, 'dmy', today, 'en-GB')).toBe(read);
  });

  it('reads the month first where that is the custom', () => {
    expect(readDate('3/4', 'mdy', today, 'en-US')).toBe('2026-03-04');
    expect(readDate('3/4/27', 'mdy', today, 'en-US')).toBe('2027-03-04');
  });

  it('knows the month names of the locale', () => {
    expect(readDate('3. M\u00e4rz 2027', 'dmy', today, 'de-DE')).toBe('2027-03-03');
  });

  it.each(['', 'soon', '31/2', '1/13', '1/2/3/4', '99'])('takes %j for no date', (typed) => {
    expect(readDate(typed, 'dmy', today, 'en-GB')).toBeNull();
  });
});

describe('dayOrderOf', () => {
  it('follows the short dates of the locale', () => {
    expect(dayOrderOf('en-GB')).toBe('dmy');
    expect(dayOrderOf('en-US')).toBe('mdy');
    expect(dayOrderOf('de-DE')).toBe('dmy');
  });
});

describe('addMonths', () => {
  it('stays inside the month it arrives in', () => {
    expect(addMonths(calendarDate.parse('2027-01-31'), 1)).toBe('2027-02-28');
    expect(addMonths(calendarDate.parse('2027-01-31'), -2)).toBe('2026-11-30');
    expect(addMonths(today, 2)).toBe('2027-01-22');
  });
});
