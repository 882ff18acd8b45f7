import { createHash } from 'node:crypto';

import { beforeAll, expect, it } from 'vitest';

import { loadPdfRenderer } from '../../../src/core/pdf/load-renderer';
import { frozen, line } from '../../../src/shared/pdf/fixtures/documents';
import { GOLDEN } from '../../../src/shared/pdf/fixtures/golden';
import { SAMPLES } from '../../../src/shared/pdf/fixtures/samples';
import type { PdfRenderer } from '../../../src/shared/pdf/renderer';
import { printDocument } from './domain/printable';

let renderer: PdfRenderer;

beforeAll(async () => {
  renderer = await loadPdfRenderer();
});

it.each(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[])(
  'prints %s as the desktop does',
  (name) => {
    const printed = printDocument(renderer, SAMPLES[name], GOLDEN[name]);
    expect(printed.ok && printed.value.sha256).toBe(GOLDEN[name]);
    const bytes = printed.ok ? printed.value.bytes : new Uint8Array();
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(GOLDEN[name]);
  },
);

it.each([
  ['a draft', frozen({ issued: null }), null, 'invoice_not_finalised'],
  ['another renderer', frozen({ rendererVersion: '0' }), null, 'renderer_unavailable'],
  ['other fonts', frozen({ fontSet: 'noto-0' }), null, 'renderer_unavailable'],
  [
    'characters without a font',
    frozen({ lines: [line({ description: 'linear B \u{10000}' })] }),
    null,
    'text_unprintable',
  ],
  ['bytes that its maker did not see', frozen(), '0'.repeat(64), 'pdf_hash_differs'],
])('refuses %s', (_, document, expected, reason) => {
  expect(printDocument(renderer, document, expected)).toEqual({ ok: false, error: reason });
});
