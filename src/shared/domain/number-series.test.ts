import { describe, expect, it } from 'vitest';

import { CLOUD_LETTER, deviceLetter, numberSeries } from './number-series';

describe('the letters of devices', () => {
  const letters = Array.from({ length: 17_000 }, (_, index) => deviceLetter(index));

  it('begin with none, then B, and leave out the cloud', () => {
    expect(letters.slice(0, 5)).toEqual(['', 'B', 'D', 'E', 'F']);
    expect(letters.slice(23, 28)).toEqual(['Y', 'Z', 'AA', 'AB', 'AC']);
    expect(letters.slice(76, 79)).toEqual(['BZ', 'DA', 'DB']);
    expect(letters.filter((letter) => letter.startsWith(CLOUD_LETTER))).toEqual([]);
  });

  it('are each given once and fit a series', () => {
    expect(new Set(letters).size).toBe(letters.length);
    for (const letter of letters.slice(0, 16_000)) {
      expect(numberSeries.shape.letter.safeParse(letter).success).toBe(true);
    }
  });
});
