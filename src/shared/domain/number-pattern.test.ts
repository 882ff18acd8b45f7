import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { SeriesUid } from './ids';
import { newUid } from './ids';
import {
  checkPattern,
  DEFAULT_PATTERNS,
  formatNumber,
  MAX_SEQUENCE,
  nextLetter,
  provisionalLetter,
  parseNumber,
} from './number-pattern';
import type { NumberSeries } from './number-series';
import { numberSeries } from './number-series';

function series(pattern: string, letter = '', change: Partial<NumberSeries> = {}): NumberSeries {
  return {
    uid: newUid<SeriesUid>(),
    kind: 'invoice',
    issuer: 'device',
    letter,
    pattern,
    resetsYearly: /\{YY(YY)?\}/.test(pattern),
    ...change,
  };
}

const codesOf = (own: NumberSeries, ...others: NumberSeries[]): string[] =>
  checkPattern(own, others).map((issue) => issue.code);

describe('formatNumber', () => {
  it('prints the first numbers of a new business', () => {
    const print = (pattern: string, letter = ''): string =>
      formatNumber({ pattern, letter }, { year: 2026, sequence: 1 });
    expect(print(DEFAULT_PATTERNS.invoice)).toBe('INV-2026-0001');
    expect(print(DEFAULT_PATTERNS.credit_note)).toBe('CN-2026-0001');
    expect(print(DEFAULT_PATTERNS.order)).toBe('ORD-2026-0001');
    expect(print(DEFAULT_PATTERNS.invoice, 'B')).toBe('INV-2026-B0001');
  });

  it('grows beyond its width', () => {
    expect(formatNumber(series('{YY}/{00}'), { year: 2026, sequence: 12345 })).toBe('26/12345');
    expect(() => formatNumber(series('{0}'), { year: 2026, sequence: 0 })).toThrow();
    expect(() => formatNumber(series('{0}'), { year: 2026, sequence: MAX_SEQUENCE + 1 })).toThrow();
  });
});

const text = fc.constantFrom('', '', 'A', 'B', 'INV-', '1', '0', '20', '-', '/');
const token = fc.constantFrom('{YYYY}', '{YY}', '');
const anyPattern = fc
  .tuple(
    text,
    token,
    text,
    fc.constantFrom('{SERIES}', ''),
    fc.constantFrom('{0}', '{00}', '{000}'),
    text,
    fc.boolean(),
  )
  .map(([head, year, middle, letter, sequence, tail, isYearLast]) =>
    isYearLast
      ? head + letter + sequence + middle + year + tail
      : head + year + middle + letter + sequence + tail,
  );
const anySeries = fc
  .tuple(anyPattern, fc.constantFrom('', 'B', 'AB'))
  .map(([pattern, letter]) => series(pattern, letter))
  .filter((own) => checkPattern(own, []).length === 0);

describe('parseNumber', () => {
  it('reads back what formatNumber prints', () => {
    fc.assert(
      fc.property(
        anySeries,
        fc.integer({ min: 2000, max: 2099 }),
        fc.integer({ min: 1, max: MAX_SEQUENCE }),
        (own, year, sequence) => {
          const number = formatNumber(own, { year, sequence });
          expect(parseNumber(own, number)).toEqual({
            year: own.pattern.includes('{YY') ? year : null,
            sequence,
          });
        },
      ),
    );
  });

  it('rejects what the series never prints', () => {
    const own = series(DEFAULT_PATTERNS.invoice);
    for (const other of [
      'INV-2026-00001',
      'INV-2026-0000',
      'INV-2026-B0001',
      'inv-2026-0001',
      'XINV-2026-0001',
      'INV-2026-1',
      'INV-0026-0001',
      '',
    ]) {
      expect(parseNumber(own, other)).toBeNull();
    }
    expect(parseNumber(series('a.b{0}'), 'axb1')).toBeNull();
  });
});

describe('checkPattern, one series', () => {
  it.each([
    ['INV-{YYYY}', '', ['sequence_token_missing']],
    ['{000}-{000}', '', ['token_repeated']],
    ['{YYYY}{YY}-{000}', '', ['token_repeated']],
    ['INV-{MM}-{000}', '', ['token_unknown']],
    ['INV-{000', '', ['token_unknown']],
    ['INV}{000}', '', ['token_unknown']],
    ['INV-{0000}', 'B', ['series_token_missing']],
    ['INV-{SERIES}{0000}', 'B', []],
    ['№{0000}', '', ['characters_not_allowed']],
    ['{0000000000}', '', ['sequence_too_wide']],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZ-ABCDEFGHIJKL{0}', '', []],
  ])('%s with letter "%s" gives %j', (pattern, letter, codes) => {
    expect(codesOf(series(pattern, letter))).toEqual(codes);
  });

  it('wants the year where the sequence starts anew each year', () => {
    expect(codesOf(series('INV-{0000}', '', { resetsYearly: true }))).toEqual([
      'year_token_missing',
    ]);
    expect(codesOf(series('INV-{YY}-{0000}', '', { resetsYearly: true }))).toEqual([]);
  });

  it('limits what a number can grow to', () => {
    const long = series('A'.repeat(44) + '{0}');
    expect(codesOf(long)).toEqual(['number_too_long']);
  });

  it('accepts the default patterns, and they fit the stored shape', () => {
    const all = Object.entries(DEFAULT_PATTERNS).map(([kind, pattern]) =>
      series(pattern, '', { kind: kind as NumberSeries['kind'] }),
    );
    for (const own of all) {
      expect(checkPattern(own, all)).toEqual([]);
      expect(numberSeries.safeParse(own).success).toBe(true);
    }
  });

  it('never prints two places of one series alike', () => {
    const place = fc.record({
      year: fc.integer({ min: 2000, max: 2099 }),
      sequence: fc.integer({ min: 1, max: 20_000 }),
    });
    fc.assert(
      fc.property(anySeries, place, place, (own, a, b) => {
        const isSamePlace = a.sequence === b.sequence && (!own.resetsYearly || a.year === b.year);
        fc.pre(!isSamePlace);
        expect(formatNumber(own, a)).not.toBe(formatNumber(own, b));
      }),
    );
  });
});

describe('checkPattern, two series', () => {
  it.each([
    ['INV-{YYYY}-{SERIES}{0000}', '', 'INV-{YYYY}-{SERIES}{0000}', 'B', false],
    ['INV-{YYYY}-{SERIES}{0000}', 'B', 'INV-{YYYY}-B{0000}', '', true],
    ['{0000}', '', '{00}', '', true],
    ['{YYYY}{0000}', '', '{000}', '', true],
    ['{YY}{0000}', '', '26{0}', '', true],
    ['1{00}', '', '2{00}', '', false],
    ['1{00}', '', '{00}2', '', true],
    ['0{00}', '', '{0}', '', false],
    ['0{00}', '', '{000}', '', true],
    ['inv{0}', '', 'INV{0}', '', true],
    ['{YYYY}-{0}', '', '0026-{0}', '', false],
    ['{YYYY}-{0}', '', '1800-{0}', '', false],
    ['A{0}', '', 'A{0}-1', '', false],
  ])('%s (%s) and %s (%s) collide: %s', (pattern, letter, other, otherLetter, doCollide) => {
    const [a, b] = [series(pattern, letter), series(other, otherLetter)];
    expect(codesOf(a, b)).toEqual(doCollide ? ['pattern_collides'] : []);
    expect(codesOf(b, a)).toEqual(doCollide ? ['pattern_collides'] : []);
  });

  it('passes over itself and imported history', () => {
    const own = series(DEFAULT_PATTERNS.invoice);
    expect(codesOf(own, { ...own, pattern: '{YYYY}{0}' })).toEqual([]);
    expect(codesOf(own, series(DEFAULT_PATTERNS.invoice, '', { kind: 'imported' }))).toEqual([]);
  });
});

describe('nextLetter', () => {
  it('gives none to the first, then B to Z and AA, without the letter of the cloud', () => {
    const given: string[] = [];
    for (let count = 0; count < 27; count += 1) given.push(nextLetter(given));
    expect(given.slice(0, 6)).toEqual(['', 'B', 'D', 'E', 'F', 'G']);
    expect(given.slice(23)).toEqual(['Y', 'Z', 'AA', 'AB']);
    expect(new Set(given).size).toBe(given.length);
  });

  it('passes over what is used', () => {
    expect(nextLetter(['', 'D'])).toBe('B');
    expect(nextLetter(['', 'B', 'C', 'D'])).toBe('E');
  });
});

describe('provisionalLetter', () => {
  it('comes from the far end', () => {
    expect(provisionalLetter(['', 'B'])).toBe('ZZZ');
    expect(provisionalLetter(['ZZZ', 'ZZY'])).toBe('ZZX');
  });
});
