import { expect, it } from 'vitest';

import { contentDisposition } from './document-store';

it('names the file for old programs and for new ones', () => {
  expect(contentDisposition('INV-2026-0001.pdf')).toBe(
    `inline; filename="INV-2026-0001.pdf"; filename*=UTF-8''INV-2026-0001.pdf`,
  );
  expect(contentDisposition('Zaż "1" (2).pdf')).toBe(
    `inline; filename="Za_ _1_ (2).pdf"; filename*=UTF-8''Za%C5%BC%20%221%22%20%282%29.pdf`,
  );
});

it('lets no name end the header', () => {
  expect(contentDisposition('a\r\nSet-Cookie: x')).not.toMatch(/[\r\n]/u);
});
