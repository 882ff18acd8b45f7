import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { withValues } from './field-paths';
import { holdDependencies, joinPatches, mergePatch, replayPatch } from './merge';

const draft = {
  notes: 'Thank you',
  currency: 'EUR',
  pricesIncludeTax: false,
  discount: null,
  exchangeRate: null,
  issueDate: '2026-11-01',
  terms: { kind: 'net', days: 14 },
  dueDate: '2026-11-15',
  lines: [line('a', 100), line('b', 200)],
};

describe('mergePatch', () => {
  it('applies what nobody else changed', () => {
    const merged = mergePatch('invoices', draft, { notes: { from: 'Thank you', to: 'Thanks' } });
    expect(merged).toEqual({ record: { ...draft, notes: 'Thanks' }, conflicts: [] });
  });

  it('does nothing where the wanted value stands already', () => {
    const current = { ...draft, notes: 'Thanks' };
    const merged = mergePatch('invoices', current, { notes: { from: 'Thank you', to: 'Thanks' } });
    expect(merged).toEqual({ record: current, conflicts: [] });
  });

  it('keeps the cloud’s value of a field that both changed, and tells all three', () => {
    const current = { ...draft, notes: 'Many thanks' };
    const merged = mergePatch('invoices', current, {
      notes: { from: 'Thank you', to: 'Thanks' },
      'lines.a': { from: line('a', 100), to: line('a', 150) },
    });
    expect(merged.conflicts).toEqual([
      { path: 'notes', base: 'Thank you', mine: 'Thanks', theirs: 'Many thanks' },
    ]);
    expect(merged.record).toEqual({ ...current, lines: [line('a', 150), line('b', 200)] });
  });

  it('merges edits of two lines, and conflicts on the same line', () => {
    const current = { ...draft, lines: [line('a', 111), line('b', 200)] };
    const other = mergePatch('invoices', current, {
      'lines.b': { from: line('b', 200), to: line('b', 222) },
    });
    expect(other.conflicts).toEqual([]);
    const same = mergePatch('invoices', current, {
      'lines.a': { from: line('a', 100), to: line('a', 122) },
    });
    expect(same.conflicts.map(({ path }) => path)).toEqual(['lines.a']);
    expect(same.record).toEqual(current);
  });

  it('conflicts where a line was deleted on one side and edited on the other', () => {
    const deletedThere = mergePatch(
      'invoices',
      { ...draft, lines: [line('b', 200)] },
      { 'lines.a': { from: line('a', 100), to: line('a', 150) } },
    );
    expect(deletedThere.conflicts).toEqual([
      { path: 'lines.a', base: line('a', 100), mine: line('a', 150), theirs: null },
    ]);
    const deletedHere = mergePatch(
      'invoices',
      { ...draft, lines: [line('a', 150), line('b', 200)] },
      {
        'lines.a': { from: line('a', 100), to: null },
        'lines.order': { from: ['a', 'b'], to: ['b'] },
      },
    );
    expect(deletedHere.conflicts.map(({ path }) => path)).toEqual(['lines.a']);
    expect(deletedHere.record['lines']).toEqual([line('a', 150), line('b', 200)]);
  });

  it('keeps the lines that two people added, each where it was put', () => {
    const current = { ...draft, lines: [line('a', 100), line('c', 1), line('b', 200)] };
    const merged = mergePatch('invoices', current, {
      'lines.d': { from: null, to: line('d', 2) },
      'lines.order': { from: ['a', 'b'], to: ['a', 'b', 'd'] },
    });
    expect(merged.conflicts).toEqual([]);
    expect((merged.record['lines'] as { uid: string }[]).map(({ uid }) => uid)).toEqual([
      'a',
      'c',
      'b',
      'd',
    ]);
  });

  it('merges a price together with its currency', () => {
    const patch = holdDependencies('invoices', draft, {
      'lines.a': { from: line('a', 100), to: line('a', 150) },
    });
    const merged = mergePatch('invoices', { ...draft, currency: 'USD' }, patch);
    expect(merged.conflicts.map(({ path }) => path)).toEqual(['lines.a']);
    const currency = holdDependencies('invoices', draft, {
      currency: { from: 'EUR', to: 'USD' },
    });
    const repriced = { ...draft, lines: [line('a', 150), line('b', 200)] };
    expect(mergePatch('invoices', repriced, currency).conflicts).toEqual([
      { path: 'currency', base: 'EUR', mine: 'USD', theirs: 'EUR' },
    ]);
  });

  it('merges dates together with the terms', () => {
    const patch = holdDependencies('invoices', draft, {
      dueDate: { from: '2026-11-15', to: '2026-12-01' },
    });
    const current = { ...draft, terms: { kind: 'net', days: 30 }, dueDate: '2026-12-01' };
    expect(mergePatch('invoices', current, patch).conflicts).toEqual([]);
    const elsewhere = { ...draft, terms: { kind: 'net', days: 7 } };
    expect(mergePatch('invoices', elsewhere, patch).conflicts.map(({ path }) => path)).toEqual([
      'dueDate',
    ]);
  });
});

const fields = ['name', 'notes', 'city'] as const;
const value = fc.constantFrom('', 'x', 'y', 'z');
const record = fc.record({ name: value, notes: value, city: value });

describe('any two people', () => {
  it('lose nothing: each field is one side’s value or a conflict that tells both', () => {
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const { record: merged, conflicts } = mergePatch('clients', theirs, patchOf(base, mine));
        for (const field of fields) {
          const [was, my, their] = [base[field], mine[field], theirs[field]];
          if (my === was || my === their) expect(merged[field]).toBe(their);
          else if (their === was) expect(merged[field]).toBe(my);
          else {
            expect(merged[field]).toBe(their);
            expect(conflicts).toContainEqual({ path: field, base: was, mine: my, theirs: their });
          }
        }
      }),
    );
  });

  it('may have a patch applied twice', () => {
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const patch = patchOf(base, mine);
        const once = mergePatch('clients', theirs, patch);
        const twice = mergePatch('clients', once.record, patch);
        expect(twice.record).toEqual(once.record);
      }),
    );
  });

  it('see their own joined patches as if they came one by one', () => {
    fc.assert(
      fc.property(record, record, record, (base, first, second) => {
        const [one, two] = [patchOf(base, first), patchOf(first, second)];
        const joined = joinPatches(one, two);
        expect(replayPatch(base, joined)).toEqual(replayPatch(replayPatch(base, one), two));
      }),
    );
  });
});

describe('withValues', () => {
  it('puts lines that the order does not name behind their neighbour of before', () => {
    const next = withValues(
      { lines: [line('a', 1), line('b', 1), line('x', 1)] },
      new Map([['lines.order', ['b', 'a']]]),
    );
    expect((next['lines'] as { uid: string }[]).map(({ uid }) => uid)).toEqual(['b', 'x', 'a']);
  });
});

function line(uid: string, unitPrice: number) {
  return { uid, unitPrice };
}

function patchOf(from: Record<string, string>, to: Record<string, string>) {
  return Object.fromEntries(
    Object.keys(from)
      .filter((field) => from[field] !== to[field])
      .map((field) => [field, { from: from[field], to: to[field] }]),
  );
}
