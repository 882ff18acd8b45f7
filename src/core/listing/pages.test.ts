import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeCursor, encodeCursor, readPage } from './pages';

const place = fc.record({
  id: fc.nat(),
  sortKey: fc.oneof(fc.string({ unit: 'binary' }), fc.integer()),
});

describe('cursors', () => {
  it('stand for the place that they were made of', () => {
    fc.assert(
      fc.property(place, fc.string(), (given, order) => {
        const cursor = encodeCursor(order, given);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(order, cursor)).toEqual({ ok: true, value: given });
      }),
    );
  });

  const refusal = {
    ok: false,
    error: { kind: 'refused', issues: [{ field: 'cursor', code: 'cursor_invalid' }] },
  };

  it('are refused when somebody else made them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeCursor('name asc', text)).toEqual(refusal);
      }),
    );
  });

  it('are refused by another order', () => {
    const cursor = encodeCursor('name asc', { id: 1, sortKey: 'acme' });
    expect(decodeCursor('name desc', cursor)).toEqual(refusal);
  });
});

describe('readPage', () => {
  const all = Array.from({ length: 7 }, (_, index) => ({ id: index + 1, sortKey: index % 3 })).sort(
    (a, b) => a.sortKey - b.sortKey || a.id - b.id,
  );

  function pageOf(cursor: string | undefined, limit: number) {
    return readPage(
      'key asc',
      { cursor, limit },
      (after, count) => all.slice(after === null ? 0 : indexOf(after.id) + 1).slice(0, count),
      ({ id }) => id,
    );
  }

  function indexOf(id: number): number {
    return all.findIndex((row) => row.id === id);
  }

  it.each([1, 2, 3, 6, 7, 8])('shows every row once in pages of %i', (limit) => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = pageOf(cursor, limit);
      if (!page.ok) throw new Error('a cursor of the list itself was refused');
      seen.push(...page.value.rows);
      cursor = page.value.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(all.map(({ id }) => id));
  });
});
