import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { safeFileName } from './safe-file-name';

describe('a suggested file name', () => {
  it.each([
    ['INV-2026-0001.pdf', 'INV-2026-0001.pdf'],
    ['Zażółć 請求書.pdf', 'Zażółć 請求書.pdf'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['a/b\\c:d.pdf', 'a-b-c-d.pdf'],
    ['CON.pdf', '_CON.pdf'],
    ['...', 'document'],
    ['', 'document'],
  ])('%j becomes %j', (suggestion, name) => {
    expect(safeFileName(suggestion)).toBe(name);
  });

  it('keeps its ending when it is shortened', () => {
    const name = safeFileName(`${'x'.repeat(300)}.pdf`);
    expect(name).toHaveLength(120);
    expect(name.endsWith('.pdf')).toBe(true);
  });

  it('never names a directory, whatever is suggested', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (suggestion) => {
        const name = safeFileName(suggestion);
        expect(name).not.toMatch(/[/\\\0]/u);
        expect(name).not.toMatch(/^\.*$/u);
      }),
    );
  });
});
