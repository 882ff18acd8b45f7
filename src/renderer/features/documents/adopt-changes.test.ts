import { describe, expect, it } from 'vitest';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { TaxCodeUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import type { OrderContent } from '../../../shared/domain/order';
import { orderContent } from '../../../shared/domain/order';
import { adoptChanges, pathsBeingTyped } from './adopt-changes';
import { change, endStep, startHistory } from './document-history';
import { blankLine, keptContent } from './line-edits';

const TAX = {
  uid: newUid<TaxCodeUid>(),
  name: 'No tax',
  category: 'outside_scope' as const,
  rate: 0,
  reasons: {},
};
const work: LineItem = { ...blankLine(TAX), description: 'Work' };
const travel: LineItem = { ...blankLine(TAX), description: 'Travel' };

const content: OrderContent = {
  clientUid: null,
  currency: 'EUR' as CurrencyCode,
  orderDate: '2026-03-10' as OrderContent['orderDate'],
  buyerReference: '',
  notes: '',
  pricesIncludeTax: false,
  discount: null,
  lines: [work, travel],
};

/** What is shown after `stored` came, when everything shown is kept. */
function adopt(
  shown: OrderContent,
  make: (read: OrderContent) => OrderContent,
  typing: ReadonlySet<string> = new Set(),
): OrderContent {
  const typed = keptContent(shown);
  const read = orderContent.parse(typed);
  return adoptChanges(shown, { typed, read, stored: make(read) }, typing);
}

describe('R72 a draft that changes elsewhere while it is open', () => {
  it('shows what came, beside the line that is being started and the words as typed', () => {
    const started = blankLine(TAX);
    const shown = { ...content, buyerReference: 'PO ', lines: [work, started, travel] };
    const theirs = { ...travel, quantity: 7_000 };
    const adopted = adopt(shown, (read) => ({ ...read, notes: 'Theirs', lines: [work, theirs] }));
    expect(adopted).toEqual({
      ...content,
      buyerReference: 'PO ',
      notes: 'Theirs',
      lines: [work, started, theirs],
    });
    expect(adopted.lines[1]).toBe(started);
  });

  it('takes new lines, deletions and the order of lines', () => {
    const started = blankLine(TAX);
    const added = { ...blankLine(TAX), description: 'Hotel' };
    const shown = { ...content, lines: [work, travel, started] };
    const adopted = adopt(shown, (read) => ({ ...read, lines: [added, travel] }));
    expect(adopted.lines).toEqual([added, travel, started]);
  });

  it('leaves the field that is being typed into', () => {
    const steps = change(startHistory(content), { ...content, notes: 'Mine' }, 'notes');
    const theirs = (read: OrderContent) => ({ ...read, notes: 'Theirs', buyerReference: 'PO 7' });
    const typed = { ...content, notes: 'Mine', buyerReference: 'PO 7' };
    expect(adopt(steps.present, theirs, pathsBeingTyped(steps))).toEqual(typed);
    const left = endStep(steps);
    expect(adopt(left.present, theirs, pathsBeingTyped(left))).toEqual({
      ...typed,
      notes: 'Theirs',
    });
  });

  it('is the same content where nothing came, and for the steps back what nobody else changed', () => {
    expect(adopt(content, (read) => read)).toBe(content);
    const now = { ...content, notes: 'Mine' };
    const typed = keptContent(now);
    const stored = { ...typed, buyerReference: 'PO 7' };
    const before = adoptChanges(content, { typed, read: typed, stored }, new Set());
    expect(before).toEqual({ ...content, notes: '', buyerReference: 'PO 7' });
  });

  it('takes a discount in place of one of nothing', () => {
    const shown = { ...content, discount: { kind: 'amount' as const, amount: 0 as never } };
    const discount = { kind: 'percent' as const, percent: 10_000 };
    const adopted = adopt(shown, (read) => ({ ...read, discount }));
    expect(adopted.discount).toEqual(discount);
  });
});
