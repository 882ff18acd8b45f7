import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createLineSplitter } from './event-stream';

it('finds the lines again, wherever the stream was cut', () => {
  const line = fc.string({ minLength: 1 }).filter((text) => !text.includes('\n'));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
      const text = lines.map((one) => `${one}\n\n`).join('');
      const places = [...cuts.filter((cut) => cut < text.length), text.length].sort(
        (a, b) => a - b,
      );
      const splitLines = createLineSplitter();
      let from = 0;
      const found = places.flatMap((place) => {
        const piece = text.slice(from, place);
        from = place;
        return splitLines(piece);
      });
      expect(found).toEqual(lines);
    }),
  );
});

it('keeps back a line that is not complete', () => {
  const splitLines = createLineSplitter();
  expect(splitLines('{"event":')).toEqual([]);
  expect(splitLines('"ready"}\n')).toEqual(['{"event":"ready"}']);
});
