import type { FrozenDocument } from '../domain/frozen-document';
import type { FontCoverage } from './fonts/font-book';
import { isPrintable } from './fonts/font-book';
import { printedTexts } from './printed-texts';
import { composed, LINE_BREAKS } from './text/characters';

/** Characters of one field that no bundled font can print. */
export interface MissingCharacters {
  /** Path in the frozen document: `client.name`, `lines.0.description`. */
  readonly field: string;
  readonly characters: readonly string[];
}

/** The texts of a document that the renderer would refuse; empty when it would not. */
export function missingCharacters(
  document: FrozenDocument,
  fonts: FontCoverage,
): readonly MissingCharacters[] {
  return printedTexts(document).flatMap(({ field, text }) => {
    const characters = unprintable(text, fonts);
    return characters.length === 0 ? [] : [{ field, characters }];
  });
}

function unprintable(text: string, fonts: FontCoverage): readonly string[] {
  const missing = new Set<string>();
  for (const character of composed(text).split(LINE_BREAKS).join('').replaceAll('\t', '')) {
    if (!isPrintable(fonts, character.codePointAt(0) ?? 0)) missing.add(character);
  }
  return [...missing];
}
