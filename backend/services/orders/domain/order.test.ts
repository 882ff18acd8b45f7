import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../src/shared/domain/currency';
import type { Result } from '../../../../src/shared/domain/result';
import { withDocuments } from './invoicing';
import type { OrderLine } from './items';
import type { Order, OrderInput } from './order';
import { changedOrder, isSameOrder, newOrder, orderNumber } from './order';

const DEFAULTS = {
  currency: 'EUR' as CurrencyCode,
  pricesIncludeTax: false,
  today: '2026-03-01' as CalendarDate,
};

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Lines as they stand once kept. */
function kept(order: Order): Order {
  return { ...order, lines: order.lines.map((line, index) => ({ ...line, id: index + 1 })) };
}

const decimal = (max: number, scale: number) =>
  fc.integer({ min: -max, max }).map((value) => value / scale);

const item = fc.record({
  product_name: fc.constantFrom('Work', 'Travel', 'Hotel'),
  quantity: decimal(9_999_999, 1_000),
  unit_price: decimal(99_999_999, 10_000),
  tax: fc.constantFrom(
    undefined,
    { name: 'VAT 20 %', category: 'standard' as const, rate: 20 },
    { name: 'Sales tax', category: 'standard' as const, rate: 8.875 },
  ),
});
const items = fc.array(item, { minLength: 1, maxLength: 8 });

function orderOf(list: OrderInput['items'], pricesIncludeTax = false): Order {
  return kept(valueOf(newOrder({ client_id: 1, items: list }, { ...DEFAULTS, pricesIncludeTax })));
}

/** What a client of the API sends back of what it read. */
function sentBack(line: OrderLine) {
  return {
    id: line.id ?? 0,
    product_name: line.productName,
    quantity: line.quantity / 1_000,
    unit_price: line.unitPrice / 10_000,
    unit: line.unit,
    tax: { ...line.tax, rate: line.tax.rate / 1_000 },
    product_id: line.productId,
  };
}

describe('an order', () => {
  it('reads back every decimal that it was sent, and sums its lines to the cent', () => {
    fc.assert(
      fc.property(items, fc.boolean(), (list, isGross) => {
        const order = orderOf(list, isGross);
        expect(order.lines.map(sentBack)).toMatchObject(
          list.map(({ quantity, unit_price }) => ({ quantity, unit_price })),
        );
        const sum = order.lines.reduce((total, line) => total + line.total, 0);
        if (isGross) expect(order.total).toBe(sum);
        else if (list.every(({ tax }) => tax === undefined)) expect(order.total).toBe(sum);
        else expect(Number.isSafeInteger(order.total)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same order when it comes back as it was read, with and without ids', () => {
    fc.assert(
      fc.property(items, fc.boolean(), (list, hasIds) => {
        const order = orderOf(list);
        const back = order.lines.map(sentBack).map(({ id, ...rest }) => ({
          ...rest,
          ...(hasIds ? { id } : {}),
        }));
        const after = valueOf(changedOrder(order, { items: back }));
        expect(after.lines.map(({ id }) => id).sort()).toEqual(
          order.lines.map(({ id }) => id).sort(),
        );
        if (hasIds) expect(isSameOrder(order, after)).toBe(true);
        expect(after.total).toBe(order.total);
      }),
      { numRuns: 200 },
    );
  });

  it('never gives one line to two items', () => {
    fc.assert(
      fc.property(items, items, (list, other) => {
        const after = valueOf(changedOrder(orderOf(list), { items: other }));
        const ids = after.lines.flatMap(({ id }) => (id === null ? [] : [id]));
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(after.lines.map(({ uid }) => uid)).size).toBe(other.length);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a line that is none of its own, or that is named twice', () => {
    const order = orderOf([{ product_name: 'Work', quantity: 1, unit_price: 1 }]);
    const again = (ids: readonly number[]) =>
      changedOrder(order, {
        items: ids.map((id) => ({ id, product_name: 'Work', quantity: 1, unit_price: 1 })),
      });
    expect(again([1]).ok).toBe(true);
    expect(again([1, 1])).toMatchObject({
      error: { issues: [{ field: 'items.1.id', code: 'line_repeated' }] },
    });
    expect(again([2])).toMatchObject({
      error: { issues: [{ field: 'items.0.id', code: 'line_unknown' }] },
    });
  });

  it('is numbered in the series of the cloud', () => {
    expect(orderNumber(2026, 7)).toBe('ORD-2026-C0007');
    expect(orderNumber(2026, 12_345)).toBe('ORD-2026-C12345');
  });
});

describe('documents of an order', () => {
  const takings = fc.array(
    fc.record({
      deleted: fc.boolean(),
      takings: fc.array(
        fc.record({
          order_item_id: fc.integer({ min: 1, max: 9 }),
          line_uid: fc.constant(null),
          quantity: fc.integer({ min: -5_000, max: 5_000 }),
        }),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 6 },
  );

  it('give the same sums in whatever order they are known, and change nothing when told again', () => {
    fc.assert(
      fc.property(items, takings, (list, documents) => {
        const order = orderOf(list);
        const once = withDocuments(order, documents);
        expect(withDocuments(once, documents)).toBe(once);
        expect(withDocuments(order, documents.toReversed())).toEqual(once);
        const taken = documents.filter((one) => !one.deleted).flatMap((one) => one.takings);
        for (const line of once.lines) {
          const own = taken.filter((one) => one.order_item_id === line.id);
          expect(line.invoiced).toBe(own.reduce((sum, { quantity }) => sum + quantity, 0));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('complete an order in full, and leave a cancelled one cancelled', () => {
    const order = orderOf([
      { product_name: 'Work', quantity: 2, unit_price: 1 },
      { product_name: 'Returned', quantity: -1, unit_price: 1 },
    ]);
    const take = (...quantities: readonly number[]) => [
      {
        deleted: false,
        takings: quantities.map((quantity, index) => ({
          order_item_id: index + 1,
          line_uid: null,
          quantity,
        })),
      },
    ];
    expect(withDocuments(order, take(2_000, 0)).status).toBe('processing');
    expect(withDocuments(order, take(2_000, -1_000)).status).toBe('completed');
    expect(withDocuments(order, take(3_000, -1_000)).status).toBe('completed');
    const cancelled: Order = { ...order, status: 'cancelled' };
    const invoiced = withDocuments(cancelled, take(2_000, -1_000));
    expect(invoiced.status).toBe('cancelled');
    expect(invoiced.lines[0]?.invoiced).toBe(2_000);
  });
});
