/**
 * A `mailto:` address (RFC 6068) that opens the user's own mail program with a message: fields
 * percent-encoded, line breaks as CRLF. `to` may hold several addresses separated by commas.
 */
export function mailAddress(draft: {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}): string {
  const recipients = draft.to
    .split(',')
    .map((one) => encodeURIComponent(one.trim().toWellFormed()).replace('%40', '@'));
  const subject = encodeURIComponent(draft.subject.toWellFormed());
  const body = encodeURIComponent(draft.body.toWellFormed().replace(/\r?\n/gu, '\r\n'));
  return `mailto:${recipients.join(',')}?subject=${subject}&body=${body}`;
}
