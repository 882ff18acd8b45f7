import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DomainError, Result } from '../../shared/domain/result';
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

  function pageOf(cursor: string | undefined, limit: number, until?: string) {
    return readPage(
      'key asc',
      { cursor, limit, until },
      ({ values }, count) => {
        const begin = values.id === undefined ? 0 : indexOf(values.id) + 1;
        const end = values.untilId === null ? all.length : indexOf(values.untilId);
        const placed = all.map((row, index) => ({ ...row, isBeyond: index > end ? 1 : 0 }));
        return placed.slice(begin, begin + count);
      },
      ({ id }) => id,
    );
  }

  function valueOf<Value>(result: Result<Value, DomainError>): Value {
    if (!result.ok) throw new Error('a cursor of the list itself was refused');
    return result.value;
  }

  function indexOf(id: number): number {
    return all.findIndex((row) => row.id === id);
  }

  it.each([1, 2, 3, 6, 7, 8])('shows every row once in pages of %i', (limit) => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = valueOf(pageOf(cursor, limit));
      seen.push(...page.rows);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('ends where it is told to, and says whether that was reached', () => {
    const ids = all.map(({ id }) => id);
    const first = valueOf(pageOf(undefined, 2));
    const until = valueOf(pageOf(first.nextCursor ?? undefined, 3)).nextCursor ?? undefined;
    const whole = valueOf(pageOf(first.nextCursor ?? undefined, 6, until));
    expect(whole).toEqual({ rows: ids.slice(2, 5), nextCursor: until });
    const part = valueOf(pageOf(first.nextCursor ?? undefined, 2, until));
    expect(part.rows).toEqual(ids.slice(2, 4));
    expect(valueOf(pageOf(part.nextCursor ?? undefined, 6, until))).toEqual({
      rows: ids.slice(4, 5),
      nextCursor: until,
    });
  });
});
