import { expect, it } from 'vitest';

import { screenLanguage } from '../../../../shared/domain/screen-language';
import { REASON_WORDS } from './reason-words';
import { reasonText } from './reasons';

it('says the same reasons with the same values in every language', () => {
  const shapeOf = (language: (typeof screenLanguage.options)[number]) =>
    Object.entries(REASON_WORDS[language].sentences).map(([code, sentence]) => [
      code,
      [...sentence.matchAll(/\{\w+\}/gu)].map(([value]) => value).sort(),
    ]);
  for (const language of screenLanguage.options) expect(shapeOf(language)).toEqual(shapeOf('en'));
});

it('writes amounts as the language does, behind the column they are about', () => {
  const mismatch = {
    field: 'total',
    code: 'total_mismatch',
    params: { stated: 1_000, computed: 1_203, currency: 'EUR' },
  };
  expect(reasonText(REASON_WORDS.en, mismatch, 'Total')).toBe(
    'Total: The file says 10.00 EUR, but the lines come to 12.03 EUR.',
  );
  expect(reasonText(REASON_WORDS.de, mismatch, 'Summe')).toBe(
    'Summe: Laut Datei 10,00 EUR, die Positionen ergeben aber 12,03 EUR.',
  );
});

it('says that a row is not accepted where there is no sentence for why', () => {
  const unheard = { field: '', code: 'unheard_of' };
  expect(reasonText(REASON_WORDS.de, unheard, '')).toBe('Diese Angabe wird nicht angenommen.');
});
