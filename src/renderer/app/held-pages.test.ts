import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { HeldPages, ReadPage, Sight } from './held-pages';
import { allOld, readInSight, rowsOf } from './held-pages';

interface Row {
  readonly key: string;
  readonly place: number;
}

/** A list sorted by place and key, that answers as the core does. */
class List {
  rows: Row[] = [];
  reads = 0;

  readonly read: ReadPage<Row> = ({ cursor, until, limit }) => {
    this.reads += 1;
    const sorted = this.rows.toSorted(inOrder);
    const within = sorted.filter(
      (row) =>
        (cursor === undefined || inOrder(row, parse(cursor)) > 0) &&
        (until === undefined || inOrder(row, parse(until)) <= 0),
    );
    const rows = within.slice(0, limit);
    const last = rows.at(-1);
    const hasMore = within.length > limit && last !== undefined;
    const nextCursor = hasMore ? JSON.stringify(last) : (until ?? null);
    return Promise.resolve({ rows, nextCursor });
  };

  keys(): readonly string[] {
    return this.rows.toSorted(inOrder).map(({ key }) => key);
  }
}

function parse(cursor: string): Row {
  return JSON.parse(cursor) as Row;
}

function inOrder(a: Row, b: Row): number {
  return a.place - b.place || a.key.localeCompare(b.key);
}

function listOf(length: number): List {
  const list = new List();
  list.rows = Array.from({ length }, (_, at) => ({ key: `row ${at}`, place: at * 10 }));
  return list;
}

const keysOf = (pages: HeldPages<Row>) => rowsOf(pages).map(({ key }) => key);
const see = (list: List, pages: HeldPages<Row>, sight: Sight) =>
  readInSight(
    pages,
    () => sight,
    list.read,
    ({ key }) => key,
  );

/** Reads on until the end. */
async function readAll(list: List): Promise<HeldPages<Row>> {
  return see(list, [], { first: 0, last: Number.MAX_SAFE_INTEGER });
}

describe('R72 pages of a list', () => {
  it('are read as far as is looked', async () => {
    const list = listOf(1_000);
    const pages = await see(list, [], { first: 0, last: 20 });
    expect(keysOf(pages)).toEqual(list.keys().slice(0, 100));
    expect(keysOf(await see(list, pages, { first: 60, last: 80 }))).toHaveLength(200);
  });

  it('after a change are read again where one looks, however long the list', async () => {
    const list = listOf(10_000);
    const pages = await readAll(list);
    list.reads = 0;
    list.rows.push({ key: 'new above', place: 15 }, { key: 'new in sight', place: 50_505 });
    const changed = await see(list, allOld(pages), { first: 5_045, last: 5_065 });
    expect(list.reads).toBe(2);
    expect(keysOf(changed).slice(5_000, 5_101)).toEqual(list.keys().slice(5_001, 5_102));
    expect(keysOf(changed)).not.toContain('new above');
    const above = await see(list, changed, { first: 0, last: 20 });
    expect(list.reads).toBe(3);
    expect(keysOf(above)).toEqual(list.keys());
  });

  it('that have grown without measure are read as far as is looked', async () => {
    const list = listOf(150);
    const pages = await see(list, [], { first: 0, last: 20 });
    list.rows.push(
      ...Array.from({ length: 5_000 }, (_, at) => ({ key: `n ${at}`, place: 5 + at / 10_000 })),
    );
    list.reads = 0;
    let now = await see(list, allOld(pages), { first: 0, last: 20 });
    expect(list.reads).toBe(1);
    expect(keysOf(now).slice(0, 200)).toEqual(list.keys().slice(0, 200));
    now = await see(list, now, { first: 0, last: Number.MAX_SAFE_INTEGER });
    expect(keysOf(now)).toEqual(list.keys());
  });

  it('hold a row that has moved once, where it is now', async () => {
    const list = listOf(300);
    const pages = await readAll(list);
    list.rows = list.rows.map((row) => (row.key === 'row 250' ? { ...row, place: 5 } : row));
    const now = await see(list, allOld(pages), { first: 0, last: 20 });
    expect(keysOf(now)).toEqual(list.keys());
  });

  it('are the list again once all of it was looked at, whatever changed in between', async () => {
    const place = fc.integer({ min: 0, max: 6_000 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('insert' as const), place, many: fc.nat({ max: 250 }) }),
      fc.record({ kind: fc.constant('remove' as const), place, many: fc.nat({ max: 250 }) }),
      fc.record({ kind: fc.constant('move' as const), place, to: place }),
      fc.record({ kind: fc.constant('look' as const), first: fc.nat({ max: 900 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 600 }),
        fc.array(step, { maxLength: 12 }),
        async (n, steps) => {
          const list = listOf(n);
          let pages = await see(list, [], { first: 0, last: 20 });
          let made = 0;
          for (const one of steps) {
            switch (one.kind) {
              case 'insert':
                for (let count = 0; count < one.many; count += 1) {
                  made += 1;
                  list.rows.push({ key: `new ${made}`, place: one.place });
                }
                break;
              case 'remove':
                list.rows = list.rows.filter(
                  (row) => row.place < one.place || row.place > one.place + one.many,
                );
                break;
              case 'move':
                list.rows = list.rows.map((row) =>
                  Math.abs(row.place - one.place) < 5 ? { ...row, place: one.to } : row,
                );
                break;
              case 'look': {
                const sight = { first: one.first, last: one.first + 20 };
                pages = await see(list, pages, sight);
                break;
              }
            }
            if (one.kind !== 'look') pages = allOld(pages);
            expect(new Set(keysOf(pages)).size).toBe(keysOf(pages).length);
          }
          const all = { first: 0, last: Number.MAX_SAFE_INTEGER };
          expect(keysOf(await see(list, pages, all))).toEqual(list.keys());
        },
      ),
      { numRuns: 60 },
    );
  });
});
