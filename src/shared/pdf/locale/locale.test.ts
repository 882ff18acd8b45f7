import { describe, expect, it } from 'vitest';

import { calendarDate } from '../../domain/calendar-date';
import { currencyCode } from '../../domain/currency';
import type { DocumentFormats } from '../../domain/document-style';
import { documentLanguage } from '../../domain/tax';
import { countryName } from './countries';
import { createFormatter } from './formats';
import { labelsIn } from './labels';
import { addressLines } from './postal-address';

const EUR = currencyCode.parse('EUR');
const JPY = currencyCode.parse('JPY');

describe('formats', () => {
  it.each<[DocumentFormats, string, string]>([
    ['en-GB', '−1,234,567.80', '8.875%'],
    ['en-US', '−1,234,567.80', '8.875%'],
    ['de-DE', '−1.234.567,80', '8,875\u00a0%'],
    ['de-AT', '−1.234.567,80', '8,875\u00a0%'],
    ['de-CH', '−1’234’567.80', '8.875\u00a0%'],
    ['fr-FR', '−1\u00a0234\u00a0567,80', '8,875\u00a0%'],
    ['es-ES', '−1.234.567,80', '8,875\u00a0%'],
    ['it-IT', '−1.234.567,80', '8,875\u00a0%'],
    ['nl-NL', '−1.234.567,80', '8,875%'],
    ['pl-PL', '−1\u00a0234\u00a0567,80', '8,875\u00a0%'],
  ])('%s writes amounts and rates its way', (formats, amount, percent) => {
    const format = createFormatter(formats, 'en');
    expect(format.amount(-123_456_780, EUR)).toBe(amount);
    expect(format.percent(8_875)).toBe(percent);
  });

  it('shows the decimals that a figure has, and at least those of the currency', () => {
    const format = createFormatter('en-GB', 'en');
    expect(format.quantity(1_500)).toBe('1.5');
    expect(format.quantity(-2_000)).toBe('−2');
    expect(format.unitPrice(12_3456, EUR)).toBe('12.3456');
    expect(format.unitPrice(12_3400, EUR)).toBe('12.34');
    expect(format.unitPrice(0, EUR)).toBe('0.00');
    expect(format.unitPrice(1_500_0000, JPY)).toBe('1,500');
    expect(format.amount(1_500, JPY)).toBe('1,500');
    expect(format.amount(7, EUR)).toBe('0.07');
    expect(format.amount(Number.MAX_SAFE_INTEGER, EUR)).toBe('90,071,992,547,409.91');
    expect(format.rate(920_000_000)).toBe('0.92');
  });

  it('spells the month in the language', () => {
    const first = calendarDate.parse('2026-03-01');
    const dates = documentLanguage.options.map((language) =>
      createFormatter('en-GB', language).date(first),
    );
    expect(dates).toEqual([
      '1 March 2026',
      '1. März 2026',
      '1er mars 2026',
      '1 de marzo de 2026',
      '1 marzo 2026',
      '1 maart 2026',
      '1 marca 2026',
    ]);
    expect(createFormatter('en-US', 'en').date(first)).toBe('March 1, 2026');
  });
});

describe('labels', () => {
  it('have the same places for values in every language', () => {
    const placesOf = (text: string): string => (text.match(/\{\w+\}/g) ?? []).sort().join();
    const english = labelsIn('en');
    for (const language of documentLanguage.options) {
      const labels = labelsIn(language);
      for (const key of Object.keys(english) as (keyof typeof english)[]) {
        expect(labels[key]).not.toBe('');
        expect(placesOf(labels[key]), `${language} ${key}`).toBe(placesOf(english[key]));
      }
    }
  });
});

describe('addresses', () => {
  const address = {
    line1: '1 Example Road',
    line2: '',
    postalCode: '12345',
    city: 'Sampletown',
    region: 'XX',
  };

  it('stand as the country wants them, the country only on letters abroad', () => {
    expect(addressLines({ ...address, country: 'US' }, 'US', 'en')).toEqual([
      '1 Example Road',
      'Sampletown, XX 12345',
    ]);
    expect(addressLines({ ...address, region: '', country: 'GB' }, 'DE', 'de')).toEqual([
      '1 Example Road',
      'Sampletown',
      '12345',
      'VEREINIGTES KÖNIGREICH',
    ]);
    expect(addressLines({ ...address, region: '', country: 'DE' }, 'FR', 'fr')).toEqual([
      '1 Example Road',
      '12345 Sampletown',
      'ALLEMAGNE',
    ]);
  });

  it('know every country in every language', () => {
    for (const language of documentLanguage.options) {
      expect(countryName('PL', language)).toMatch(/^Po/);
      expect(countryName('ZW', language)).toMatch(/^[SZ]imbab/);
    }
    expect(countryName('QQ', 'en')).toBe('QQ');
  });
});
