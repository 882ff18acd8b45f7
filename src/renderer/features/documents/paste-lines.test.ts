import { describe, expect, it } from 'vitest';

import type { TaxCodeUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { TaxCode } from '../../../shared/domain/tax';
import { snapshotOf } from '../../../shared/domain/tax';
import { blankLine } from './line-edits';
import { pasteRows } from './paste-lines';

function taxCode(name: string, rate: number): TaxCode {
  return {
    uid: newUid<TaxCodeUid>(),
    name,
    category: rate === 0 ? 'outside_scope' : 'standard',
    rate,
    reasons: {},
    archivedAt: null,
  };
}

const noTax = taxCode('No tax', 0);
const vat = taxCode('VAT 20 %', 20_000);
const context = {
  decimalStyle: 'dot',
  taxCodes: [noTax, vat],
  defaultTax: snapshotOf(noTax),
} as const;

function line(description: string) {
  return { ...blankLine(snapshotOf(noTax)), description };
}

describe('pasteRows', () => {
  it('fills a blank line and adds the rest below it', () => {
    const blank = blankLine(snapshotOf(noTax));
    const last = line('last');
    const outcome = pasteRows(
      [blank, last],
      blank.uid,
      'description',
      [
        { description: 'Design', quantity: '1.5', unitPrice: '80' },
        { description: 'Hosting', quantity: '12', unitPrice: '9.50' },
      ],
      context,
    );
    expect(outcome.lines).toHaveLength(3);
    expect(outcome.lines[0]).toMatchObject({
      uid: blank.uid,
      description: 'Design',
      quantity: 1_500,
      unitPrice: 800_000,
    });
    expect(outcome.lines[1]).toMatchObject({ description: 'Hosting', unitPrice: 95_000 });
    expect(outcome.lines[2]).toBe(last);
    expect(outcome).toMatchObject({ filled: 2, unread: [], focus: outcome.lines[1]?.uid });
  });

  it('never overwrites a written line with descriptions', () => {
    const written = line('written');
    const outcome = pasteRows(
      [written],
      written.uid,
      'description',
      [{ description: 'new' }],
      context,
    );
    expect(outcome.lines.map((each) => each.description)).toEqual(['written', 'new']);
  });

  it('overwrites the cells below from a later column on and adds lines beyond the last', () => {
    const lines = [line('a'), line('b')];
    const outcome = pasteRows(
      lines,
      lines[1]!.uid,
      'unitPrice',
      [{ unitPrice: '1' }, { unitPrice: '2' }],
      context,
    );
    expect(outcome.lines.map((each) => [each.description, each.unitPrice])).toEqual([
      ['a', 0],
      ['b', 10_000],
      ['', 20_000],
    ]);
  });

  it('finds tax codes by name or rate', () => {
    const start = line('a');
    const outcome = pasteRows(
      [start],
      start.uid,
      'tax',
      [{ tax: '20%' }, { tax: 'vat 20 %' }],
      context,
    );
    expect(outcome.lines.map((each) => each.tax.name)).toEqual(['VAT 20 %', 'VAT 20 %']);
  });

  it('names what it cannot read and keeps the field as it was', () => {
    const blank = blankLine(snapshotOf(noTax));
    const outcome = pasteRows(
      [blank],
      blank.uid,
      'description',
      [{ description: 'Design', quantity: 'a few', unitPrice: '80', tax: '7%' }],
      context,
    );
    expect(outcome.unread).toEqual(['a few', '7%']);
    expect(outcome.lines[0]).toMatchObject({
      quantity: 1_000,
      unitPrice: 800_000,
      tax: { uid: noTax.uid },
    });
  });
});
