import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nearestWithTax } from './credit-differences';
import type { CreditedInvoice, CreditSelection, EarlierCredit } from './credit';
import { checkCreditNote, creditableLines, creditContent } from './credit-rules';
import type { LineUid } from './ids';
import { newUid } from './ids';
import type { DocumentContent } from './invoice';
import { documentContent } from './invoice';
import { add, minor } from './money';
import type { TaxGroup } from './totals';
import { computeTotals, taxKey, taxOn } from './totals';
import { contentOf, contentWith, day, lineOf, soldLine } from './testing/arbitraries';

const made = { newLineUid: () => newUid<LineUid>(), issueDate: day('2026-05-05') };

function issued(content: DocumentContent): CreditedInvoice {
  return {
    kind: 'invoice',
    content,
    totals: computeTotals(content),
    finalisedAt: '2026-03-01T10:00:00.000Z',
  };
}

function credit(
  invoice: CreditedInvoice,
  earlier: readonly EarlierCredit[],
  selection: CreditSelection,
): EarlierCredit {
  const result = creditContent(invoice, earlier, selection, made);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(documentContent.safeParse(result.value).error).toBeUndefined();
  return { content: result.value, totals: computeTotals(result.value) };
}

/** The tax of each code, the credits taken off; codes that net to zero are left out. */
function taxLeft(invoice: CreditedInvoice, credits: readonly EarlierCredit[]): readonly number[] {
  const left = new Map<string, number>();
  const collect = (groups: readonly TaxGroup[], sign: number): void => {
    for (const { tax, taxAmount } of groups) {
      left.set(taxKey(tax), (left.get(taxKey(tax)) ?? 0) + sign * taxAmount);
    }
  };
  collect(invoice.totals.groups, 1);
  credits.forEach((note) => collect(note.totals.groups, -1));
  return [...left.values()].filter((amount) => amount !== 0);
}

/** Invoice and credits net to zero: in net, tax and total, and in the tax of each code. */
function expectNettedOut(invoice: CreditedInvoice, credits: readonly EarlierCredit[]): void {
  for (const part of ['net', 'tax', 'total'] as const) {
    expect(add(...credits.map((note) => note.totals[part]))).toBe(invoice.totals[part]);
  }
  expect(taxLeft(invoice, credits)).toEqual([]);
}

describe('creditContent', () => {
  it('copies an untouched invoice in full, so that every amount nets to zero', () => {
    fc.assert(
      fc.property(contentWith(soldLine), (content) => {
        const invoice = issued(content);
        const note = credit(invoice, [], 'full');
        expect(note.totals).toEqual(invoice.totals);
        expectNettedOut(invoice, [note]);
        expect(note.content.lines.map((line) => line.sourceLineUid)).toEqual(
          content.lines.map((line) => line.uid),
        );
      }),
    );
  });

  it('ends exactly at the invoice after any partial credits', () => {
    const cuts = fc.array(
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(contentWith(soldLine), cuts, fc.boolean(), (content, rounds, isWhole) => {
        const invoice = issued(content);
        const credits: EarlierCredit[] = [];
        for (const round of rounds) {
          const selection = creditableLines(invoice, credits).flatMap(
            ({ lineUid, quantity }, index) => {
              const share = ((round[index] ?? 0) * quantity) / 100;
              const part = isWhole ? Math.floor(share / 1000) * 1000 : Math.floor(share);
              return part > 0 ? [{ lineUid, quantity: part }] : [];
            },
          );
          if (selection.length === 0) continue;
          const result = creditContent(invoice, credits, selection, made);
          // A note may be worth less than nothing by rounding alone; it is then refused.
          if (!result.ok) continue;
          const note = { content: result.value, totals: computeTotals(result.value) };
          expect(checkCreditNote(invoice, credits, note)).toEqual([]);
          credits.push(note);
          const credited = add(...credits.map((earlier) => earlier.totals.total));
          expect(credited).toBeLessThanOrEqual(invoice.totals.total);
        }
        if (creditableLines(invoice, credits).some((line) => line.quantity !== 0)) {
          credits.push(credit(invoice, credits, 'full'));
        }
        expectNettedOut(invoice, credits);
        expect(creditContent(invoice, credits, 'full', made).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('settles the tax that separate rounding leaves over', () => {
    const invoice = issued(contentOf({ lines: [lineOf({ quantity: 3_000, unitPrice: 33_00 })] }));
    const uid = invoice.content.lines[0]?.uid ?? newUid<LineUid>();
    const credits: EarlierCredit[] = [];
    for (let unit = 0; unit < 3; unit += 1) {
      credits.push(credit(invoice, credits, [{ lineUid: uid, quantity: 1_000 }]));
    }
    expect(invoice.totals).toMatchObject({ net: 99, tax: 20, total: 119 });
    expect(credits.map((note) => note.totals.tax)).toEqual([7, 7, 6]);
    expectNettedOut(invoice, credits);
  });

  it('stays near the invoice during a hundred small credits', () => {
    const invoice = issued(contentOf({ lines: [lineOf({ quantity: 100_000, unitPrice: 33_00 })] }));
    const uid = invoice.content.lines[0]?.uid ?? newUid<LineUid>();
    const credits: EarlierCredit[] = [];
    for (let unit = 1; unit <= 100; unit += 1) {
      credits.push(credit(invoice, credits, [{ lineUid: uid, quantity: 1_000 }]));
      const tax = add(...credits.map((note) => note.totals.tax));
      expect(Math.abs(tax - unit * 33 * 0.2)).toBeLessThanOrEqual(1.5);
    }
    expectNettedOut(invoice, credits);
  });

  it('takes a fixed discount by quantity, the last credit the rest', () => {
    const line = lineOf({
      quantity: 3_000,
      unitPrice: 10_0000,
      discount: { kind: 'amount', amount: minor(100) },
    });
    const invoice = issued(
      contentOf({ lines: [line], discount: { kind: 'amount', amount: minor(50) } }),
    );
    const credits: EarlierCredit[] = [];
    for (let unit = 0; unit < 3; unit += 1) {
      credits.push(credit(invoice, credits, [{ lineUid: line.uid, quantity: 1_000 }]));
    }
    expect(invoice.totals.net).toBe(2850);
    expect(credits.map((note) => note.totals.net)).toEqual([950, 950, 950]);
    expect(credits[0]?.content.lines[0]?.discount).toEqual({ kind: 'amount', amount: 50 });
  });

  it('credits the rest of an edited credit note in full', () => {
    const line = lineOf({ quantity: 2_000, unitPrice: 10_0000 });
    const invoice = issued(contentOf({ lines: [line] }));
    const goodwill = contentOf({
      lines: [lineOf({ quantity: 1_000, unitPrice: 5_0000, sourceLineUid: line.uid })],
    });
    const first = { content: goodwill, totals: computeTotals(goodwill) };
    expectNettedOut(invoice, [first, credit(invoice, [first], 'full')]);
  });

  it('refuses what was not invoiced, by field', () => {
    const line = lineOf({ quantity: 2_000 });
    const invoice = issued(contentOf({ lines: [line] }));
    const refusalOf = (selection: CreditSelection, of = invoice): unknown => {
      const result = creditContent(of, [], selection, made);
      return result.ok || result.error.kind !== 'refused' ? null : result.error.issues;
    };
    expect(refusalOf([{ lineUid: line.uid, quantity: 2_001 }])).toEqual([
      { field: 'lines.0.quantity', code: 'exceeds_creditable', params: { quantity: 2_000 } },
    ]);
    expect(refusalOf([{ lineUid: newUid<LineUid>(), quantity: 1 }])).toMatchObject([
      { code: 'line_unknown' },
    ]);
    expect(refusalOf([])).toMatchObject([{ code: 'nothing_to_credit' }]);
    expect(refusalOf('full', { ...invoice, finalisedAt: null })).toMatchObject([
      { code: 'not_finalised' },
    ]);
    expect(refusalOf('full', { ...invoice, kind: 'credit_note' })).toMatchObject([
      { code: 'credit_note_not_creditable' },
    ]);
  });

  it('refuses a credit beyond the total although each quantity is left', () => {
    const sold = lineOf({ unitPrice: 100_0000 });
    const returned = lineOf({ quantity: -1_000, unitPrice: 60_0000 });
    const invoice = issued(contentOf({ lines: [sold, returned] }));
    expect(
      creditContent(invoice, [], [{ lineUid: sold.uid, quantity: 1_000 }], made),
    ).toMatchObject({
      ok: false,
      error: {
        issues: [{ code: 'credit_exceeds_invoice', params: { amount: 4800, currency: 'EUR' } }],
      },
    });
    const both = [sold, returned].map((line) => ({ lineUid: line.uid, quantity: 1_000 }));
    expectNettedOut(invoice, [credit(invoice, [], both)]);
  });
});

describe('checkCreditNote', () => {
  it('finds quantities and amounts beyond what is left', () => {
    const line = lineOf({ quantity: 2_000 });
    const invoice = issued(contentOf({ lines: [line] }));
    const content = contentOf({ lines: [lineOf({ quantity: 3_000, sourceLineUid: line.uid })] });
    expect(checkCreditNote(invoice, [], { content, totals: computeTotals(content) })).toEqual([
      { field: 'lines.0.quantity', code: 'exceeds_creditable', params: { quantity: 2_000 } },
      { field: '', code: 'credit_exceeds_invoice', params: { amount: 24_000, currency: 'EUR' } },
    ]);
  });
});

describe('nearestWithTax', () => {
  it('finds the nearest amount with that tax, for every rate and mode', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5_000, max: 5_000 }).map(minor),
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.boolean(),
        (amount, shift, rate, isGross) => {
          const wanted = minor(taxOn(amount, rate, isGross) + shift);
          const found = nearestWithTax(amount, wanted, rate, isGross);
          expect(taxOn(found, rate, isGross)).toBe(wanted);
          const towards = Math.sign(amount - found);
          if (towards !== 0) {
            expect(taxOn(minor(found + towards), rate, isGross)).not.toBe(wanted);
          }
        },
      ),
    );
  });
});
