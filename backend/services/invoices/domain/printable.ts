import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { Issue } from '../../../../src/shared/domain/result';
import { issue } from '../../../../src/shared/domain/result';
import type { FontCoverage } from '../../../../src/shared/pdf/fonts/font-book';
import { missingCharacters } from '../../../../src/shared/pdf/missing-characters';

/** Characters that would be missing on paper: a document with them is not finalised. */
export function unprintableTexts(document: FrozenDocument, fonts: FontCoverage): readonly Issue[] {
  return missingCharacters(document, fonts).map(({ field, characters }) =>
    issue(field, 'characters_not_printable', { characters: characters.join(' ') }),
  );
}
