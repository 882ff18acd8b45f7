import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { NumberLanguage } from './number-language';
import { languageOf, languagesIntersect } from './number-language';
import { formatNumber } from './number-pattern';
import { parsePattern } from './pattern-part';

/** Small enough that all numbers of a series can be written down. */
const DIGITS = 2;
const YEARS = Array.from({ length: 100 }, (_, index) => 2000 + index);

interface Shape {
  readonly pattern: string;
  readonly letter: string;
}

const text = fc.constantFrom('', '', '', '', 'A', 'a', '1', '0');
const shape: fc.Arbitrary<Shape> = fc
  .record({
    parts: fc
      .tuple(
        text,
        fc.constantFrom('{YY}', '', ''),
        text,
        fc.constantFrom('{SERIES}', ''),
        fc.constantFrom('{0}', '{00}'),
      )
      .chain((parts) => fc.shuffledSubarray(parts, { minLength: parts.length })),
    letter: fc.constantFrom('', '', 'A'),
  })
  .map(({ parts, letter }) => ({ pattern: parts.join(''), letter }));

const known = new Map<string, ReadonlySet<string>>();

/** Every number that a series can print, in capitals. */
function numbersOf({ pattern, letter }: Shape): ReadonlySet<string> {
  const key = `${pattern} ${letter}`;
  const numbers = known.get(key) ?? new Set(printAll({ pattern, letter }));
  known.set(key, numbers);
  return numbers;
}

function printAll(series: Shape): readonly string[] {
  const years = series.pattern.includes('{YY}') ? YEARS : [2026];
  const sequences = Array.from({ length: 10 ** DIGITS - 1 }, (_, index) => index + 1);
  return years.flatMap((year) =>
    sequences.map((sequence) => formatNumber(series, { year, sequence }).toUpperCase()),
  );
}

function automatonOf({ pattern, letter }: Shape): NumberLanguage {
  return languageOf(parsePattern(pattern), letter, DIGITS);
}

/** Every text of an automaton without cycles. */
function textsOf(language: NumberLanguage): ReadonlySet<string> {
  const texts = new Set<string>();
  const walk = (state: number, read: string): void => {
    if (language.finals.has(state)) texts.add(read);
    for (const { characters, next } of language.steps[state] ?? []) {
      for (const character of characters) walk(next, read + character);
    }
  };
  walk(0, '');
  return texts;
}

describe('languageOf', () => {
  it('holds exactly the numbers that the series prints', () => {
    fc.assert(
      fc.property(shape, (series) => {
        expect(textsOf(automatonOf(series))).toEqual(numbersOf(series));
      }),
      { numRuns: 60 },
    );
  });

  it('knows the years of a calendar date, 1900 to 9999', () => {
    const texts = textsOf(languageOf(parsePattern('{YYYY}{0}'), '', 1));
    expect(texts.size).toBe((9999 - 1900 + 1) * 9);
    expect(texts.has('19001') && texts.has('99999')).toBe(true);
    expect(texts.has('18999')).toBe(false);
  });
});

describe('languagesIntersect', () => {
  it('agrees with comparing all numbers of both series', () => {
    const seen = { apart: 0, together: 0 };
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const [fewer, more] = [numbersOf(a), numbersOf(b)].toSorted((x, y) => x.size - y.size);
        const isShared = [...(fewer ?? [])].some((number) => more?.has(number));
        expect(languagesIntersect(automatonOf(a), automatonOf(b))).toBe(isShared);
        seen[isShared ? 'together' : 'apart'] += 1;
      }),
      { numRuns: 150 },
    );
    // Both answers were put to the test.
    expect(Math.min(seen.apart, seen.together)).toBeGreaterThan(2);
  });
});
