import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { loadPdfAssets } from './load-pdf-assets';
import type { FontBook } from '../../shared/pdf/fonts/font-book';
import { createFontBook } from '../../shared/pdf/fonts/font-book';
import { createShaper } from '../../shared/pdf/fonts/shaper';
import { createSubsetter } from '../../shared/pdf/fonts/subsetter';
import { visualOrder } from '../../shared/pdf/text/bidi';
import type { TextLine } from '../../shared/pdf/text/glyph-run';
import type { Typesetter } from '../../shared/pdf/text/typesetter';
import { createTypesetter } from '../../shared/pdf/text/typesetter';
import { createWordShaper } from '../../shared/pdf/text/word-shaper';

let fonts: FontBook;
let typesetter: Typesetter;

beforeAll(async () => {
  const assets = await loadPdfAssets();
  const [shaper, subsetter] = await Promise.all([
    createShaper(assets.shaperWasm),
    createSubsetter(assets.subsetterWasm),
  ]);
  fonts = createFontBook(assets, shaper, subsetter);
  typesetter = createTypesetter(fonts, createWordShaper(fonts)(), 'SC');
});

function texts(lines: readonly TextLine[]): readonly string[] {
  return lines.map((line) => line.runs.map((run) => run.text).join(''));
}

function wrapped(text: string, width: number): readonly string[] {
  return texts(typesetter.wrap(text, 'Regular', width));
}

describe('wrapping', () => {
  it('breaks at spaces and typed line breaks, and keeps empty lines', () => {
    expect(wrapped('one two\n\nthree', 2_600)).toEqual(['one', 'two', '', 'three']);
    expect(wrapped('one two\r\nthree', 9_000)).toEqual(['one two', 'three']);
  });

  it('breaks between ideographs, but not before closing or after opening marks', () => {
    expect(wrapped('日本語。', 3_100)).toEqual(['日本', '語。']);
    expect(wrapped('日「本', 2_100)).toEqual(['日', '「本']);
  });

  it('cuts a word that is wider than the line, never inside a character', () => {
    expect(wrapped('𠮷𠮷𠮷', 1_000)).toEqual(['𠮷', '𠮷', '𠮷']);
    expect(wrapped('xe\u0323\u0301x', 700)).toEqual(['x', 'ẹ\u0301', 'x']);
  });

  it('loses and invents nothing but white space, and keeps to the width', () => {
    const character = fc.constantFrom(
      ...'abc AV.-/(é日本語。「」אבגابت12 \n𠮷한글कि'.split(''),
      '𠮷',
    );
    fc.assert(
      fc.property(
        fc.array(character, { maxLength: 60 }),
        fc.integer({ min: 1_200, max: 9_000 }),
        (parts, width) => {
          const text = parts
            .filter((part) => !/[\ud800-\udfff]$/.test(part) || part.length === 2)
            .join('');
          const lines = typesetter.wrap(text, 'Regular', width);
          for (const line of lines) {
            // One character may be wider than any line.
            const text = line.runs.map((run) => run.text).join('');
            const letters = text.replace(/\p{M}/gu, '');
            expect(line.width <= width || [...letters].length <= 1, text).toBe(true);
          }
          const printed = [...texts(lines).join('')].filter((part) => part.trim() !== '').sort();
          expect(printed).toEqual(
            [...text.normalize('NFC')].filter((part) => part.trim() !== '').sort(),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('shaping', () => {
  it('kerns pairs of plain letters exactly as HarfBuzz shapes the whole word', () => {
    const shaping = fonts.shaping('NotoSans-Regular');
    const letter = fc.constantFrom(..."ABCTVWYLPFaeofirtvwy.,-'1 ÀéöłąžΑΤΥαλАТУдж€".split(''));
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 14 }), (letters) => {
        const word = letters.join('');
        const [run] = typesetter.line(word, 'Regular').runs;
        const shaped = shaping?.shape(word, false) ?? [];
        expect(run?.glyphs.map((glyph) => [glyph.glyph, glyph.advance])).toEqual(
          shaped.map((glyph) => [glyph.glyph, glyph.advance]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('takes the font of the wanted writing for shared ideographs', () => {
    const fontOf = (text: string, han?: 'JP' | 'SC' | 'KR'): string | undefined =>
      typesetter.line(text, 'Regular', han).runs[0]?.font;
    expect(fontOf('直')).toBe('NotoSansSC-Regular');
    expect(fontOf('直', 'JP')).toBe('NotoSansJP-Regular');
    expect(fontOf('直す')).toBe('NotoSansJP-Regular');
    expect(fontOf('直', 'KR')).toBe('NotoSansKR-Regular');
  });

  it('puts words that run from right to left in their order on the page', () => {
    const { runs } = typesetter.line('אב גד 12 of', 'Regular');
    expect(runs.map((run) => run.text.trim()).filter((text) => text !== '')).toEqual([
      'of',
      '12',
      'גד',
      'אב',
    ]);
  });
});

describe('visual order', () => {
  it('turns each level around inside the ones that hold it', () => {
    const pieces = [...'A1b2c'.split('')].map((name, index) => ({
      name,
      level: [0, 1, 2, 1, 0][index] ?? 0,
    }));
    expect(visualOrder(pieces).map((piece) => piece.name)).toEqual(['A', '2', 'b', '1', 'c']);
  });
});
