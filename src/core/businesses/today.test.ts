import { describe, expect, it } from 'vitest';

import { createToday } from './today';

describe('today', () => {
  it('follows the clock over midnight of the zone, and the zone', () => {
    let time = '2026-03-10T22:59:59.999Z';
    const today = createToday(() => new Date(time));
    expect(today('Europe/Berlin')).toBe('2026-03-10');
    time = '2026-03-10T23:00:00.000Z';
    expect(today('Europe/Berlin')).toBe('2026-03-11');
    expect(today('Europe/London')).toBe('2026-03-10');
    // Nepal is 5:45 ahead, Chatham 13:45 in summer.
    time = '2026-03-10T18:14:59.999Z';
    expect(today('Asia/Kathmandu')).toBe('2026-03-10');
    time = '2026-03-10T18:15:00.000Z';
    expect(today('Asia/Kathmandu')).toBe('2026-03-11');
    time = '2026-01-10T10:15:00.000Z';
    expect(today('Pacific/Chatham')).toBe('2026-01-11');
    time = '2026-01-10T10:14:59.000Z';
    expect(today('Pacific/Chatham')).toBe('2026-01-10');
  });

  it('changes with the clocks of summer and winter', () => {
    const reference = new Intl.DateTimeFormat('en-CA', { timeZone: 'Australia/Lord_Howe' });
    let time = Date.parse('2026-01-01T00:00:00Z');
    const today = createToday(() => new Date(time));
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      expect(today('Australia/Lord_Howe')).toBe(reference.format(time));
      time += 3_600_000;
    }
  });
});
