import type { Sheet } from './sheet';
import { ASCENT, BODY, BODY_LEADING } from './styles';

/** Free text at the end; it may run over to further pages. */
export function drawNotes(sheet: Sheet): void {
  const { document, labels, page } = sheet;
  if (document.notes.trim() === '') return;
  const lines = sheet.wrap(document.notes.trimEnd(), page.right - page.left, { size: BODY });
  sheet.y += 20;
  // The heading takes two lines of its text along.
  sheet.reserve(18 + Math.min(2, lines.length) * BODY_LEADING);
  const heading = { size: BODY, weight: 'SemiBold' } as const;
  sheet.text(labels.notes, page.left, sheet.y + BODY * ASCENT, heading);
  sheet.y += 18;
  for (const line of lines) {
    sheet.reserve(BODY_LEADING);
    sheet.draw(line, page.left, sheet.y + BODY * ASCENT, { size: BODY });
    sheet.y += BODY_LEADING;
  }
}
