import fc from 'fast-check';
import { expect, it } from 'vitest';

import { headerText } from './header-text';

it('is one line, whatever was typed', () => {
  expect(headerText('Hello\r\nBcc: all@example.com\u2028x\u0000')).toBe(
    'Hello Bcc: all@example.com x',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const header = headerText(text);
      expect(header).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(header.isWellFormed()).toBe(true);
      expect(Array.from(header).length).toBeLessThanOrEqual(200);
    }),
  );
});

it('keeps letters of every script and drops marks that turn what follows', () => {
  expect(headerText('חברת הדוגמה Zażółć 株式会社')).toBe('חברת הדוגמה Zażółć 株式会社');
  expect(headerText('evil\u202egnp.exe')).toBe('evilgnp.exe');
});
