import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { partsBySize } from './outbox-relay';

type Entry = Parameters<typeof partsBySize>[0][number];

function entryOf(bytes: number, position: number): Entry {
  return {
    position,
    eventId: randomUUID(),
    name: 'BusinessUpdated',
    tenant: null,
    occurredAt: new Date(),
    trace: {},
    data: 'x'.repeat(bytes),
    publishedAt: null,
  };
}

it('cuts what is told into requests that are not too large, in its order', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 5 });
  fc.assert(
    fc.property(sizes, (all) => {
      const entries = all.map(entryOf);
      const parts = partsBySize(entries);
      expect(parts.flat()).toEqual(entries);
      for (const part of parts) {
        const bytes = part.reduce((sum, one) => sum + String(one.data).length, 0);
        expect(part.length === 1 || bytes <= 256 * 1024).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

it('tells small events together', () => {
  expect(partsBySize(Array.from({ length: 10 }, (_, index) => entryOf(500, index)))).toHaveLength(
    1,
  );
  expect(partsBySize([])).toEqual([]);
});
