import { expect, it } from 'vitest';

import { pickScreenLanguage } from './screen-language';

it('speaks the chosen language, whatever the system wants', () => {
  expect(pickScreenLanguage('de', ['en-GB'])).toBe('de');
  expect(pickScreenLanguage('en', ['de-DE'])).toBe('en');
});

it.each([
  [['de-AT', 'en'], 'de'],
  [['DE'], 'de'],
  [['fr-FR', 'de-CH', 'en-GB'], 'de'],
  [['fr-FR', 'en-GB', 'de-CH'], 'en'],
  // Lower Sorbian, whose tag only begins like German.
  [['dsb'], 'en'],
  [['ja-JP'], 'en'],
  [[], 'en'],
] as const)('of a system that wants %j speaks %s', (wanted, language) => {
  expect(pickScreenLanguage(null, wanted)).toBe(language);
});
