import { expect, it } from 'vitest';

import { loadPdfRenderer } from '../../../../src/core/pdf/load-renderer';
import { loadFont } from '../../../../src/core/pdf/load-pdf-assets';
import { calendarDate } from '../../../../src/shared/domain/calendar-date';
import { frozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { createFontCoverage } from '../../../../src/shared/pdf/fonts/font-book';
import { clientOf, settingsOf } from '../testing/scratch-context';
import { newContent } from '../domain/content';
import { freezeDocument, paperParts } from '../domain/paper';
import { unprintableTexts } from '../domain/printable';

function frozenOf(description: string) {
  const tenant = newUid<BusinessUid>();
  const settings = settingsOf();
  const client = clientOf();
  const items = [{ description, quantity: 2, unit_price: 12.5 }];
  const today = calendarDate.parse('2026-06-01');
  const content = newContent({ client_id: 1, items }, settings, client, null, today);
  const paper = paperParts(tenant, settings, null, client);
  if (!content.ok || !paper.ok) throw new Error('refused');
  return freezeDocument(
    {
      uid: newUid(),
      kind: 'invoice',
      content: content.value,
      order: null,
      corrects: null,
      paper: paper.value,
    },
    null,
    null,
  );
}

it('is complete, and what the renderer prints and refuses', async () => {
  const renderer = await loadPdfRenderer();
  const fonts = createFontCoverage(loadFont);
  const good = frozenOf('Zażółć gęślą jaźń, 請求書, שלום');
  expect(frozenDocument.safeParse(good).success).toBe(true);
  expect(renderer.version).toBe(good.rendererVersion);
  expect(renderer.fontSet).toBe(good.fontSet);
  expect(unprintableTexts(good, fonts)).toEqual([]);
  expect(renderer.render(good).length).toBeGreaterThan(1_000);
  const bad = frozenOf('A \u{10FFFD}');
  expect(unprintableTexts(bad, fonts)).toMatchObject([
    { field: 'lines.0.description', code: 'characters_not_printable' },
  ]);
  expect(renderer.missingCharacters(bad)).toHaveLength(1);
});
