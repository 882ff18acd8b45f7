import { afterEach, describe, expect, it, vi } from 'vitest';

import { businessUid } from './ids';
import { newUuid } from './uuid';

afterEach(() => {
  vi.useRealTimers();
});

describe('newUuid', () => {
  it('makes valid, different, increasing UUIDs', () => {
    const made = Array.from({ length: 20_000 }, newUuid);
    expect(made.every((uid) => businessUid.safeParse(uid).success)).toBe(true);
    expect(new Set(made).size).toBe(made.length);
    expect(made.toSorted()).toEqual(made);
  });

  it('begins with the time of day in milliseconds', () => {
    vi.useFakeTimers();
    const time = new Date('2050-01-01T00:00:00.000Z');
    vi.setSystemTime(time);
    const uid = newUuid().replaceAll('-', '');
    expect(Number.parseInt(uid.slice(0, 12), 16)).toBe(time.getTime());
    vi.setSystemTime(new Date('2049-01-01T00:00:00.000Z'));
    expect(newUuid().replaceAll('-', '') > uid).toBe(true);
  });

  it('leaves 42 bits of each to chance', () => {
    const tails = Array.from({ length: 2_000 }, () => newUuid().slice(-11));
    expect(new Set(tails).size).toBe(tails.length);
    for (let digit = 0; digit < 10; digit += 1) {
      expect(new Set(tails.map((tail) => tail[digit + 1])).size).toBe(16);
    }
  });
});
