import { beforeAll, describe, expect, it } from 'vitest';

import { loadPdfAssets } from './load-pdf-assets';
import { frozen } from '../../shared/pdf/fixtures/documents';
import { squeezed, squeezedText } from './fixtures/pdf-text';
import type { FontBook } from '../../shared/pdf/fonts/font-book';
import { createFontBook, isPrintable } from '../../shared/pdf/fonts/font-book';
import { createShaper } from '../../shared/pdf/fonts/shaper';
import { createSubsetter } from '../../shared/pdf/fonts/subsetter';
import { FONT_FAMILIES } from '../../shared/pdf/pdf-assets';
import { createPdfRenderer } from '../../shared/pdf/renderer';
import { UnprintableCharactersError } from '../../shared/pdf/unprintable-characters-error';
import { composed, isInvisible } from '../../shared/pdf/text/characters';
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

/** Letters and currency signs, as assigned in the running Unicode version. */
const LETTERS: readonly string[] = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint)
  .filter((codePoint) => codePoint < 0xd800 || codePoint > 0xdfff)
  .map((codePoint) => String.fromCodePoint(codePoint))
  .filter((character) => /[\p{L}\p{Sc}]/u.test(character));

function printedBy(line: TextLine): string {
  return line.runs.flatMap((run) => run.glyphs.map((glyph) => glyph.text)).join('');
}

describe('every letter and currency sign of Unicode', () => {
  it('is either set with a glyph that stands for it or refused', () => {
    let set = 0;
    const lost: string[] = [];
    for (const character of LETTERS) {
      const wanted = composed(character);
      if (isPrintable(fonts, wanted.codePointAt(0) ?? 0)) {
        const line = typesetter.line(character, 'Regular');
        const isDrawn = line.runs.every((run) => run.glyphs.every((glyph) => glyph.glyph > 0));
        if (!isDrawn || printedBy(line) !== wanted) lost.push(character);
        set += 1;
      } else {
        expect(() => typesetter.line(character, 'Regular')).toThrow(UnprintableCharactersError);
      }
    }
    expect(lost).toEqual([]);
    expect(set).toBeGreaterThan(40_000);
    expect(LETTERS.length).toBeGreaterThan(130_000);
  });

  it('is in both weights of a font or in none', () => {
    const differing = FONT_FAMILIES.flatMap((family) => {
      const regular = fonts.tables(`${family}-Regular`);
      const semiBold = fonts.tables(`${family}-SemiBold`);
      return LETTERS.filter((character) => {
        const codePoint = character.codePointAt(0) ?? 0;
        return (regular.glyphOf(codePoint) === 0) !== (semiBold.glyphOf(codePoint) === 0);
      });
    });
    expect(differing).toEqual([]);
  });

  it('comes out of the finished PDF, the scripts of Europe and all currencies in full', async () => {
    const renderer = await createPdfRenderer(await loadPdfAssets());
    const european = LETTERS.filter((character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      const isEuropean = codePoint < 0x530 && !isInvisible(codePoint);
      return isEuropean || /\p{Sc}/u.test(character);
    }).filter((character) => isPrintable(fonts, character.codePointAt(0) ?? 0));
    const printable = european.filter((character) => !/[\u0590-\u08ff]/.test(character));
    const notes = printable.join('').slice(0, 2_000);
    const document = frozen({ notes });
    expect(renderer.missingCharacters(document)).toEqual([]);
    expect(squeezedText(renderer.render(document))).toContain(squeezed(notes));
  });

  it('reports by field exactly what is refused', async () => {
    const renderer = await createPdfRenderer(await loadPdfAssets());
    const refused = LETTERS.filter(
      (character) => !isPrintable(fonts, composed(character).codePointAt(0) ?? 0),
    );
    for (let start = 0; start < refused.length; start += 1_000) {
      const part = refused.slice(start, start + 900);
      const [missing] = renderer.missingCharacters(frozen({ notes: `a${part.join('')}` }));
      expect(missing).toEqual({ field: 'notes', characters: part });
    }
  });
});
