import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import type { SyncCollection } from '../../../../src/shared/contracts/sync/collections';
import type { Outcome } from '../../../../src/shared/contracts/sync/protocol';
import type { InvoiceRecord, SendRecord } from '../../../../src/shared/contracts/sync/records';
import type { EventData, EventName } from '../../../../src/shared/contracts/events/events';
import type {
  BusinessUid,
  ClientUid,
  InvoiceUid,
  LineUid,
  OrderUid,
} from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { minor } from '../../../../src/shared/domain/money';
import type { StepRequest } from '../../../../src/shared/contracts/events/workflow';
import { outbox } from '../../../kit/database/kit-tables';
import type { SyncedCollection } from '../../../kit/sync/synced-collection';
import type { ScratchDatabase } from '../../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../../kit/testing/scratch-database';
import { patchOf, TestDevice } from '../../../kit/testing/sync-device';
import { aLine, anInvoiceRecord } from '../../../kit/testing/wire-records';
import { listInvoices } from '../db/invoice-list';
import { readFrozen } from '../db/frozen-repository';
import { findItems } from '../db/invoice-repository';
import { findPayments } from '../db/payment-repository';
import { invoices, payments, sends } from '../db/schema';
import { findSend } from '../db/send-repository';
import { aPayment, aSend, finalised } from '../testing/device-records';
import type { ScratchContext } from '../testing/scratch-context';
import {
  clientOf,
  createScratchContext,
  createTenant,
  makeInvoice,
  must,
  reread,
} from '../testing/scratch-context';
import { beginInvoice } from '../use-cases/begin-invoice';
import { changeInvoice, deleteInvoice } from '../use-cases/change-invoice';
import { creditInvoice } from '../use-cases/credit-invoice';
import { createEventHandlers } from '../use-cases/events';
import { permitMail } from '../use-cases/permit';
import { recordPayment } from '../use-cases/payments';
import { afterRestore } from '../use-cases/restored';
import { sendInvoice } from '../use-cases/send-invoice';
import { createSteps } from '../use-cases/steps';
import { sweep } from '../use-cases/sweep';
import { createSyncedCollections } from './collections';

const NOW = '2026-03-10T12:00:00.000Z';

let scratch: ScratchDatabase;
let context: ScratchContext;
let tenant: BusinessUid;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database, 'invoices');
});

afterAll(() => scratch.drop());

beforeEach(async () => {
  context = createScratchContext(scratch, NOW);
  tenant = await createTenant(context);
});

function device<C extends SyncCollection>(name: C): TestDevice<C> {
  const found = createSyncedCollections(context.now).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no collection ${name}`);
  return new TestDevice(scratch.db, found as unknown as SyncedCollection<C>, tenant);
}

/** What any device of the business is told of a collection. */
async function pulled<R>(name: SyncCollection): Promise<ReadonlyMap<string, R>> {
  const reader = device(name);
  await reader.pullAll();
  return new Map([...reader.records].map(([uid, { record }]) => [uid, record as R]));
}

async function eventsOf<N extends EventName>(name: N): Promise<readonly EventData<N>[]> {
  const rows = await scratch.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.tenant, tenant), eq(outbox.name, name)));
  return rows.map((row) => row.data as EventData<N>);
}

async function startsOf(sendUid: string): Promise<readonly number[]> {
  const rows = await scratch.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.tenant, tenant), eq(outbox.name, 'workflow')));
  return rows
    .map((row) => row.data as { readonly send_uid: string; readonly attempt: number })
    .filter((start) => start.send_uid === sendUid)
    .map(({ attempt }) => attempt);
}

const series = () => newUid<Parameters<typeof finalised>[1]['seriesUid']>();

async function issue(more: Partial<InvoiceRecord> = {}, sequence = 1) {
  const draft = anInvoiceRecord({ ...more });
  const invoice = finalised(draft, { seriesUid: series(), sequence });
  const [outcome] = await device('invoices').push(
    { uid: draft.uid, body: { kind: 'create', record: draft } },
    { uid: draft.uid, body: invoice.body },
  );
  expect(outcome?.kind).toBe('applied');
  return invoice;
}

function kindsOf(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ kind }) => kind);
}

function create(record: { readonly uid: string }) {
  return { uid: record.uid, body: { kind: 'create' as const, record } };
}

describe('documents of devices', () => {
  it('R41 R43 are kept as they were printed, and nothing printed is changed', async () => {
    const { record, frozen, sha256 } = await issue({ clientUid: newUid<ClientUid>() });
    const row = await reread(context, tenant, record.uid);
    expect(row).toMatchObject({
      number: 'INV-2026-0001',
      total: frozen.totals.total,
      pdfSha256: sha256,
      clientId: null,
    });
    expect(await readFrozen(scratch.db, tenant, record.uid)).toEqual(frozen);
    expect(await pulled('documents')).toEqual(
      new Map([[record.uid, { uid: record.uid, frozen, sha256 }]]),
    );
    const outcomes = await device('invoices').push(
      patchOf(record.uid, { notes: ['', 'Paid in cash'] }),
      patchOf(record.uid, { remindersPaused: [false, true] }),
      { uid: record.uid, body: { kind: 'delete', record: { ...record, remindersPaused: true } } },
    );
    expect(outcomes).toMatchObject([
      { kind: 'rejected', code: 'finalised', field: 'notes' },
      { kind: 'applied' },
      { kind: 'rejected', code: 'finalised' },
    ]);
    expect(await reread(context, tenant, record.uid)).toMatchObject({
      remindersPaused: true,
      notes: '',
      deletedAt: null,
    });
  });

  it('R20 are shown by REST as soon as their client and order are known', async () => {
    const [clientUid, orderUid] = [newUid<ClientUid>(), newUid<OrderUid>()];
    const { record } = await issue({ clientUid, orderUid });
    const list = () =>
      listInvoices(
        scratch.db,
        tenant,
        { after: 0, limit: 10, status: undefined, clientId: undefined },
        record.issueDate,
      );
    expect(await list()).toEqual([]);
    const events = createEventHandlers(context);
    const tell = { tenant, occurredAt: new Date(), id: newUid<string>(), trace: {} };
    const client = clientOf({ id: 9, uid: clientUid });
    await events.ClientCreated?.({ ...tell, name: 'ClientCreated', data: client } as never);
    const order = {
      id: 5,
      uid: orderUid,
      revision: 1,
      number: 'ORD-5',
      client_id: 9,
      status: 'pending',
      deleted: false,
    };
    await events.OrderCreated?.({ ...tell, name: 'OrderCreated', data: order } as never);
    expect(await list()).toMatchObject([{ uid: record.uid, clientId: 9, orderId: 5 }]);
    // And what comes later finds them at once.
    const { record: later } = await issue({ clientUid, orderUid }, 2);
    expect(await reread(context, tenant, later.uid)).toMatchObject({ clientId: 9, orderId: 5 });
  });

  it('R42 become records of their own where somebody else was first', async () => {
    const draft = anInvoiceRecord();
    const [first, second] = [1, 2].map((sequence) =>
      finalised(draft, { seriesUid: series(), sequence }),
    );
    const uuid = newUid<InvoiceUid>();
    await device('invoices').push(create(draft), { uid: draft.uid, body: first!.body });
    const outcomes = await device('invoices').push({ uid: draft.uid, uuid, body: second!.body });
    expect(outcomes).toMatchObject([
      {
        kind: 'duplicated',
        uid: uuid,
        record: { number: 'INV-2026-0002', duplicateOf: draft.uid },
      },
    ]);
    expect(await reread(context, tenant, uuid)).toMatchObject({ pdfSha256: second!.sha256 });
    const paper = await readFrozen(scratch.db, tenant, uuid);
    expect(paper?.issued?.number).toBe('INV-2026-0002');
    // Its mail waits for a person.
    const send = aSend({ uid: uuid });
    const mails = device('sends');
    await mails.push(create(send));
    expect((await pulled<SendRecord>('sends')).get(send.uid)).toMatchObject({
      state: 'held',
      reason: 'duplicate',
    });
    expect(await startsOf(send.uid)).toEqual([]);
    await mails.push(patchOf(send.uid, { wantedAttempt: [1, 2] }));
    expect(await startsOf(send.uid)).toEqual([2]);
  });

  it('R44 keep a number that another document has, and are flagged', async () => {
    const place = { seriesUid: series(), sequence: 7 };
    const [one, other] = [0, 1].map(() => finalised(anInvoiceRecord(), place));
    await device('invoices').push({ uid: one!.record.uid, body: one!.body });
    const [outcome] = await device('invoices').push({ uid: other!.record.uid, body: other!.body });
    expect(outcome).toMatchObject({ kind: 'applied', notices: ['number_used_twice'] });
    expect(await reread(context, tenant, other!.record.uid)).toMatchObject({
      number: one!.record.number,
      numberClash: other!.record.uid,
    });
    // Nor does anybody get in the way of the cloud's own numbers.
    const rest = await makeInvoice(context, tenant);
    const intruder = finalised(anInvoiceRecord(), { seriesUid: rest.seriesUid!, sequence: 2 });
    const [told] = await device('invoices').push({
      uid: intruder.record.uid,
      body: intruder.body,
    });
    expect(told).toMatchObject({ kind: 'applied', notices: ['number_used_twice'] });
    expect((await makeInvoice(context, tenant)).number).toBe('INV-2026-C0002');
  });

  it('credit what they correct, whichever comes first, and tell the order', async () => {
    const orderUid = newUid<OrderUid>();
    const line = aLine({ sourceLineUid: newUid<LineUid>() });
    const draft = anInvoiceRecord({ orderUid, lines: [line] });
    const invoice = finalised(draft, { seriesUid: series(), sequence: 1 });
    const note = finalised(
      anInvoiceRecord({
        kind: 'credit_note',
        correctsUid: draft.uid,
        orderUid,
        lines: [aLine({ sourceLineUid: line.uid, quantity: 500 })],
      }),
      { seriesUid: series(), sequence: 1 },
    );
    const told = device('invoices');
    await told.push({ uid: note.record.uid, body: note.body });
    expect(await reread(context, tenant, note.record.uid)).toMatchObject({ correctsId: null });
    await told.push({ uid: draft.uid, body: invoice.body });
    const row = await reread(context, tenant, draft.uid);
    expect(row).toMatchObject({ credited: note.frozen.totals.total });
    expect(await reread(context, tenant, note.record.uid)).toMatchObject({ correctsId: row.id });
    const takings = (await eventsOf('InvoiceUpdated')).concat(await eventsOf('InvoiceCreated'));
    const linesOf = (uid: string) =>
      takings.filter((one) => one.uid === uid).flatMap((one) => one.order_lines);
    const uid = line.sourceLineUid;
    expect(linesOf(draft.uid)).toContainEqual({
      order_item_id: null,
      line_uid: uid,
      quantity: 2_000,
    });
    expect(linesOf(note.record.uid)).toContainEqual({
      order_item_id: null,
      line_uid: uid,
      quantity: -500,
    });
  });

  it('are history without a paper where they were imported', async () => {
    const record = anInvoiceRecord({
      number: 'OLD/17',
      seriesUid: series(),
      finalisedAt: '2024-01-05T00:00:00.000Z',
      isImported: true,
      clientName: 'Old Client',
    });
    expect(kindsOf(await device('invoices').push(create(record)))).toEqual(['applied']);
    expect(await reread(context, tenant, record.uid)).toMatchObject({ isImported: true });
    expect(await eventsOf('InvoiceCreated')).toEqual([]);
  });

  it('are edited while drafts, line by line, by devices and REST', async () => {
    const [a, b] = [aLine(), aLine({ description: 'Travel' })];
    const draft = anInvoiceRecord({ lines: [a, b], clientUid: clientOf().uid });
    const told = device('invoices');
    await told.push(
      create(draft),
      patchOf(draft.uid, { [`lines.${b.uid}`]: [b, { ...b, quantity: 9_000 }] }),
    );
    const row = await reread(context, tenant, draft.uid);
    const items = await findItems(scratch.db, tenant, [row.id]);
    expect(items.map(({ quantity }) => quantity)).toEqual([2_000, 9_000]);
    expect(row.net).toBe(1_100_00);
    await told.push({
      uid: draft.uid,
      body: { kind: 'delete', record: { ...draft, lines: [a, { ...b, quantity: 9_000 }] } },
    });
    expect((await reread(context, tenant, draft.uid)).deletedAt).not.toBeNull();
  });
});

describe('payments of devices', () => {
  it('both stand where two people recorded one, and too much is told', async () => {
    const { record } = await issue();
    const [first] = await device('payments').push(create(aPayment(record, { amount: 238_00 })));
    const [second] = await device('payments').push(create(aPayment(record, { amount: 238_00 })));
    expect([first, second]).toMatchObject([{ notices: [] }, { notices: ['overpaid'] }]);
    expect(await reread(context, tenant, record.uid)).toMatchObject({ paid: 476_00 });
    const changes = (await eventsOf('InvoiceUpdated')).map(({ change }) => change);
    expect(changes.filter((change) => change === 'paid')).toHaveLength(2);
  });

  it('wait for their invoice, and are never changed', async () => {
    const draft = anInvoiceRecord();
    const invoice = finalised(draft, { seriesUid: series(), sequence: 1 });
    const payment = aPayment(draft);
    const told = device('payments');
    await told.push(create(payment));
    await device('invoices').push({ uid: draft.uid, body: invoice.body });
    const row = await reread(context, tenant, draft.uid);
    expect(row.paid).toBe(100_00);
    const stored = await findPayments(scratch.db, tenant, draft.uid);
    expect(stored).toMatchObject([{ invoiceId: row.id }]);
    const outcomes = await told.push(
      patchOf(payment.uid, { amount: [100_00, 1] }),
      { uid: payment.uid, body: { kind: 'delete', record: payment } },
      create(aPayment(draft, { amount: -100_00, reverses: payment.uid })),
      create(aPayment(draft, { amount: -100_00, reverses: payment.uid })),
    );
    expect(outcomes).toMatchObject([
      { kind: 'rejected', code: 'append_only' },
      { kind: 'rejected', code: 'append_only' },
      { kind: 'applied', notices: [] },
      { kind: 'applied', notices: ['reversed_twice'] },
    ]);
    expect((await reread(context, tenant, draft.uid)).paid).toBe(-100_00);
  });
});

function requestOf(sendUid: string, invoiceUid: InvoiceUid, more: Partial<StepRequest>) {
  const attempt = more.attempt ?? 1;
  return {
    version: 1,
    task_token: 'token',
    execution: `${sendUid}-${attempt}`,
    step: 'mark_sent',
    attempt,
    retry: 0,
    tenant,
    send_uid: sendUid,
    invoice_uid: invoiceUid,
    trace: {},
    ...more,
  } as StepRequest;
}

async function sendOf(uid: string): Promise<SendRecord> {
  const found = (await pulled<SendRecord>('sends')).get(uid);
  if (found === undefined) throw new Error(`no send ${uid}`);
  return found;
}

describe('sends of devices', () => {
  it('R20 start once their document is there, and say what a person wrote', async () => {
    const draft = anInvoiceRecord();
    const send = aSend(draft, { cc: ['copy@example.com'], replyTo: 'me@example.com' });
    await device('sends').push(create(send));
    expect(await sendOf(send.uid)).toMatchObject({ state: 'queued', reason: null });
    await device('invoices').push(create(draft));
    expect(await startsOf(send.uid)).toEqual([]);
    const invoice = finalised(draft, { seriesUid: series(), sequence: 1 });
    await device('invoices').push({ uid: draft.uid, body: invoice.body });
    expect(await sendOf(send.uid)).toMatchObject({ state: 'pending', attempt: 1 });
    expect(await startsOf(send.uid)).toEqual([1]);
    const permit = await permitMail(context, tenant, send.uid, {
      message_uid: newUid(),
      invoice_uid: draft.uid,
      kind: 'invoice',
    });
    expect(permit).toMatchObject({
      granted: true,
      mail: {
        to: ['client@example.com'],
        cc: ['copy@example.com'],
        reply_to: 'me@example.com',
        subject: 'Your invoice',
        body: 'Please find it attached.',
        is_worded: true,
        is_anyway: false,
        document: { sha256: invoice.sha256 },
      },
    });
    await createSteps(context).mark_sent?.(requestOf(send.uid, draft.uid, {}));
    expect(await sendOf(send.uid)).toMatchObject({
      state: 'sent',
      settledAt: NOW,
      steps: [
        { step: 'generate_pdf', state: 'started' },
        { step: 'mark_sent', state: 'done' },
      ],
    });
  });

  it('are taken back before the permit, and not after', async () => {
    const { record } = await issue();
    const [one, other] = [aSend(record), aSend(record)];
    const told = device('sends');
    await told.push(create(one), create(other));
    const at = '2026-03-01T10:05:00.000Z';
    expect(kindsOf(await told.push(patchOf(one.uid, { cancelledAt: [null, at] })))).toEqual([
      'applied',
    ]);
    expect(await sendOf(one.uid)).toMatchObject({ state: 'cancelled', cancelledAt: at });
    const ask = (uid: string) =>
      permitMail(context, tenant, uid, {
        message_uid: newUid(),
        invoice_uid: record.uid,
        kind: 'invoice',
      });
    expect(await ask(one.uid)).toEqual({ granted: false, reason: 'cancelled' });
    expect(await ask(other.uid)).toMatchObject({ granted: true });
    const outcomes = await told.push(
      patchOf(other.uid, { cancelledAt: [null, at] }),
      patchOf(other.uid, { subject: ['Your invoice', 'Another'] }),
      patchOf(other.uid, { state: ['pending', 'sent'] }),
    );
    expect(outcomes).toMatchObject([
      { kind: 'rejected', code: 'already_sent' },
      { kind: 'rejected', code: 'already_sent' },
      { kind: 'applied' },
    ]);
    expect(await sendOf(other.uid)).toMatchObject({ state: 'pending', subject: 'Your invoice' });
  });

  it('R73 wait for the author’s own PDF where the cloud’s differs', async () => {
    const { record, sha256 } = await issue();
    const send = aSend(record);
    await device('sends').push(create(send));
    await createSteps(context).record_failure?.(
      requestOf(send.uid, record.uid, {
        step: 'record_failure',
        failed_step: 'generate_pdf',
        error: 'Permanent',
        cause: 'pdf_hash_differs',
      }),
    );
    expect(await sendOf(send.uid)).toMatchObject({ state: 'held', reason: 'pdf_differs' });
    await createEventHandlers(context).PDFGenerated?.({
      name: 'PDFGenerated',
      id: newUid(),
      tenant,
      occurredAt: new Date(NOW),
      trace: {},
      data: { invoice_uid: record.uid, send_uid: null, execution: null, sha256, bytes: 9 },
    } as never);
    expect(await sendOf(send.uid)).toMatchObject({ state: 'pending', attempt: 2 });
    expect(await startsOf(send.uid)).toEqual([1, 2]);
  });

  it('go out again only by a person’s wish where nobody knows of the first', async () => {
    const { record } = await issue();
    const send = aSend(record);
    const told = device('sends');
    await told.push(create(send));
    await createSteps(context).record_failure?.(
      requestOf(send.uid, record.uid, {
        step: 'record_failure',
        failed_step: 'notify_client',
        error: 'DeliveryUnknown',
        cause: 'delivery_unknown',
      }),
    );
    expect(await sendOf(send.uid)).toMatchObject({ state: 'unknown', settledAt: NOW });
    await told.push(patchOf(send.uid, { wantedAttempt: [1, 2] }));
    // Another device wishes the same: it is one wish.
    await device('sends').push(patchOf(send.uid, { wantedAttempt: [1, 2] }));
    expect(await startsOf(send.uid)).toEqual([1, 2]);
    const permit = await permitMail(context, tenant, send.uid, {
      message_uid: newUid(),
      invoice_uid: record.uid,
      kind: 'invoice',
    });
    expect(permit).toMatchObject({ granted: true, mail: { is_anyway: true } });
  });

  it('R64 count as unknown where the cloud was put back since', async () => {
    const { record } = await issue();
    const [again, fresh] = [aSend(record), aSend(record)];
    await device('sends').push({ ...create(again), isAgain: true }, create(fresh));
    expect(await sendOf(again.uid)).toMatchObject({ state: 'unknown', reason: 'restored' });
    expect(await startsOf(again.uid)).toEqual([]);
    expect(await sendOf(fresh.uid)).toMatchObject({ state: 'pending' });
  });

  it('R64 on their way to a cloud that is put back go out again by a person alone', async () => {
    const first = await makeInvoice(context, tenant);
    const { record } = await issue();
    const [waiting, queued] = [aSend(record), aSend({ uid: newUid<InvoiceUid>() })];
    await device('sends').push(create(waiting), create(queued));
    await afterRestore(scratch.db, new Date(NOW));
    for (const uid of [waiting.uid, queued.uid, first.deliverySendUid ?? '']) {
      expect(await sendOf(uid)).toMatchObject({ state: 'unknown', reason: 'restored' });
    }
    expect((await makeInvoice(context, tenant)).number).toBe('INV-2026-CB0001');
  });

  it('and payments find a document that was written at the same moment', async () => {
    const { record } = await issue();
    const send = aSend(record);
    const payment = aPayment(record);
    await device('sends').push(create(send));
    await device('payments').push(create(payment));
    await scratch.db.update(payments).set({ invoiceId: null }).where(eq(payments.uid, payment.uid));
    await scratch.db
      .update(invoices)
      .set({ paid: minor(0) })
      .where(eq(invoices.uid, record.uid));
    await scratch.db
      .update(sends)
      .set({ state: 'queued', invoiceId: null, updatedAt: new Date('2026-03-01T00:00:00.000Z') })
      .where(eq(sends.sendUid, send.uid));
    await sweep(context, { fateOf: () => Promise.resolve('running') }, 1_000);
    expect(await reread(context, tenant, record.uid)).toMatchObject({ paid: 100_00 });
    expect(await findSend(scratch.db, tenant, send.uid)).toMatchObject({ state: 'pending' });
  });
});

describe('what REST changes', () => {
  it('is told to devices: documents, payments, sends and papers', async () => {
    const invoice = await makeInvoice(context, tenant);
    const records = await pulled<InvoiceRecord>('invoices');
    expect(records.get(invoice.uid)).toMatchObject({
      number: 'INV-2026-C0001',
      clientName: 'Client Ltd',
      lines: [{ description: 'Work', quantity: 1_000 }],
      pdfSha256: null,
    });
    const sendUid = invoice.deliverySendUid ?? '';
    expect(await sendOf(sendUid)).toMatchObject({
      state: 'pending',
      invoiceUid: invoice.uid,
      steps: [
        { step: 'create_invoice', state: 'done' },
        { step: 'generate_pdf', state: 'started' },
      ],
    });
    const sha256 = 'a'.repeat(64);
    await createEventHandlers(context).PDFGenerated?.({
      name: 'PDFGenerated',
      id: newUid(),
      tenant,
      occurredAt: new Date(NOW),
      trace: {},
      data: {
        invoice_uid: invoice.uid,
        send_uid: sendUid,
        execution: `${sendUid}-1`,
        sha256,
        bytes: 9,
      },
    } as never);
    expect((await pulled<InvoiceRecord>('invoices')).get(invoice.uid)?.pdfSha256).toBe(sha256);
    expect((await pulled('documents')).get(invoice.uid)).toMatchObject({ sha256 });
    expect((await sendOf(sendUid)).steps.map(({ step }) => step)).toContain('generate_pdf');

    must(await recordPayment(context, tenant, invoice.id, { amount: 40 }, null));
    const [payment] = (await pulled<{ amount: number }>('payments')).values();
    expect(payment).toMatchObject({ amount: 40_00, invoiceUid: invoice.uid });
    const note = must(await creditInvoice(context, tenant, invoice.id, undefined, null));
    const credits = [...(await pulled<InvoiceRecord>('invoices')).values()];
    expect(credits.find(({ kind }) => kind === 'credit_note')).toMatchObject({
      correctsUid: invoice.uid,
      number: 'CN-2026-C0001',
    });
    expect(note.id).toBeGreaterThan(0);
  });

  it('merges with what devices change of the same draft', async () => {
    const uid = must(
      await beginInvoice(
        context,
        tenant,
        {
          client_id: 1,
          status: 'draft',
          items: [{ description: 'Work', quantity: 1, unit_price: 100 }],
        },
        null,
      ),
    );
    const told = device('invoices');
    const [before] = [(await pulled<InvoiceRecord>('invoices')).get(uid)];
    await told.push(patchOf(uid, { buyerReference: ['', 'PO 7'] }));
    const row = await reread(context, tenant, uid);
    must(await changeInvoice(context, tenant, row.id, { notes: 'Thanks' }, null));
    const [line] = before!.lines;
    const outcomes = await told.push(
      patchOf(uid, { notes: ['', 'Mine'] }),
      patchOf(uid, { [`lines.${line!.uid}`]: [line, { ...line, quantity: 5_000 }] }),
    );
    expect(outcomes).toMatchObject([
      { kind: 'conflict', fields: [{ path: 'notes', theirs: 'Thanks' }] },
      { kind: 'applied' },
    ]);
    const merged = await reread(context, tenant, uid);
    expect(merged).toMatchObject({ buyerReference: 'PO 7', notes: 'Thanks', net: 500_00 });
    must(await sendInvoice(context, tenant, merged.id, false, null));
    expect((await pulled<InvoiceRecord>('invoices')).get(uid)).toMatchObject({
      number: 'INV-2026-C0001',
    });
    const other = must(
      await beginInvoice(
        context,
        tenant,
        {
          client_id: 1,
          status: 'draft',
          items: [{ description: 'W', quantity: 1, unit_price: 1 }],
        },
        null,
      ),
    );
    const draft = await reread(context, tenant, other);
    must(await deleteInvoice(context, tenant, draft.id, null));
    const reader = device('invoices');
    await reader.pullAll();
    expect(reader.records.get(other)?.deleted).toBe(true);
  });
});
