/** Puts the cursor where the first thing is missing: the client, or else a line's text. */
export function focusFirstEmptyField(root: HTMLElement | null, hasClient: boolean): void {
  const client = root?.querySelector<HTMLInputElement>('[data-field="clientUid"] input');
  // The name of a chosen client may still be being read: its field is not empty.
  if (client && !hasClient && !client.readOnly) return client.focus();
  const descriptions = root?.querySelectorAll<HTMLTextAreaElement>(
    'textarea[data-cell="description"]',
  );
  const empty = [...(descriptions ?? [])].find((cell) => cell.value === '' && !cell.readOnly);
  empty?.closest('[data-line]')?.querySelector<HTMLElement>('[data-cell="product"]')?.focus();
}
