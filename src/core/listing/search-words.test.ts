import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { searchPhrases, searchWords } from './search-words';

describe('searchWords', () => {
  it.each([
    ['Zażółć gęślą', 'zazolc gesla'],
    ['Αθήνα', 'αθηνα'],
    ['INV-2026-0017', 'inv 2026 0017 17'],
    ['anna.nowak@acme.example', 'anna nowak acme example'],
    ['DE123456789', 'de 123456789'],
    ['東京カメラ', '東 京 か め ら'],
    ['ABC株式会社', 'abc 株 式 会 社'],
    ['한국 Co', '한 국 co'.normalize('NFKD')],
    ['—!?', ''],
  ])('splits %s', (text, words) => {
    expect(searchWords(text)).toBe(words);
  });

  it('joins several texts', () => {
    expect(searchWords('Acme', '', 'Łódź')).toBe('acme lodz');
  });

  it('holds letters and digits of any text and nothing that separates', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const words = searchWords(text);
        expect(words).not.toMatch(/["*\p{Cc}]| {2}|^ | $/u);
      }),
      { numRuns: 300 },
    );
  });
});

describe('searchPhrases', () => {
  it('keeps together what was typed without a space', () => {
    expect(searchPhrases(' INV-2026  東京 -- ')).toEqual([
      ['inv', '2026'],
      ['東', '京'],
    ]);
  });
});
