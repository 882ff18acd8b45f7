import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { LineUid } from './ids';
import { newUid } from './ids';
import type { DocumentContent } from './invoice';
import type { LineItem } from './line-item';
import { minor } from './money';
import type { Order, OrderStatus } from './order';
import type { OrderDocument, OrderSelection } from './order-rules';
import {
  checkOrderTransition,
  invoiceContentFromOrder,
  orderStatusAfter,
  reservedQuantities,
} from './order-rules';
import { computeTotals } from './totals';
import { contentOf, contentWith, day, lineOf, soldLine } from './testing/arbitraries';

type OrderFacts = Pick<Order, 'content' | 'status'>;

const made = { newLineUid: () => newUid<LineUid>() };

function orderOf(content: DocumentContent, status: OrderStatus = 'pending'): OrderFacts {
  const { clientUid, currency, buyerReference, notes, pricesIncludeTax, discount, lines } = content;
  return {
    status,
    content: {
      clientUid,
      currency,
      orderDate: day('2026-01-01'),
      buyerReference,
      notes,
      pricesIncludeTax,
      discount,
      lines,
    },
  };
}

function invoiceOf(lines: readonly LineItem[], change: Partial<OrderDocument> = {}): OrderDocument {
  return { kind: 'invoice', isFinalised: true, isDeleted: false, lines, ...change };
}

function over(order: OrderFacts, documents: readonly OrderDocument[], selection: OrderSelection) {
  return invoiceContentFromOrder(order, reservedQuantities(order, documents), selection, made);
}

const amountOf = (discount: LineItem['discount']): number =>
  discount?.kind === 'amount' ? discount.amount : 0;

describe('reservedQuantities', () => {
  const line = lineOf({ quantity: 10_000 });
  const order = orderOf(contentOf({ lines: [line] }));
  const part = (quantity: number): LineItem => lineOf({ quantity, sourceLineUid: line.uid });
  const stand = (...documents: OrderDocument[]) => reservedQuantities(order, documents)[0];

  it('lets drafts reserve, invoices take and deleted drafts release', () => {
    const draft = invoiceOf([part(3_000)], { isFinalised: false });
    expect(stand(invoiceOf([part(4_000)]), draft)).toMatchObject({
      ordered: 10_000,
      invoiced: 4_000,
      reserved: 3_000,
      open: 3_000,
    });
    expect(stand({ ...draft, isDeleted: true })).toMatchObject({ reserved: 0, open: 10_000 });
  });

  it('releases what a finalised credit note takes back', () => {
    const invoiced = part(10_000);
    const credit = invoiceOf([lineOf({ quantity: 4_000, sourceLineUid: invoiced.uid })], {
      kind: 'credit_note',
    });
    expect(stand(invoiceOf([invoiced]), credit)).toMatchObject({
      invoiced: 6_000,
      credited: 4_000,
      open: 4_000,
    });
    expect(stand(invoiceOf([invoiced]), { ...credit, isFinalised: false })).toMatchObject({
      invoiced: 10_000,
      open: 0,
    });
  });

  it('tells what two devices invoiced beyond the order', () => {
    expect(stand(invoiceOf([part(7_000)]), invoiceOf([part(5_000)]))).toMatchObject({
      open: 0,
      overInvoiced: 2_000,
    });
  });

  it('counts returned goods with their sign', () => {
    const back = lineOf({ quantity: -5_000 });
    const [line] = reservedQuantities(orderOf(contentOf({ lines: [back] })), [
      invoiceOf([lineOf({ quantity: -2_000, sourceLineUid: back.uid })]),
    ]);
    expect(line).toMatchObject({
      ordered: -5_000,
      invoiced: -2_000,
      open: -3_000,
      overInvoiced: 0,
    });
  });
});

describe('invoiceContentFromOrder', () => {
  it('invoices the whole order at exactly its amounts', () => {
    fc.assert(
      fc.property(contentWith(soldLine), (content) => {
        const order = orderOf(content);
        const invoice = over(order, [], 'open');
        if (!invoice.ok) throw new Error('refused');
        expect(computeTotals({ ...content, ...invoice.value })).toEqual(computeTotals(content));
        expect(invoice.value.lines.map((line) => line.sourceLineUid)).toEqual(
          content.lines.map((line) => line.uid),
        );
      }),
    );
  });

  it('ends exactly at the order after any parts: quantities and fixed discounts', () => {
    const cuts = fc.array(
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(contentWith(soldLine), cuts, (content, rounds) => {
        const order = orderOf(content);
        const documents: OrderDocument[] = [];
        const given = { document: 0, lines: new Map<string, number>() };
        const issue = (selection: OrderSelection): void => {
          const result = over(order, documents, selection);
          if (!result.ok) throw new Error(JSON.stringify(result.error));
          const { lines, discount } = result.value;
          documents.push(invoiceOf(lines, { isFinalised: documents.length % 2 === 0 }));
          given.document += amountOf(discount);
          for (const line of lines) {
            const source = line.sourceLineUid ?? '';
            given.lines.set(source, (given.lines.get(source) ?? 0) + amountOf(line.discount));
            const original = content.lines.find(({ uid }) => uid === source);
            expect(line).toMatchObject({
              unit: original?.unit,
              unitPrice: original?.unitPrice,
              tax: original?.tax,
            });
            if (original?.discount?.kind !== 'amount')
              expect(line.discount).toEqual(original?.discount);
          }
        };
        for (const round of rounds) {
          const selection = reservedQuantities(order, documents).flatMap(
            ({ lineUid, open }, index) => {
              const quantity = Math.floor(((round[index] ?? 0) * open) / 100);
              return quantity > 0 ? [{ lineUid, quantity }] : [];
            },
          );
          if (selection.length > 0) issue(selection);
        }
        if (reservedQuantities(order, documents).some((line) => line.open > 0)) issue('open');

        expect(
          reservedQuantities(order, documents).every(
            (line) => line.open === 0 && line.overInvoiced === 0,
          ),
        ).toBe(true);
        expect(over(order, documents, 'open').ok).toBe(false);
        const totals = computeTotals(content);
        if (content.discount?.kind === 'amount') expect(given.document).toBe(totals.discount);
        content.lines.forEach((line, index) => {
          if (line.discount?.kind === 'amount') {
            expect(given.lines.get(line.uid)).toBe(totals.lines[index]?.discount);
          }
        });
      }),
    );
  });

  it('ends at the order in money too, where prices are whole cents and parts whole units', () => {
    const line = lineOf({
      quantity: 3_000,
      unitPrice: 10_0000,
      discount: { kind: 'amount', amount: minor(100) },
    });
    const order = orderOf(
      contentOf({ lines: [line], discount: { kind: 'amount', amount: minor(200) } }),
    );
    const documents: OrderDocument[] = [];
    const nets: number[] = [];
    for (let unit = 0; unit < 3; unit += 1) {
      const result = over(order, documents, [{ lineUid: line.uid, quantity: 1_000 }]);
      if (!result.ok) throw new Error('refused');
      documents.push(invoiceOf(result.value.lines));
      nets.push(computeTotals(contentOf(result.value)).net);
    }
    expect(nets).toEqual([900, 900, 900]);
  });

  it('keeps remarks without a quantity on the first invoice', () => {
    const remark = lineOf({ quantity: 0, description: 'As discussed' });
    const line = lineOf({ quantity: 2_000 });
    const order = orderOf(contentOf({ lines: [remark, line] }));
    const first = over(order, [], 'open');
    expect(first.ok && first.value.lines.map(({ description }) => description)).toEqual([
      'As discussed',
      'Work',
    ]);
  });

  it('refuses what is not open, by field', () => {
    const line = lineOf({ quantity: 2_000 });
    const order = orderOf(contentOf({ lines: [line] }));
    const codes = (result: ReturnType<typeof over>): unknown =>
      result.ok || result.error.kind !== 'refused' ? null : result.error.issues;
    expect(codes(over(order, [], [{ lineUid: line.uid, quantity: 2_001 }]))).toEqual([
      { field: 'lines.0.quantity', code: 'exceeds_open', params: { quantity: 2_000 } },
    ]);
    expect(codes(over(order, [], [{ lineUid: newUid<LineUid>(), quantity: 1 }]))).toMatchObject([
      { code: 'line_unknown' },
    ]);
    const twice = { lineUid: line.uid, quantity: 1_000 };
    expect(codes(over(order, [], [twice, twice]))).toMatchObject([{ code: 'line_repeated' }]);
    expect(codes(over(order, [], []))).toMatchObject([{ code: 'nothing_open' }]);
    expect(codes(over({ ...order, status: 'cancelled' }, [], 'open'))).toMatchObject([
      { code: 'order_cancelled' },
    ]);
  });
});

describe('orderStatusAfter', () => {
  const line = lineOf({ quantity: 2_000 });
  const after = (status: OrderStatus, invoiced: number, isFinalised = true): OrderStatus => {
    const order = orderOf(contentOf({ lines: [line] }), status);
    const lines = invoiced === 0 ? [] : [lineOf({ quantity: invoiced, sourceLineUid: line.uid })];
    return orderStatusAfter(order, reservedQuantities(order, [invoiceOf(lines, { isFinalised })]));
  };

  it.each([
    ['pending', 0, true, 'pending'],
    ['pending', 1_000, true, 'processing'],
    ['pending', 2_000, false, 'processing'],
    ['pending', 2_000, true, 'completed'],
    ['processing', 3_000, true, 'completed'],
    ['completed', 1_000, true, 'processing'],
    ['completed', 0, true, 'processing'],
    ['cancelled', 2_000, true, 'cancelled'],
  ] as const)(
    '%s with %i invoiced (finalised: %s) is %s',
    (status, invoiced, isFinalised, expected) => {
      expect(after(status, invoiced, isFinalised)).toBe(expected);
    },
  );
});

describe('checkOrderTransition', () => {
  it('allows the steps a person may take', () => {
    expect(checkOrderTransition('pending', 'cancelled').ok).toBe(true);
    expect(checkOrderTransition('cancelled', 'pending').ok).toBe(true);
    expect(checkOrderTransition('processing', 'processing').ok).toBe(true);
    expect(checkOrderTransition('completed', 'cancelled')).toMatchObject({
      error: { issues: [{ field: 'status', code: 'status_change_not_allowed' }] },
    });
  });
});
