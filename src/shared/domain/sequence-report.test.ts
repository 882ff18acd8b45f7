import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { SequenceEntry } from './sequence-report';
import { reportSequence } from './sequence-report';
import { day } from './testing/arbitraries';

function entry(sequence: number, change: Partial<SequenceEntry> = {}): SequenceEntry {
  return {
    sequence,
    number: `INV-${sequence}`,
    issueDate: day('2026-01-01'),
    uid: `uid-${sequence}`,
    isInReplica: true,
    ...change,
  };
}

describe('reportSequence', () => {
  it('proves a series without gap or duplicate, also an unused one', () => {
    const report = reportSequence({
      start: 5,
      entries: [5, 6, 7].map((sequence) => entry(sequence)),
    });
    expect(report).toMatchObject({
      first: { sequence: 5 },
      last: { sequence: 7 },
      count: 3,
      isProven: true,
    });
    expect(reportSequence({ start: 1, entries: [] })).toMatchObject({
      first: null,
      isProven: true,
    });
  });

  it('names gaps, from the start on, as runs', () => {
    const report = reportSequence({
      start: 1,
      entries: [3, 4, 9].map((sequence) => entry(sequence)),
    });
    expect(report.gaps).toEqual([
      { from: 1, to: 2 },
      { from: 5, to: 8 },
    ]);
    expect(report.isProven).toBe(false);
  });

  it('names documents that share a sequence number or print alike, once', () => {
    const twice = [entry(1), entry(1, { uid: 'other' }), entry(2), entry(3, { number: 'INV-2' })];
    const { duplicates, gaps } = reportSequence({ start: 1, entries: twice });
    expect(duplicates.map((group) => group.entries.map(({ uid }) => uid))).toEqual([
      ['uid-1', 'other'],
      ['uid-2', 'uid-3'],
    ]);
    expect(gaps).toEqual([]);
  });

  it('is no proof while a document is missing', () => {
    const report = reportSequence({
      start: 1,
      entries: [entry(1), entry(2, { isInReplica: false })],
    });
    expect(report).toMatchObject({ absent: [{ sequence: 2 }], isProven: false, gaps: [] });
  });

  it('finds exactly what was left out', () => {
    const taken = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 });
    fc.assert(
      fc.property(taken, (sequences) => {
        const sorted = sequences.toSorted((a, b) => a - b);
        const { gaps } = reportSequence({
          start: 1,
          entries: sorted.map((sequence) => entry(sequence)),
        });
        const missing = gaps.flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        );
        expect([...sorted, ...missing].toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: sorted.at(-1) ?? 0 }, (_, index) => index + 1),
        );
      }),
    );
  });

  it('throws when the entries are not sorted', () => {
    expect(() => reportSequence({ start: 1, entries: [entry(2), entry(1)] })).toThrow();
  });
});
