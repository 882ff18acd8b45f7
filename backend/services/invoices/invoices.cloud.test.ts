import { beforeAll, describe, expect, it } from 'vitest';

import type { InvoiceView, TimelineEntry } from '../../../src/shared/contracts/rest-v1/invoices';
import type { OrderView } from '../../../src/shared/contracts/rest-v1/orders';
import type { Problem } from '../../../src/shared/contracts/rest-v1/problem';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';

const ITEMS = [
  { description: 'Work', quantity: 1.5, unit_price: 80, unit: 'h' },
  {
    description: 'Travel',
    quantity: 2,
    unit_price: 12.3456,
    tax: { name: 'VAT 20 %', category: 'standard', rate: 20 },
  },
];
const YEAR = new Date().getUTCFullYear();

type Refused = Omit<Problem, 'status'>;
type Answer = InvoiceView & Refused;

let user: CloudUser;
let clientId: number;

async function createClient(owner: CloudUser, more: object = {}): Promise<number> {
  const email = `client-${crypto.randomUUID()}@example.com`;
  const created = await owner.call<{ readonly id: number }>({
    method: 'POST',
    path: '/clients',
    body: { name: 'Zażółć sp. z o.o.', email, ...more },
  });
  expect(created.status).toBe(201);
  return created.body.id;
}

function create(more: object = {}, headers: Record<string, string> = {}, owner = user) {
  return owner.call<Answer>({
    method: 'POST',
    path: '/invoices',
    body: { client_id: clientId, items: ITEMS, ...more },
    headers,
  });
}

function post<T = Answer>(path: string, body?: object, headers: Record<string, string> = {}) {
  return user.call<T & Refused>({ method: 'POST', path, body, headers });
}

function put(id: number, body: object, headers: Record<string, string> = {}) {
  return user.call<Answer>({ method: 'PUT', path: `/invoices/${id}`, body, headers });
}

function get(id: number) {
  return user.call<Answer>({ method: 'GET', path: `/invoices/${id}` });
}

async function draft(more: object = {}): Promise<InvoiceView> {
  const created = await create({ status: 'draft', ...more });
  expect(created.status).toBe(201);
  return created.body;
}

/** Waits until the last mail of an invoice is out. */
async function whenSent(id: number): Promise<InvoiceView> {
  const until = Date.now() + 30_000;
  for (;;) {
    const { body } = await get(id);
    if (body.delivery?.state === 'sent') return body;
    if (Date.now() > until) throw new Error(`not sent: ${JSON.stringify(body.delivery)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}

beforeAll(async () => {
  user = await registerUser({ name: 'Acme Ltd', country: 'DE', time_zone: 'Europe/Berlin' });
  clientId = await createClient(user);
});

describe('creating', () => {
  it('answers with the numbered invoice, which is sent on its own', async () => {
    const created = await create({ buyer_reference: 'PO 7' }, { 'idempotency-key': 'create-1' });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      client_id: clientId,
      status: 'draft',
      kind: 'invoice',
      currency: 'EUR',
      net_amount: 144.69,
      tax_amount: 4.94,
      total_amount: 149.63,
      balance: 149.63,
      buyer_reference: 'PO 7',
      delivery: { state: 'pending', attempt: 1, reason: null },
      exchange_rate: null,
    });
    expect(created.body.invoice_number).toMatch(new RegExp(`^INV-${YEAR}-C\\d{4}$`, 'u'));
    expect(created.body.items).toMatchObject([
      { description: 'Work', quantity: 1.5, unit_price: 80, total_price: 120, unit: 'h' },
      { description: 'Travel', quantity: 2, unit_price: 12.3456, total_price: 24.69 },
    ]);
    const sent = await whenSent(created.body.id);
    expect(sent).toMatchObject({ status: 'sent' });
    expect(sent.pdf_sha256).toMatch(/^[0-9a-f]{64}$/u);

    const timeline = await user.call<TimelineEntry[]>({
      method: 'GET',
      path: `/invoices/${sent.id}/timeline`,
    });
    expect(timeline.body.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'create_invoice done',
      'generate_pdf started',
      'generate_pdf done',
      'notify_client started',
      'notify_client done',
      'mark_sent done',
    ]);
    const firsts = timeline.body.filter((one) => one.attempt === 1 && one.step_attempt === 1);
    expect(firsts).toHaveLength(timeline.body.length);
    const moments = timeline.body.map((entry) => entry.at);
    expect(moments).toEqual([...moments].sort());

    const again = await create({ buyer_reference: 'PO 7' }, { 'idempotency-key': 'create-1' });
    expect(again.body.id).toBe(created.body.id);
    const other = await create({ buyer_reference: 'PO 8' }, { 'idempotency-key': 'create-1' });
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  it('numbers without a gap while twenty calls come at once', async () => {
    const owner = await registerUser({ name: 'Many Ltd', country: 'GB' });
    const client = await createClient(owner);
    const body = { client_id: client, items: ITEMS };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        owner.call<Answer>({ method: 'POST', path: '/invoices', body }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(201));
    const numbers = answers.map((answer) => answer.body.invoice_number).sort();
    expect(numbers).toEqual(
      Array.from(
        { length: 20 },
        (_, index) => `INV-${YEAR}-C${String(index + 1).padStart(4, '0')}`,
      ),
    );
    const pages: InvoiceView[] = [];
    const first = await owner.call<InvoiceView[]>({ method: 'GET', path: '/invoices?limit=15' });
    pages.push(...first.body);
    const next = /<(\?[^>]+)>/u.exec(first.headers.get('link') ?? '')?.[1];
    const second = await owner.call<InvoiceView[]>({ method: 'GET', path: `/invoices${next}` });
    pages.push(...second.body);
    expect(pages.map((one) => one.invoice_number).sort()).toEqual(numbers);
    expect(second.headers.get('link')).toBeNull();
  });

  it('makes one invoice of two calls with one key that come at once', async () => {
    const calls = await Promise.all(
      [1, 2, 3].map(() => create({ notes: 'once' }, { 'idempotency-key': 'at-once' })),
    );
    expect(calls.map((call) => call.status)).toEqual([201, 201, 201]);
    expect(new Set(calls.map((call) => call.body.id)).size).toBe(1);
  });

  it('refuses what cannot be finished, field by field, and takes no number for it', async () => {
    const before = await create();
    const refused = [
      [{ client_id: 2_000_000 }, 'client_id', 'client_unknown'],
      [{ items: [{ ...ITEMS[0], quantity: 1.0005 }] }, 'items.0.quantity', 'too_many_decimals'],
      [
        { items: [{ ...ITEMS[0], unit_price: 1.00005 }] },
        'items.0.unit_price',
        'too_many_decimals',
      ],
      [{ currency: 'KWD' }, 'currency', 'currency_unsupported'],
      [{ currency: 'ABC' }, 'currency', 'currency_unknown'],
      [{ currency: 'USD' }, 'exchange_rate', 'required'],
      [{ issue_date: '2026-03-02', due_date: '2026-03-01' }, 'due_date', 'due_before_issue'],
      [{ items: [{ ...ITEMS[0], quantity: -1 }] }, '', 'total_negative'],
      [
        { items: [{ ...ITEMS[0], description: 'A\u{10FFFD}' }] },
        'items.0.description',
        'characters_not_printable',
      ],
      [{ order_id: 2_000_000 }, 'order_id', 'order_unknown'],
      [
        {
          items: [{ ...ITEMS[0], tax: { name: 'Odd', category: 'exempt', rate: 5, reason: 'no' } }],
        },
        'items.0.tax.rate',
        'tax_rate_not_allowed',
      ],
    ] as const;
    for (const [more, field, code] of refused) {
      const answer = await create(more);
      expect([answer.status, answer.body.errors?.[0]]).toMatchObject([400, { field, code }]);
    }
    const after = await create();
    const sequence = (text: string | undefined) => Number(text?.slice(-4));
    expect(sequence(after.body.invoice_number)).toBe(sequence(before.body.invoice_number) + 1);
  });

  it('takes another currency with its exchange rate', async () => {
    const created = await create({ currency: 'JPY', exchange_rate: 0.0058, items: [ITEMS[0]] });
    expect(created.body).toMatchObject({
      currency: 'JPY',
      exchange_rate: 0.0058,
      total_amount: 120,
    });
  });

  it('refuses clients that are archived or deleted, at once', async () => {
    const archived = await createClient(user);
    await user.call({ method: 'PUT', path: `/clients/${archived}`, body: { archived: true } });
    const deleted = await createClient(user);
    await user.call({ method: 'DELETE', path: `/clients/${deleted}` });
    const codes = await Promise.all(
      [archived, deleted].map((id) => create({ client_id: id, status: 'draft' })),
    );
    expect(codes.map(({ body }) => body.errors?.[0]?.code)).toEqual([
      'client_archived',
      'client_unknown',
    ]);
  });

  it('invoices an order, and tells it how much', async () => {
    const order = await user.call<OrderView>({
      method: 'POST',
      path: '/orders',
      body: {
        client_id: clientId,
        items: [
          { product_name: 'Work', quantity: 3, unit_price: 80 },
          { product_name: 'Other', quantity: 1, unit_price: 5 },
        ],
      },
    });
    const created = await create({ order_id: order.body.id, items: [ITEMS[0]] });
    expect(created.body).toMatchObject({ order_id: order.body.id });
    const invoiced = async () => {
      const { body } = await user.call<OrderView>({
        method: 'GET',
        path: `/orders/${order.body.id}`,
      });
      return body.items.map((item) => item.invoiced_quantity);
    };
    await expect.poll(invoiced, { timeout: 20_000 }).toEqual([1.5, 0]);
    await post(`/invoices/${created.body.id}/credit-notes`);
    await expect.poll(invoiced, { timeout: 20_000 }).toEqual([0, 0]);
  });
});

describe('a draft', () => {
  it('has no number, is edited freely, and is deleted for good', async () => {
    const made = await draft();
    expect(made).toMatchObject({
      status: 'draft',
      delivery: null,
      finalised_at: null,
      revision: 1,
    });
    expect(made.invoice_number).toBeUndefined();
    const changed = await put(made.id, {
      items: [ITEMS[0]],
      notes: 'Łódź',
      due_date: '2027-01-31',
    });
    expect(changed.body).toMatchObject({
      total_amount: 120,
      notes: 'Łódź',
      due_date: '2027-01-31',
      revision: 2,
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    const stale = await put(made.id, { notes: 'late' }, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 409, body: { code: 'stale_revision' } });
    const path = `/invoices/${made.id}`;
    expect((await user.call({ method: 'DELETE', path })).status).toBe(204);
    expect((await get(made.id)).status).toBe(404);
    expect((await user.call({ method: 'DELETE', path })).status).toBe(404);
  });

  it('is finalised and sent by its status or by "send"', async () => {
    const [one, other] = [await draft(), await draft()];
    const finalised = await put(one.id, { status: 'sent', notes: 'final' });
    expect(finalised.body).toMatchObject({
      notes: 'final',
      status: 'draft',
      delivery: { state: 'pending' },
    });
    expect(finalised.body.invoice_number).toMatch(/^INV-/u);
    const sending = await post(`/invoices/${other.id}/send`);
    expect(sending.body.invoice_number).toMatch(/^INV-/u);
    const again = await post(`/invoices/${other.id}/send`);
    expect(again).toMatchObject({ status: 409, body: { code: 'delivery_pending' } });
    expect(await whenSent(one.id)).toMatchObject({ status: 'sent' });
    await whenSent(other.id);
    const resent = await post(`/invoices/${other.id}/send`);
    // It is out already: a second mail changes nothing of that.
    expect(resent.body).toMatchObject({ status: 'sent', delivery: { state: 'pending' } });
    expect(resent.body.delivery?.send_uid).not.toBe(sending.body.delivery?.send_uid);
    await whenSent(other.id);
    const path = `/invoices/${other.id}/timeline`;
    const { body } = await user.call<TimelineEntry[]>({ method: 'GET', path });
    const second = body.filter(({ send_uid }) => send_uid === resent.body.delivery?.send_uid);
    expect(second.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'generate_pdf started',
      'generate_pdf done',
      'notify_client started',
      'notify_client done',
      'mark_sent done',
    ]);
  });
});

describe('a finalised invoice', () => {
  it('changes by facts alone', async () => {
    const { body: made } = await create();
    await whenSent(made.id);
    const forbidden = [
      [{ notes: 'x' }, 'invoice_finalised'],
      [{ due_date: '2028-01-01' }, 'invoice_finalised'],
      [{ items: [ITEMS[0]] }, 'invoice_finalised'],
      [{ client_id: await createClient(user) }, 'invoice_finalised'],
      [{ status: 'draft' }, 'transition_forbidden'],
      [{ status: 'overdue' }, 'transition_forbidden'],
    ] as const;
    for (const [change, code] of forbidden) {
      expect(await put(made.id, change)).toMatchObject({ status: 409, body: { code } });
    }
    const deleted = await user.call({ method: 'DELETE', path: `/invoices/${made.id}` });
    expect(deleted).toMatchObject({ status: 409, body: { code: 'invoice_finalised' } });
    // Sent back as it was read, it is as it was.
    const same = (await get(made.id)).body;
    expect((await put(made.id, same)).body.revision).toBe(same.revision);
    expect((await put(made.id, { reminders_paused: true })).body.reminders_paused).toBe(true);

    const paid = await put(made.id, { status: 'paid' });
    expect(paid.body).toMatchObject({ status: 'paid', balance: 0, paid_amount: 149.63 });
    expect(await put(made.id, { status: 'overdue' })).toMatchObject({ status: 409 });
    const unpaid = await put(made.id, { status: 'sent' });
    expect(unpaid.body).toMatchObject({ status: 'sent', balance: 149.63, paid_amount: 0 });
    const payments = await user.call<{ amount: number; reverses_id: number | null; id: number }[]>({
      method: 'GET',
      path: `/invoices/${made.id}/payments`,
    });
    expect(payments.body.map(({ amount }) => amount)).toEqual([149.63, -149.63]);
    expect(payments.body[1]?.reverses_id).toBe(payments.body[0]?.id);
  });

  it('is paid in parts, and not beyond what is owed', async () => {
    const { body: made } = await create();
    const path = `/invoices/${made.id}/payments`;
    const first = await post<{ id: number }>(path, { amount: 100 }, { 'idempotency-key': 'pay-1' });
    expect(first.status).toBe(201);
    const repeated = await post<{ id: number }>(
      path,
      { amount: 100 },
      { 'idempotency-key': 'pay-1' },
    );
    expect(repeated.body.id).toBe(first.body.id);
    const over = await post(path, { amount: 49.64 });
    expect(over).toMatchObject({
      status: 409,
      body: {
        code: 'overpayment',
        errors: [{ field: 'amount', params: { amount: 49.63, currency: 'EUR' } }],
      },
    });
    expect(await post(path, { amount: 0 })).toMatchObject({ status: 400 });
    expect(await post(path, { amount: 0.001 })).toMatchObject({ status: 400 });
    const rest = await post<{ id: number }>(path, { amount: 49.63 });
    expect((await get(made.id)).body).toMatchObject({ status: 'paid', balance: 0 });
    const reversal = `${path}/${rest.body.id}/reversal`;
    expect((await post(reversal)).status).toBe(201);
    expect(await post(reversal)).toMatchObject({ status: 409, body: { code: 'already_reversed' } });
    expect((await get(made.id)).body).toMatchObject({ balance: 49.63 });
    expect((await post(`${path}/999999/reversal`)).status).toBe(404);
    const made2 = await draft();
    expect(await post(`/invoices/${made2.id}/payments`, { amount: 1 })).toMatchObject({
      status: 409,
      body: { code: 'not_finalised' },
    });
  });

  it('is credited in parts, from a series of its own, to nothing', async () => {
    const { body: made } = await create();
    const path = `/invoices/${made.id}/credit-notes`;
    const [work] = made.items;
    const part = await post(path, { items: [{ item_id: work?.id, quantity: 0.5 }] });
    expect(part.body).toMatchObject({
      kind: 'credit_note',
      corrects_id: made.id,
      total_amount: 40,
      status: 'sent',
      delivery: null,
    });
    expect(part.body.invoice_number).toMatch(new RegExp(`^CN-${YEAR}-C\\d{4}$`, 'u'));
    expect(await post(path, { items: [{ item_id: work?.id, quantity: 1.5 }] })).toMatchObject({
      status: 409,
      body: { code: 'exceeds_creditable', errors: [{ params: { quantity: 1 } }] },
    });
    expect(await post(path, { items: [{ item_id: 1, quantity: 1 }] })).toMatchObject({
      status: 400,
    });
    const rest = await post(path);
    expect(rest.body.total_amount).toBe(109.63);
    expect((await get(made.id)).body).toMatchObject({
      status: 'paid',
      balance: 0,
      credited_amount: 149.63,
    });
    expect(await post(path)).toMatchObject({ status: 409 });
    expect(await post(`/invoices/${part.body.id}/credit-notes`)).toMatchObject({ status: 409 });
    expect((await post(`/invoices/${rest.body.id}/send`)).status).toBe(200);
    await whenSent(rest.body.id);
  });

  it('is reminded of by hand once it is overdue', async () => {
    const { body: early } = await create();
    expect(await post(`/invoices/${early.id}/reminders`)).toMatchObject({
      status: 409,
      body: { code: 'not_overdue' },
    });
    const { body: late } = await create({ issue_date: '2026-01-01', due_date: '2026-01-31' });
    expect(late.status).toBe('overdue');
    expect((await post(`/invoices/${late.id}/reminders`)).status).toBe(200);
    const filtered = await user.call<InvoiceView[]>({
      method: 'GET',
      path: '/invoices?status=overdue',
    });
    expect(filtered.body.map(({ id }) => id)).toContain(late.id);
    expect(filtered.body.every(({ status }) => status === 'overdue')).toBe(true);
    const reminded = async () => {
      const { body } = await user.call<TimelineEntry[]>({
        method: 'GET',
        path: `/invoices/${late.id}/timeline`,
      });
      return body.some((entry) => entry.step === 'reminder' && entry.state === 'done');
    };
    await expect.poll(reminded, { timeout: 20_000 }).toBe(true);
  });
});

it("keeps another tenant's invoices out of reach", async () => {
  const other = await registerUser({ name: 'Other Ltd' });
  const { body: made } = await create();
  const paths = ['', '/timeline', '/payments'].map((end) => `/invoices/${made.id}${end}`);
  const answers = await Promise.all(paths.map((path) => other.call({ method: 'GET', path })));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  const taken = await create({ client_id: clientId }, {}, other);
  expect(taken).toMatchObject({ status: 400, body: { errors: [{ code: 'client_unknown' }] } });
});
