const LONGEST_SUBJECT = 200;

/**
 * Text for a header of a mail: one line without control characters, whatever was typed. A line
 * break in a subject or a name would otherwise begin a header of its own.
 */
export function headerText(text: string): string {
  const oneLine = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  // Marks of direction without an end would turn what a mail program shows after them.
  const plain = oneLine.replaceAll(/[\u202a-\u202e\u2066-\u2069]/gu, '');
  return Array.from(plain).slice(0, LONGEST_SUBJECT).join('');
}
