import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DecimalStyle } from './decimal';
import { formatScaled, parseDecimal } from './decimal';

function read(text: string, style: DecimalStyle = 'auto', decimals = 2): number | string {
  const result = parseDecimal(text, { decimals, style });
  return result.ok ? result.value : result.error;
}

describe('parseDecimal', () => {
  it.each([
    ['1,234.56', 123456],
    ['1.234,56', 123456],
    ['1 234,56', 123456],
    ['1\u00a0234,56', 123456],
    ['1\u202f234,56', 123456],
    ["1'234.56", 123456],
    ['1’234.56', 123456],
    ['1,234,567', 123456700],
    ['1.234.567', 123456700],
    ['12,34,567.89', 123456789],
    ['1,234', 123400],
    ['1.234', 123400],
    ['0,234', 'too_many_decimals'],
    ['1,23', 123],
    ['12.5', 1250],
    ['.5', 50],
    ['5.', 500],
    ['-12.50', -1250],
    ['−12.50', -1250],
    ['12.50-', -1250],
    ['(12.50)', -1250],
    ['( 1,234.00 )', -123400],
    ['+3', 300],
    ['-0', 0],
    ['１２．５', 1250],
  ])('reads %s by itself', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('takes one dot for a decimal sign where three decimals may be meant', () => {
    expect(read('1.234', 'auto', 3)).toBe(1234);
    expect(read('1,234', 'auto', 3)).toBe(1_234_000);
  });

  it('follows a named decimal sign', () => {
    expect(read('1,234', 'dot')).toBe(123400);
    expect(read('1,234', 'comma', 3)).toBe(1234);
    expect(read('1.234', 'dot', 3)).toBe(1234);
    expect(read('1.234', 'comma')).toBe(123400);
    expect(read('1,23', 'dot')).toBe('invalid');
    expect(read('1.234,5', 'dot')).toBe('invalid');
  });

  it.each([
    '',
    ' ',
    '-',
    '.',
    ',',
    '1.2.3',
    '1,2,3',
    '1.234,56,7',
    '--1',
    '(-1)',
    '-1-',
    '1e5',
    'NaN',
    '€ 5',
    '12 34',
    '1 23.4',
    '0x10',
  ])('refuses "%s"', (text) => {
    expect(read(text)).toBe('invalid');
  });

  it('refuses digits beyond the decimals, not zeros, and what is no exact integer', () => {
    expect(read('1.005', 'dot')).toBe('too_many_decimals');
    expect(read('1.50000', 'dot')).toBe(150);
    expect(read('90071992547409.92', 'dot')).toBe('too_large');
    expect(read('90071992547409.91', 'dot')).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('reads back what formatScaled writes', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
        (value, decimals, shown) => {
          expect(read(formatScaled(value, decimals, shown), 'dot', decimals)).toBe(value);
          expect(
            read(formatScaled(value, decimals, shown).replace('.', ','), 'comma', decimals),
          ).toBe(value);
        },
      ),
    );
  });

  it('reads grouped numbers as the same value in both notations', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
        const plain = formatScaled(value, 2, 2);
        const grouped = plain.replace(/\B(?=(?:\d{3})+\.)/g, ',');
        const german = grouped.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'));
        expect([read(grouped), read(german)]).toEqual([value, value]);
      }),
    );
  });
});

describe('formatScaled', () => {
  it('drops trailing zeros down to the wanted decimals', () => {
    expect(formatScaled(150_000, 4, 2)).toBe('15.00');
    expect(formatScaled(150_001, 4, 2)).toBe('15.0001');
    expect(formatScaled(1_500, 3)).toBe('1.5');
    expect(formatScaled(-5, 3)).toBe('-0.005');
    expect(formatScaled(0, 2)).toBe('0');
    expect(formatScaled(7, 0, 2)).toBe('7');
    expect(() => formatScaled(0.5, 2)).toThrow();
  });
});
