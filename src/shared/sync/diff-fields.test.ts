import { describe, expect, it } from 'vitest';

import { diffFields } from './diff-fields';

describe('diffFields', () => {
  it('names the fields that differ, with both values', () => {
    expect(
      diffFields({ name: 'Acme', city: 'Berlin' }, { name: 'Acme Ltd', city: 'Berlin' }),
    ).toEqual({ name: { from: 'Acme', to: 'Acme Ltd' } });
  });

  it('is empty for equal records, nested values included', () => {
    const record = { address: { city: 'Łódź' }, lines: [{ uid: 'a', quantity: 1 }] };
    expect(diffFields(record, structuredClone(record))).toEqual({});
  });

  it('compares lists line by line, so that edits of two lines are two fields', () => {
    const before = { lines: [line('a', 1), line('b', 1), line('c', 1)] };
    const after = { lines: [line('b', 2), line('a', 1), line('d', 1)] };
    expect(diffFields(before, after)).toEqual({
      'lines.b': { from: line('b', 1), to: line('b', 2) },
      'lines.c': { from: line('c', 1), to: null },
      'lines.d': { from: null, to: line('d', 1) },
      'lines.order': { from: ['a', 'b', 'c'], to: ['b', 'a', 'd'] },
    });
  });

  it('tells a value that appears from one that goes', () => {
    expect(diffFields({ discount: null }, { discount: { kind: 'percent', percent: 1 } })).toEqual({
      discount: { from: null, to: { kind: 'percent', percent: 1 } },
    });
  });
});

function line(uid: string, quantity: number) {
  return { uid, quantity };
}
