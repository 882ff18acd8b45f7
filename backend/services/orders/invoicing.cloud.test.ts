import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { EventData } from '../../../src/shared/contracts/events/events';
import type { OrderView } from '../../../src/shared/contracts/rest-v1/orders';
import type { Problem } from '../../../src/shared/contracts/rest-v1/problem';
import type { InvoiceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';
import type { EventSender } from '../../kit/testing/queue';
import { openEventSender } from '../../kit/testing/queue';

type Refused = Pick<Problem, 'code' | 'errors'>;

let user: CloudUser;
let clientId: number;
let queue: EventSender;
/** Ids of documents that the invoices service does not give. */
let nextInvoice = 1_000_000;

beforeAll(async () => {
  user = await registerUser();
  queue = await openEventSender('orders');
  const client = await user.call<{ readonly id: number }>({
    method: 'POST',
    path: '/clients',
    body: { name: 'Kappa', email: 'kappa@example.com' },
  });
  clientId = client.body.id;
});

afterAll(() => queue.close());

const WORK = { product_name: 'Work', quantity: 4, unit_price: 100 };

async function createOrder(): Promise<OrderView> {
  const body = { client_id: clientId, items: [WORK, { ...WORK, product_name: 'Travel' }] };
  const { body: order } = await user.call<OrderView>({ method: 'POST', path: '/orders', body });
  return order;
}

async function readOrder(id: number): Promise<OrderView> {
  return (await user.call<OrderView>({ method: 'GET', path: `/orders/${id}` })).body;
}

type Told = Pick<EventData<'InvoiceUpdated'>, 'id' | 'revision'> & {
  readonly order: OrderView;
  /** Units taken of each line. */
  readonly takes: readonly number[];
  readonly kind?: 'invoice' | 'credit_note';
};

function tell({ id, revision, order, takes, kind = 'invoice' }: Told): Promise<void> {
  return queue.send('InvoiceUpdated', user.business, {
    id,
    uid: newUid<InvoiceUid>(),
    revision,
    kind,
    number: `INV-${id}`,
    client_id: clientId,
    order_id: order.id,
    order_uid: null,
    status: 'sent',
    change: 'finalised',
    currency: order.currency,
    total: 0,
    balance: 0,
    due_date: '2026-04-01',
    order_lines: takes.map((units, index) => ({
      order_item_id: order.items[index]!.id,
      line_uid: null,
      quantity: units * 1_000,
    })),
    deleted: false,
  });
}

async function untilInvoiced(id: number, units: readonly number[]): Promise<OrderView> {
  return vi.waitFor(
    async () => {
      const order = await readOrder(id);
      expect(order.items.map((item) => item.invoiced_quantity)).toEqual(units);
      return order;
    },
    { timeout: 20_000, interval: 100 },
  );
}

describe('what documents take of an order', () => {
  it('counts once, however often and in whatever order they are told of', async () => {
    const order = await createOrder();
    const first = nextInvoice++;
    const second = nextInvoice++;
    const events: Told[] = [
      { id: first, revision: 1, order, takes: [] },
      { id: first, revision: 3, order, takes: [1, 2] },
      { id: first, revision: 2, order, takes: [3, 3] },
      { id: second, revision: 5, order, takes: [2] },
    ];
    await Promise.all([...events, ...events.toReversed(), ...events].map(tell));
    const after = await untilInvoiced(order.id, [3, 2]);
    expect(after.status).toBe('processing');
    // Everything that was sent has been worked on once this one has.
    const last = await createOrder();
    await tell({ id: nextInvoice++, revision: 1, order: last, takes: [1] });
    await untilInvoiced(last.id, [1, 0]);
    expect(await readOrder(order.id)).toEqual(after);
  });

  it('completes the order when all is invoiced, stands when beyond it, and is released by credit', async () => {
    const order = await createOrder();
    const id = nextInvoice++;
    await tell({ id, revision: 1, order, takes: [4, 4] });
    expect((await untilInvoiced(order.id, [4, 4])).status).toBe('completed');
    await tell({ id: nextInvoice++, revision: 1, order, takes: [1] });
    expect((await untilInvoiced(order.id, [5, 4])).status).toBe('completed');
    await tell({ id: nextInvoice++, revision: 1, order, takes: [-2, -1], kind: 'credit_note' });
    expect((await untilInvoiced(order.id, [3, 3])).status).toBe('processing');
  });

  it('keeps invoiced lines from going away or falling below it', async () => {
    const order = await createOrder();
    await tell({ id: nextInvoice++, revision: 1, order, takes: [3] });
    await untilInvoiced(order.id, [3, 0]);
    const change = (items: readonly object[]) =>
      user.call<OrderView & Refused>({
        method: 'PUT',
        path: `/orders/${order.id}`,
        body: { items },
      });
    const gone = await change([{ ...WORK, product_name: 'Travel' }]);
    expect([gone.status, gone.body.code]).toEqual([409, 'order_invoiced']);
    expect(gone.body.errors).toMatchObject([{ field: 'items', code: 'line_invoiced' }]);
    const less = await change([{ ...WORK, quantity: 2 }]);
    expect(less.body.errors).toMatchObject([
      { field: 'items.0.quantity', code: 'below_invoiced', params: { quantity: 3 } },
    ]);
    const exact = await change([{ ...WORK, quantity: 3 }]);
    expect(exact.body).toMatchObject({
      status: 'completed',
      items: [{ id: order.items[0]?.id, invoiced_quantity: 3 }],
    });
    const deleted = await user.call<Problem>({ method: 'DELETE', path: `/orders/${order.id}` });
    expect([deleted.status, deleted.body.code]).toEqual([409, 'order_has_documents']);
  });

  it('follows a real invoice of the order', async () => {
    const order = await createOrder();
    const invoice = await user.call({
      method: 'POST',
      path: '/invoices',
      body: {
        client_id: clientId,
        order_id: order.id,
        items: [{ description: 'Work', quantity: 1.5, unit_price: 100 }],
      },
    });
    expect(invoice.status).toBe(201);
    expect((await untilInvoiced(order.id, [1.5, 0])).status).toBe('processing');
  });
});
