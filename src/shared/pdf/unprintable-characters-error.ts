/** A text of the document has characters that no bundled font can print. */
export class UnprintableCharactersError extends Error {
  override readonly name = 'UnprintableCharactersError';

  constructor(
    readonly text: string,
    readonly characters: readonly string[],
  ) {
    super(`no bundled font prints ${characters.map(codePointOf).join(', ')}`);
  }
}

function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
