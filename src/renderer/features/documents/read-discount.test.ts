import { describe, expect, it } from 'vitest';

import { currencyCode } from '../../../shared/domain/currency';
import { readDiscount } from './read-discount';

const GBP = currencyCode.parse('GBP');

function read(text: string, locale: 'en-GB' | 'de-DE' = 'en-GB') {
  const result = readDiscount(text, GBP, locale);
  return result.ok ? result.value : result.error;
}

describe('readDiscount', () => {
  it('takes a bare number or one with a sign as a percentage', () => {
    expect(read('10')).toEqual({ kind: 'percent', percent: 10_000 });
    expect(read('2.5 %')).toEqual({ kind: 'percent', percent: 2_500 });
    expect(read('2,5 %', 'de-DE')).toEqual({ kind: 'percent', percent: 2_500 });
  });

  it('takes a number with a currency as an amount', () => {
    expect(read('GBP 5')).toEqual({ kind: 'amount', amount: 500 });
    expect(read('£5.50')).toEqual({ kind: 'amount', amount: 550 });
  });

  it('takes nothing and zero as no discount', () => {
    expect(read('')).toBeNull();
    expect(read('0')).toBeNull();
    expect(read('GBP 0.00')).toBeNull();
  });

  it('refuses what is no discount', () => {
    expect(read('a lot')).toBe('invalid');
    expect(read('120')).toBe('too_large');
    expect(read('-5')).toBe('too_large');
    expect(read('GBP -5')).toBe('too_large');
  });
});
