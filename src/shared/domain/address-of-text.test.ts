import fc from 'fast-check';
import { expect, it } from 'vitest';

import { addressLines } from './address-lines';
import { address } from './party';
import { addressOfText } from './address-of-text';

function printed(text: string, country = 'DE'): readonly string[] | null {
  const found = addressOfText(text, country);
  if (found === null) return null;
  expect(address.safeParse(found).success).toBe(true);
  return addressLines(found, { homeCountry: country, countryName: '' });
}

it('prints an address of one text as it was written', () => {
  expect(printed('1 High St\nLondon\nUnited Kingdom')).toEqual([
    '1 High St',
    'London',
    'United Kingdom',
  ]);
  expect(printed('')).toEqual([]);
  expect(printed('A\n\n B \r\nC\nD\nE\nF')).toEqual(['A', 'B', 'C', 'D, E, F']);
});

it('loses no word of what fits, and refuses what does not', () => {
  expect(printed('x'.repeat(500))).toBeNull();
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { maxLength: 60 }), (words) => {
      const lines = printed(words.join(' '));
      if (words.join(' ').length <= 400) expect(lines).not.toBeNull();
      if (lines !== null) expect(lines.join(' ')).toBe(words.join(' '));
    }),
  );
});
