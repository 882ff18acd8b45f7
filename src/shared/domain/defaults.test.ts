import { describe, expect, it } from 'vitest';

import { COUNTRY_CODES, countryName, isCountry } from './country-names';
import { COUNTRY_NAME_LANGUAGES, COUNTRY_NAME_ROWS } from './country-names-data';
import { CURRENCY_CODES, currencyCode } from './currency';
import { currencyFor, formatsFor, languageFor, paperFor } from './document-defaults';
import { documentFormats, paperSize } from './document-style';
import type { TaxCodeUid } from './ids';
import { newUid } from './ids';
import { countryCode } from './party';
import { documentLanguage, localized, RATED_CATEGORIES, taxCode } from './tax';
import { isInEuropeanUnion, taxCodesForNewBusiness } from './tax-presets';

describe('country names', () => {
  it('name every country in every document language', () => {
    expect(COUNTRY_NAME_LANGUAGES).toEqual(documentLanguage.options);
    expect(COUNTRY_CODES).toHaveLength(250);
    expect(new Set(COUNTRY_CODES).size).toBe(250);
    for (const row of COUNTRY_NAME_ROWS) {
      const parts = row.split('|');
      expect(parts).toHaveLength(8);
      expect(countryCode.safeParse(parts[0]).success && parts.every((part) => part !== '')).toBe(
        true,
      );
    }
  });

  it('answer with the code for what is no country', () => {
    expect(countryName('DE', 'pl')).toBe('Niemcy');
    expect(countryName('JP', 'fr')).toBe('Japon');
    expect(countryName('ZZ', 'en')).toBe('ZZ');
    expect(isCountry('ZZ')).toBe(false);
  });
});

describe('defaults by country', () => {
  it('are valid for every country', () => {
    for (const country of COUNTRY_CODES) {
      expect(CURRENCY_CODES).toContain(currencyFor(country));
      expect(documentLanguage.options).toContain(languageFor(country));
      expect(documentFormats.options).toContain(formatsFor(country));
      expect(paperSize.options).toContain(paperFor(country));
    }
  });

  it.each([
    ['DE', 'EUR', 'de', 'de-DE', 'A4'],
    ['AT', 'EUR', 'de', 'de-AT', 'A4'],
    ['CH', 'CHF', 'de', 'de-CH', 'A4'],
    ['US', 'USD', 'en', 'en-US', 'Letter'],
    ['CA', 'CAD', 'en', 'en-US', 'Letter'],
    ['MX', 'MXN', 'es', 'en-GB', 'Letter'],
    ['GB', 'GBP', 'en', 'en-GB', 'A4'],
    ['IE', 'EUR', 'en', 'en-GB', 'A4'],
    ['PL', 'PLN', 'pl', 'pl-PL', 'A4'],
    ['JP', 'JPY', 'en', 'en-GB', 'A4'],
    ['FR', 'EUR', 'fr', 'fr-FR', 'A4'],
    ['NL', 'EUR', 'nl', 'nl-NL', 'A4'],
  ])('%s', (country, currency, language, formats, paper) => {
    expect([
      currencyFor(country),
      languageFor(country),
      formatsFor(country),
      paperFor(country),
    ]).toEqual([currency, language, formats, paper]);
  });

  it('refuse currencies with three decimals by name', () => {
    const codeOf = (text: string): unknown => {
      const [problem] = currencyCode.safeParse(text).error?.issues ?? [];
      return problem && 'params' in problem ? problem.params : null;
    };
    expect(codeOf('KWD')).toEqual({ code: 'currency_unsupported', currency: 'KWD' });
    expect(codeOf('XYZ')).toEqual({ code: 'currency_unknown', currency: 'XYZ' });
    expect(currencyFor('KW')).toBe('USD');
  });
});

describe('taxCodesForNewBusiness', () => {
  it('starts with "No tax", alone outside the European Union', () => {
    expect(taxCodesForNewBusiness('US', null)).toEqual([
      { name: 'No tax', category: 'outside_scope', rate: 0, reasons: {} },
    ]);
    expect(taxCodesForNewBusiness('GB', { name: 'VAT 20 %', rate: 20_000 })[1]).toMatchObject({
      name: 'VAT 20 %',
      category: 'standard',
      rate: 20_000,
    });
  });

  it('are named in the language of the country', () => {
    const names = taxCodesForNewBusiness('AT', null).map(({ name }) => name);
    expect(names).toEqual([
      'Keine Steuer',
      'Reverse-Charge-Verfahren',
      'Innergemeinschaftliche Lieferung',
      'Ausfuhrlieferung',
    ]);
    expect(taxCodesForNewBusiness('CH', null)).toMatchObject([{ name: 'Keine Steuer' }]);
    expect(taxCodesForNewBusiness('DK', null)[0]).toMatchObject({ name: 'No tax' });
  });

  it('brings reasons in every language where a reason must be printed', () => {
    const codes = taxCodesForNewBusiness('PL', { name: 'VAT 23 %', rate: 23_000 });
    expect(codes.map((code) => code.category)).toEqual([
      'outside_scope',
      'standard',
      'reverse_charge',
      'intra_community',
      'export',
    ]);
    for (const code of codes) {
      expect(
        taxCode.safeParse({ ...code, uid: newUid<TaxCodeUid>(), archivedAt: null }).success,
      ).toBe(true);
      expect(code.rate === 0 || RATED_CATEGORIES.includes(code.category)).toBe(true);
    }
    for (const language of documentLanguage.options) {
      expect(codes.slice(2).every((code) => code.reasons[language] !== undefined)).toBe(true);
    }
    expect(localized(codes[2]?.reasons ?? {}, 'de')).toBe(
      'Steuerschuldnerschaft des Leistungsempfängers',
    );
    expect(isInEuropeanUnion('CH')).toBe(false);
  });
});
