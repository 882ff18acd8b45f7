import { describe, expect, it } from 'vitest';

import { shiftOf } from './row-shift';

/** By how much to scroll when `before`, of which `d` to `g` were in sight, becomes `after`. */
function shift(after: string, active: string | null = null): number {
  const seen = { keys: [...'abcdefghij'], first: 3, count: 4, active };
  return shiftOf(seen, (key) => (after.includes(key) ? after.indexOf(key) : undefined));
}

describe('R72 the rows in sight', () => {
  it('stay when rows come and go above or below', () => {
    expect(shift('abcdefghij')).toBe(0);
    expect(shift('XYabcdefghij')).toBe(2);
    expect(shift('cdefghij')).toBe(-2);
    expect(shift('abcdefgXYh')).toBe(0);
  });

  it('stay when one of them or another row moves far away', () => {
    expect(shift('abcefghijd')).toBe(-1);
    expect(shift('gabcdefhij')).toBe(1);
    expect(shift('bcdefghija')).toBe(-1);
  });

  it('stay as many as can when rows come between them, the upper ones if in doubt', () => {
    expect(shift('abcdXefghij')).toBe(1);
    expect(shift('abcdefXghij')).toBe(0);
    expect(shift('abcdeXfghij')).toBe(0);
  });

  it('stay with the row the keys are on, unless that one moves', () => {
    expect(shift('abcdXefghij', 'd')).toBe(0);
    expect(shift('abcdXefghij', 'f')).toBe(1);
    expect(shift('abcdfghije', 'e')).toBe(-1);
    expect(shift('eabcdfghij', 'e')).toBe(0);
    expect(shift('abcdefXghij', 'j')).toBe(0);
  });

  it('go as they must when all of them are gone', () => {
    expect(shift('abchij')).toBe(0);
  });
});
