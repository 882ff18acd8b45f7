import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanLine, cleanText, hasBreaks, isVisible, line, PATTERNS, text } from './text';

/** Whatever a keyboard, the clipboard or a file can bring: controls and half pairs too. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(
        '\u0000',
        '\u001b',
        '\ud83d',
        '\udc00',
        '\r\n',
        '\t',
        '\u200b',
        '\u2028',
        ' ',
      ),
    ),
  )
  .map((parts) => parts.join(''));

const [ANY_TEXT, SOME_TEXT, ANY_LINE, SOME_LINE] = [
  PATTERNS.text,
  PATTERNS.someText,
  PATTERNS.line,
  PATTERNS.someLine,
].map((pattern) => new RegExp(pattern, 'u'));

describe('text that is typed or pasted', () => {
  it('keeps what people write', () => {
    const letter = 'Dear Zoë,\n\n\t1 × “Crème brûlée” 👩‍👩‍👧\r\nשלום, 東京';
    expect(cleanText(letter)).toBe(letter);
    expect(cleanLine('  Zoë O’Hara-Łęcka 👩‍👩‍👧 ')).toBe('Zoë O’Hara-Łęcka 👩‍👩‍👧');
  });

  it('leaves out what cannot be kept, and is no error', () => {
    expect(text(20).parse('a\u0000b\u001b[0mc\u0085')).toBe('ab[0mc');
    expect(text(20).parse('Call me \ud83d')).toBe('Call me \ufffd');
    expect(line(20).parse('Acme\r\nLtd\tBerlin')).toBe('Acme Ltd Berlin');
  });

  it('has a name in it only where there is something to see', () => {
    const name = line(20, 1);
    for (const nothing of ['', ' \t\n', '\u200b\u2060', '\u3164', '\u2800', '\u00ad\u200d\ufe0f']) {
      expect(name.safeParse(nothing).success, JSON.stringify(nothing)).toBe(false);
      expect(line(20).parse(nothing)).toBe('');
    }
    expect(name.parse('\u200fשלום')).toBe('\u200fשלום');
  });

  it('is clean once it was cleaned, and then as the API takes it', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const [kept, name] = [cleanText(typed), cleanLine(typed)];
        expect([cleanText(kept), cleanLine(name)]).toEqual([kept, name]);
        expect(kept.isWellFormed() && !kept.includes('\u0000')).toBe(true);
        expect(ANY_TEXT?.test(kept)).toBe(true);
        expect(SOME_TEXT?.test(kept)).toBe(isVisible(kept));
        expect(hasBreaks(name)).toBe(false);
        expect(ANY_LINE?.test(name)).toBe(true);
        expect(SOME_LINE?.test(name)).toBe(name !== '');
      }),
      { numRuns: 2_000 },
    );
  });
});
