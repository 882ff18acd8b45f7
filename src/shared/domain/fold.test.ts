import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fold } from './fold';

describe('fold', () => {
  it.each([
    ['Zażółć gęślą jaźń', 'zazolc gesla jazn'],
    ['Łódź', 'lodz'],
    ['Αθήνα', 'αθηνα'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδός', 'οδοσ'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['Ærøskøbing', 'aeroskobing'],
    ['Œuvre', 'oeuvre'],
    ['Þórður', 'thordur'],
    ['İstanbul ılık', 'istanbul ilik'],
    ['Đorđe', 'dorde'],
    ['Ёлка Чайковский', 'елка чаиковскии'],
    ['Київ', 'киів'],
    ['أحمد إبراهيم آل', 'احمد ابراهيم ال'],
    ['مكتبة على', 'مكتبه علي'],
    ['کتابی', 'كتابي'],
    ['مـــحـــمـــد', 'محمد'],
    ['مُحَمَّد', 'محمد'],
    ['שָׁלוֹם', 'שלום'],
    ['トウキョウ', 'とうきよう'],
    ['ﾄｳｷｮｳ', 'とうきよう'],
    ['とうきょう', 'とうきよう'],
    ['ＡＢＣ１２３', 'abc123'],
    ['١٢٣ ۴۵۶ १२३', '123 456 123'],
    ['ﬁnance №5', 'finance no5'],
    ['Nguyễn', 'nguyen'],
    ['O’Brien', "o'brien"],
    ['so\u00adft', 'soft'],
  ])('%s becomes %s', (text, expected) => {
    expect(fold(text)).toBe(expected);
    expect(fold(text.normalize('NFD'))).toBe(expected);
  });

  it('keeps different words apart', () => {
    expect(new Set(['東京', '京東', '김', '이', 'Ωμέγα', 'Ομέγα'].map(fold)).size).toBe(6);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it('changes nothing the second time, for every character there is, and forgets case', () => {
    const failures: string[] = [];
    for (let block = 0; block < 0x110000; block += 0x40) {
      // Surrogates stand for no character; planes 4 to 13 are empty.
      if ((block >= 0xd800 && block < 0xe000) || (block >= 0x40000 && block < 0xe0000)) continue;
      const characters = Array.from({ length: 0x40 }, (_, index) =>
        String.fromCodePoint(block + index),
      );
      const text = characters.join(' ');
      const folded = fold(text);
      if (fold(folded) !== folded) failures.push(`twice: ${block.toString(16)}`);
      if (fold(text.toLowerCase()) !== folded) failures.push(`case: ${block.toString(16)}`);
    }
    expect(failures).toEqual([]);
  });
});
