import { describe, expect, it } from 'vitest';

import { addressLines } from './address-lines';
import type { Address } from './party';

function lines(
  country: string,
  change: Partial<Address> = {},
  homeCountry = country,
): readonly string[] {
  const address = {
    line1: '1 High Street',
    line2: '',
    postalCode: '12345',
    city: 'Town',
    region: 'Region',
    country,
    ...change,
  };
  return addressLines(address, { homeCountry, countryName: 'Österreich' });
}

describe('addressLines', () => {
  it.each([
    ['DE', ['1 High Street', '12345 Town', 'Region']],
    ['FR', ['1 High Street', '12345 Town', 'Region']],
    ['US', ['1 High Street', 'Town Region 12345']],
    ['CA', ['1 High Street', 'Town Region 12345']],
    ['GB', ['1 High Street', 'Town', 'Region', '12345']],
    ['JP', ['1 High Street', 'Town, Region', '12345']],
    ['IT', ['1 High Street', '12345 Town Region']],
    ['BR', ['1 High Street', 'Town-Region', '12345']],
    ['MX', ['1 High Street', '12345 Town, Region']],
    ['SG', ['1 High Street', 'Town 12345', 'Region']],
  ])('stands in the order of %s', (country, expected) => {
    expect(lines(country)).toEqual(expected);
  });

  it('names the country only abroad, in capitals', () => {
    expect(lines('AT', { region: '' }, 'DE')).toEqual([
      '1 High Street',
      '12345 Town',
      'ÖSTERREICH',
    ]);
    expect(lines('AT', { region: '' }, '').at(-1)).toBe('ÖSTERREICH');
  });

  it('leaves out what is empty, separators included', () => {
    const bare = { line1: '', postalCode: ' ', region: '' };
    expect(lines('US', { ...bare, line2: 'c/o Acme' })).toEqual(['c/o Acme', 'Town']);
    expect(lines('BR', { region: '' })).toEqual(['1 High Street', 'Town', '12345']);
    expect(lines('MX', { city: '' })).toEqual(['1 High Street', '12345, Region']);
    expect(lines('DE', { ...bare, city: '' })).toEqual([]);
  });
});
