import fc from 'fast-check';
import { expect, it } from 'vitest';

import { partsBySize } from './outbox-relay';

function tellingOf(bytes: number) {
  return { detail: 'x'.repeat(bytes) };
}

it('cuts what is told into requests that are not too large, in its order', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 5 });
  fc.assert(
    fc.property(sizes, (all) => {
      const tellings = all.map(tellingOf);
      const parts = partsBySize(tellings);
      expect(parts.flat()).toEqual(tellings);
      for (const part of parts) {
        const bytes = part.reduce((sum, one) => sum + one.detail.length, 0);
        expect(part.length === 1 || bytes <= 256 * 1024).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

it('tells small events together', () => {
  const small = Array.from({ length: 10 }, () => tellingOf(500));
  expect(partsBySize(small)).toHaveLength(1);
  expect(partsBySize([])).toEqual([]);
});
