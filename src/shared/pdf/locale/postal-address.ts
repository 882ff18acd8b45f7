import type { Address } from '../../domain/party';
import type { DocumentLanguage } from '../../domain/tax';
import { countryName } from './countries';

/** Where the post of a country wants city, region and code. */
type CityStyle = 'code-first' | 'region-code' | 'code-last-line' | 'city-code';

const STYLES: Readonly<Record<string, CityStyle>> = {
  US: 'region-code',
  CA: 'region-code',
  AU: 'region-code',
  BR: 'region-code',
  IN: 'city-code',
  NZ: 'city-code',
  SG: 'city-code',
  TW: 'city-code',
  TH: 'city-code',
  GB: 'code-last-line',
  IE: 'code-last-line',
  GG: 'code-last-line',
  JE: 'code-last-line',
  IM: 'code-last-line',
  ZA: 'code-last-line',
};

/**
 * The lines of an address below the name, empty ones left out. The country stands last and in
 * capitals, only when the letter leaves `homeCountry` (Universal Postal Union, S42).
 */
export function addressLines(
  address: Address,
  homeCountry: string,
  language: DocumentLanguage,
): readonly string[] {
  const { line1, line2, country } = address;
  const destination = country === homeCountry ? '' : upperCase(countryName(country, language));
  return [line1, line2, ...cityLines(address), destination].filter((line) => line !== '');
}

function cityLines({ postalCode, city, region, country }: Address): readonly string[] {
  switch (STYLES[country] ?? 'code-first') {
    case 'region-code': {
      const place = joined([region, postalCode], ' ');
      return [country === 'AU' ? joined([city, place], ' ') : joined([city, place], ', ')];
    }
    case 'code-last-line':
      return [city, region, postalCode];
    case 'city-code':
      return [joined([city, postalCode], ' '), region];
    case 'code-first':
      return country === 'IT'
        ? [joined([postalCode, city, region], ' ')]
        : [joined([postalCode, city], ' '), region];
  }
}

function joined(parts: readonly string[], separator: string): string {
  return parts.filter((part) => part !== '').join(separator);
}

/** Not `toLocaleUpperCase`: the outcome must not depend on the machine's language. */
function upperCase(text: string): string {
  return text.toUpperCase();
}
