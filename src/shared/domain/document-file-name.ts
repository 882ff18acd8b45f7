/** Characters that Windows, macOS or Linux refuse in a file name, and control characters. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f/\\:*?"<>|]+/g;
const LONGEST = 100;

/** The file name of a document's PDF: its number, or "Draft" with the client's name. */
export function documentFileName(number: string | null, clientName: string): string {
  const name = number ?? `Draft ${clientName}`;
  const safe = name.replaceAll(FORBIDDEN, '-').trim().replace(/^\.+/, '');
  return `${Array.from(safe).slice(0, LONGEST).join('').trim() || 'Document'}.pdf`;
}
