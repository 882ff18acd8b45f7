import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { InvoiceUid, OrderUid } from '../../../shared/domain/ids';
import type { Order, OrderContent } from '../../../shared/domain/order';
import { walkPages } from '../../listing/testing/walk-pages';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { aLine, createClient, refusals, value, VAT } from '../documents/testing/builders';
import { dumpHash } from '../documents/testing/dump';
import { invoiceUseCases } from '../invoices/invoice-use-cases';
import { renameClientOfDrafts } from '../invoices/rename-client';
import { ok } from '../../../shared/domain/result';
import { orderUseCases } from './order-use-cases';

const call = { ...invoiceUseCases, ...orderUseCases };

let business: TestBusiness;
beforeEach(() => {
  business = openTestBusiness();
});
afterEach(() => {
  business.close();
});

function contentOf(changes: Partial<OrderContent> = {}): OrderContent {
  const { context } = business;
  return {
    clientUid: createClient(context),
    currency: 'EUR' as OrderContent['currency'],
    orderDate: context.today(),
    buyerReference: 'PO 1',
    notes: 'Deliver to the back door',
    pricesIncludeTax: false,
    discount: null,
    lines: [
      aLine({
        quantity: 10_000,
        unit: 'pcs',
        tax: VAT,
        discount: { kind: 'percent', percent: 5_000 },
      }),
      aLine({ quantity: 4_000 }),
    ],
    ...changes,
  };
}

async function create(changes: Partial<OrderContent> = {}): Promise<Order> {
  const content = contentOf(changes);
  return value(await call['orders.create'](business.context, { content }));
}

const view = async (uid: OrderUid) => value(await call['orders.get'](business.context, { uid }));
const finalise = async (uid: InvoiceUid) =>
  value(await call['invoices.finalise'](business.context, { uid }));
const lineOf = (order: Order, index: number) => {
  const line = order.content.lines[index];
  if (!line) throw new Error('no such line');
  return line.uid;
};

describe('orders', () => {
  it('get consecutive numbers of their own and keep their content whole', async () => {
    const first = await create();
    const second = await create({ discount: { kind: 'percent', percent: 1_000 } });
    expect([first.number, second.number]).toEqual(['ORD-2026-0001', 'ORD-2026-0002']);
    expect((await view(second.uid)).order).toEqual(second);
    const { ledger, replica } = business.context;
    const series = replica.connection
      .prepare<[], string>(`SELECT uid FROM series WHERE kind = 'order'`)
      .pluck()
      .get();
    expect(ledger.highest(series ?? '', 2026)).toBe(2);
  });

  it('reserve what drafts take, and release it when the draft is deleted', async () => {
    const order = await create();
    const lines = [{ lineUid: lineOf(order, 0), quantity: 6_000 }];
    const { context } = business;
    const draft = value(await call['orders.createInvoice'](context, { uid: order.uid, lines }));
    expect(draft.content).toMatchObject({
      buyerReference: 'PO 1',
      clientUid: order.content.clientUid,
    });
    expect(draft.content.lines[0]).toMatchObject({
      quantity: 6_000,
      unit: 'pcs',
      tax: VAT,
      discount: { kind: 'percent', percent: 5_000 },
      sourceLineUid: lineOf(order, 0),
    });
    const reserved = await view(order.uid);
    expect(reserved.order.status).toBe('processing');
    expect(reserved.progress[0]).toMatchObject({ reserved: 6_000, open: 4_000, invoiced: 0 });
    expect(
      refusals(await call['orders.createInvoice'](context, { uid: order.uid, lines })),
    ).toEqual(['lines.0.quantity exceeds_open']);
    expect(refusals(await call['orders.delete'](context, { uid: order.uid }))).toEqual([
      ' order_has_documents',
    ]);
    value(await call['invoices.deleteDraft'](context, { uid: draft.uid }));
    expect((await view(order.uid)).progress[0]).toMatchObject({ reserved: 0, open: 10_000 });
    value(await call['orders.delete'](context, { uid: order.uid }));
    expect(refusals(await call['invoices.restoreDraft'](context, { uid: draft.uid }))).toEqual([
      'orderUid order_deleted',
    ]);
    value(await call['orders.restore'](context, { uid: order.uid }));
    value(await call['invoices.restoreDraft'](context, { uid: draft.uid }));
    expect((await view(order.uid)).progress[0]).toMatchObject({ reserved: 6_000 });
  });

  it('are completed by full invoicing and opened again by a credit note', async () => {
    const order = await create();
    const { context } = business;
    const lines = [{ lineUid: lineOf(order, 0), quantity: 6_000 }];
    const first = value(await call['orders.createInvoice'](context, { uid: order.uid, lines }));
    await finalise(first.uid);
    const rest = value(await call['orders.createInvoice'](context, { uid: order.uid }));
    await finalise(rest.uid);
    const done = await view(order.uid);
    expect(done.order.status).toBe('completed');
    expect(done.documents.map(({ number }) => number)).toEqual(['INV-2026-0002', 'INV-2026-0001']);
    const sum = first.totals.total + rest.totals.total;
    expect(Math.abs(sum - order.totals.total)).toBeLessThanOrEqual(1);
    expect(refusals(await call['orders.createInvoice'](context, { uid: order.uid }))).toEqual([
      ' nothing_open',
    ]);
    const { creditNote } = value(
      await call['invoices.credit'](context, { uid: first.uid, alsoCopy: false }),
    );
    await finalise(creditNote.uid);
    const released = await view(order.uid);
    expect(released.order.status).toBe('processing');
    expect(released.progress[0]).toMatchObject({ invoiced: 4_000, open: 6_000 });
  });

  it('keep their place when an invoice is credited and copied', async () => {
    const order = await create();
    const { context } = business;
    const invoice = value(await call['orders.createInvoice'](context, { uid: order.uid }));
    await finalise(invoice.uid);
    const { creditNote, copy } = value(
      await call['invoices.credit'](context, { uid: invoice.uid, alsoCopy: true }),
    );
    await finalise(creditNote.uid);
    expect((await view(order.uid)).progress[0]).toMatchObject({ reserved: 10_000, open: 0 });
    await finalise(copy?.uid ?? invoice.uid);
    expect((await view(order.uid)).order.status).toBe('completed');
  });

  it('refuse changes below what was invoiced, and change nothing', async () => {
    const order = await create();
    const { context } = business;
    const lines = [{ lineUid: lineOf(order, 0), quantity: 6_000 }];
    value(await call['orders.createInvoice'](context, { uid: order.uid, lines }));
    const before = dumpHash(context);
    const [first, second] = order.content.lines;
    if (!first || !second) throw new Error('no lines');
    const refusalOf = async (changes: Partial<OrderContent>) =>
      refusals(
        await call['orders.update'](context, {
          uid: order.uid,
          content: { ...order.content, ...changes },
        }),
      );
    expect(await refusalOf({ lines: [{ ...first, quantity: 5_000 }, second] })).toEqual([
      'lines.0.quantity below_invoiced',
    ]);
    expect(await refusalOf({ lines: [second] })).toEqual(['lines line_invoiced']);
    expect(await refusalOf({ currency: 'USD' as OrderContent['currency'] })).toEqual([
      'currency order_has_documents',
    ]);
    expect(dumpHash(context)).toBe(before);
    const content = { ...order.content, lines: [{ ...first, quantity: 7_000 }] };
    value(await call['orders.update'](context, { uid: order.uid, content }));
    expect((await view(order.uid)).progress).toMatchObject([{ ordered: 7_000, open: 1_000 }]);
  });

  it('keep what was invoiced when they are cancelled', async () => {
    const order = await create();
    const { context } = business;
    const lines = [{ lineUid: lineOf(order, 0), quantity: 6_000 }];
    const draft = value(await call['orders.createInvoice'](context, { uid: order.uid, lines }));
    await finalise(draft.uid);
    const uid = order.uid;
    value(await call['orders.setStatus'](context, { uid, status: 'cancelled' }));
    expect((await view(uid)).progress[0]).toMatchObject({ invoiced: 6_000 });
    expect(refusals(await call['orders.createInvoice'](context, { uid }))).toEqual([
      ' order_cancelled',
    ]);
    expect(refusals(await call['orders.setStatus'](context, { uid, status: 'completed' }))).toEqual(
      ['status status_change_not_allowed'],
    );
  });

  it('warn when an invoice goes beyond the order', async () => {
    const order = await create();
    const { context } = business;
    const draft = value(await call['orders.createInvoice'](context, { uid: order.uid }));
    const lines = draft.content.lines.map((line, index) =>
      index === 0 ? { ...line, quantity: 12_000 } : line,
    );
    const content = { ...draft.content, lines };
    value(await call['invoices.updateDraft'](context, { uid: draft.uid, content }));
    const preview = value(await call['invoices.checkFinalise'](context, { uid: draft.uid }));
    expect(preview.warnings).toContainEqual({
      field: 'lines.0.quantity',
      code: 'order_exceeded',
      params: { quantity: 2_000 },
    });
    await finalise(draft.uid);
    expect((await view(order.uid)).progress[0]).toMatchObject({ overInvoiced: 2_000 });
  });

  it('are listed, counted and found, under the client’s present name', async () => {
    const { context } = business;
    const order = await create();
    await create({ orderDate: '2026-01-05' as OrderContent['orderDate'], clientUid: null });
    const list = async (input: object): Promise<readonly string[]> =>
      (
        await walkPages(1, async (request) =>
          value(
            await call['orders.list'](context, {
              sort: { by: 'orderDate', direction: 'desc' },
              ...input,
              ...request,
            }),
          ),
        )
      ).map(({ number }) => number);
    expect(await list({})).toEqual(['ORD-2026-0001', 'ORD-2026-0002']);
    expect(await list({ sort: { by: 'number', direction: 'desc' } })).toEqual([
      'ORD-2026-0002',
      'ORD-2026-0001',
    ]);
    expect(await list({ statuses: ['completed'] })).toEqual([]);
    expect(await list({ from: '2026-03-01' })).toEqual(['ORD-2026-0001']);
    value(
      context.replica.write((scope) => {
        renameClientOfDrafts(scope, order.content.clientUid ?? '', 'Żółw');
        return ok(undefined);
      }),
    );
    expect(await list({ search: 'zolw' })).toEqual(['ORD-2026-0001']);
    expect(await list({ search: 'acme' })).toEqual([]);
    expect(value(await call['orders.count'](context, { search: 'zolw' }))).toEqual({
      count: 1,
      totals: [{ currency: 'EUR', total: order.totals.total }],
    });
    expect(value(await call['orders.count'](context, {})).count).toBe(2);
  });
});
