import { describe, expect, it } from 'vitest';

import type { ProductUid, TaxCodeUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { TaxSnapshot } from '../../../shared/domain/tax';
import {
  blankLine,
  duplicateLine,
  insertBelow,
  isBlankLine,
  moveLine,
  patchLine,
  patchLineSince,
  removeLine,
  withoutBlankLines,
} from './line-edits';

const NO_TAX: TaxSnapshot = {
  uid: newUid<TaxCodeUid>(),
  name: 'No tax',
  category: 'outside_scope',
  rate: 0,
  reasons: {},
};
const VAT: TaxSnapshot = { ...NO_TAX, uid: newUid<TaxCodeUid>(), name: 'VAT', rate: 20_000 };

function line(description: string, tax = NO_TAX) {
  return { ...blankLine(tax), description };
}

describe('lines', () => {
  it('leave out only what nobody wrote on', () => {
    const blank = blankLine(NO_TAX);
    const priced = { ...blankLine(NO_TAX), unitPrice: 1 };
    expect(isBlankLine(blank)).toBe(true);
    expect(isBlankLine({ ...blank, quantity: 0 })).toBe(false);
    expect(withoutBlankLines([blank, priced, line('a')])).toHaveLength(2);
  });

  it('keep what was typed while a product was read', () => {
    const asked = line('cons');
    const product = newUid<ProductUid>();
    const answer = { productUid: product, description: 'Consulting', unitPrice: 500 };
    expect(patchLineSince([asked], asked, answer)).toEqual([{ ...asked, ...answer }]);
    const typed = { ...asked, unitPrice: 700, quantity: 3_000 };
    expect(patchLineSince([typed], asked, answer)).toEqual([
      { ...typed, productUid: product, description: 'Consulting' },
    ]);
    const other = { ...asked, productUid: newUid<ProductUid>() };
    expect(patchLineSince([other], asked, answer)).toEqual([other]);
    expect(patchLineSince([], asked, answer)).toEqual([]);
  });

  it('keep the other rows as they are when one is changed', () => {
    const [a, b] = [line('a'), line('b')];
    const next = patchLine([a, b], b.uid, { description: 'c' });
    expect(next[0]).toBe(a);
    expect(next[1]?.description).toBe('c');
  });

  it('insert below the line and share its tax', () => {
    const [a, b] = [line('a', VAT), line('b')];
    const edit = insertBelow([a, b], a.uid, NO_TAX);
    expect(edit.lines.map((each) => each.description)).toEqual(['a', '', 'b']);
    expect(edit.lines[1]).toMatchObject({ uid: edit.focus, tax: VAT });
  });

  it('duplicate as new work under a uid of its own', () => {
    const source = { ...line('a'), sourceLineUid: line('order').uid };
    const edit = duplicateLine([source], source.uid);
    expect(edit.lines[1]).toMatchObject({ description: 'a', sourceLineUid: null });
    expect(edit.lines[1]?.uid).not.toBe(source.uid);
  });

  it('move and stop at both ends', () => {
    const lines = [line('a'), line('b'), line('c')];
    const [a, , c] = lines;
    const order = (edit: { lines: readonly { description: string }[] }) =>
      edit.lines.map((each) => each.description).join('');
    expect(order(moveLine(lines, a!.uid, 'down'))).toBe('bac');
    expect(order(moveLine(lines, a!.uid, 'up'))).toBe('abc');
    expect(order(moveLine(lines, c!.uid, 'up'))).toBe('acb');
    expect(order(moveLine(lines, c!.uid, 'down'))).toBe('abc');
  });

  it('keep one line to type into when the last is removed', () => {
    const only = line('a', VAT);
    const edit = removeLine([only], only.uid, NO_TAX);
    expect(edit.lines).toHaveLength(1);
    expect(edit.lines[0]).toMatchObject({ uid: edit.focus, description: '', tax: VAT });
  });

  it('put the cursor on the line that takes the place of a removed one', () => {
    const lines = [line('a'), line('b'), line('c')];
    expect(removeLine(lines, lines[1]!.uid, NO_TAX).focus).toBe(lines[2]!.uid);
    expect(removeLine(lines, lines[2]!.uid, NO_TAX).focus).toBe(lines[1]!.uid);
  });
});
