import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { EventData, EventName } from '../../../src/shared/contracts/events/events';
import type { StepRequest } from '../../../src/shared/contracts/events/workflow';
import type { RestInvoiceStatus } from '../../../src/shared/contracts/rest-v1/invoices';
import { calendarDate } from '../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import { minor } from '../../../src/shared/domain/money';
import { outbox } from '../../kit/database/kit-tables';
import type { ScratchDatabase } from '../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../kit/testing/scratch-database';
import { listInvoices } from './db/invoice-list';
import { storeBusiness, storeClients } from './db/projections';
import type { InvoiceRow } from './db/rows';
import { creations, invoices, sends } from './db/schema';
import { findSend } from './db/send-repository';
import { restStatusOf } from './domain/rest-status';
import type { ScratchContext } from './testing/scratch-context';
import {
  clientOf,
  createScratchContext,
  createTenant,
  makeInvoice,
  must,
  reread,
  settingsOf,
} from './testing/scratch-context';
import { beginInvoice } from './use-cases/begin-invoice';
import { changeInvoice } from './use-cases/change-invoice';
import { createInvoice } from './use-cases/create-invoice';
import { runDaily } from './use-cases/daily';
import { createEventHandlers } from './use-cases/events';
import { permitMail } from './use-cases/permit';
import { recordPayment, reversePayment } from './use-cases/payments';
import { createSteps } from './use-cases/steps';
import { startSweep, sweep } from './use-cases/sweep';

let scratch: ScratchDatabase;
let context: ScratchContext;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database, 'invoices');
});

afterAll(() => scratch.drop());

function at(moment: string): ScratchContext {
  context = createScratchContext(scratch, moment);
  return context;
}

async function eventsOf<N extends EventName>(
  tenant: BusinessUid,
  name: N,
): Promise<readonly EventData<N>[]> {
  const rows = await scratch.db.select().from(outbox).where(eq(outbox.tenant, tenant));
  return rows.filter((row) => row.name === name).map((row) => row.data as EventData<N>);
}

async function changesOf(tenant: BusinessUid, change: string): Promise<number> {
  const told = await eventsOf(tenant, 'InvoiceUpdated');
  return told.filter((one) => one.change === change).length;
}

function requestOf(
  tenant: BusinessUid,
  invoice: InvoiceRow,
  step: StepRequest['step'],
  more: Partial<StepRequest> = {},
): StepRequest {
  const sendUid = invoice.deliverySendUid ?? '';
  return {
    version: 1,
    task_token: 'token',
    execution: `${sendUid}-1`,
    step,
    retry: 0,
    tenant,
    send_uid: sendUid,
    invoice_uid: invoice.uid,
    attempt: 1,
    trace: {},
    ...more,
  };
}

async function markSent(tenant: BusinessUid, invoice: InvoiceRow): Promise<InvoiceRow> {
  await createSteps(context).mark_sent?.(requestOf(tenant, invoice, 'mark_sent'));
  return reread(context, tenant, invoice.uid);
}

function permit(
  tenant: BusinessUid,
  invoice: InvoiceRow,
  kind: 'invoice' | 'reminder' = 'invoice',
  sendUid = invoice.deliverySendUid ?? '',
) {
  const message_uid = newUid();
  return permitMail(context, tenant, sendUid, { message_uid, invoice_uid: invoice.uid, kind });
}

const pay = (tenant: BusinessUid, id: number, amount: number) =>
  recordPayment(context, tenant, id, { amount }, null);

describe('days', () => {
  it('make an invoice overdue once, by the day of its business', async () => {
    at('2026-06-01T12:00:00Z');
    const berlin = await createTenant(context);
    const honolulu = await createTenant(context, { timeZone: 'Pacific/Honolulu' });
    const [one, other] = [await makeInvoice(context, berlin), await makeInvoice(context, honolulu)];
    const paid = await makeInvoice(context, berlin);
    must(await pay(berlin, paid.id, 100));
    expect([one.dueDate, other.dueDate]).toEqual(['2026-06-11', '2026-06-11']);
    // The 12th has begun in Berlin, and is far away in Honolulu.
    context.setClock('2026-06-11T22:30:00Z');
    await Promise.all([runDaily(context), runDaily(context)]);
    await runDaily(context);
    expect([await changesOf(berlin, 'overdue'), await changesOf(honolulu, 'overdue')]).toEqual([
      1, 0,
    ]);
    context.setClock('2026-06-12T12:00:00Z');
    await runDaily(context);
    expect([await changesOf(berlin, 'overdue'), await changesOf(honolulu, 'overdue')]).toEqual([
      1, 1,
    ]);
  });

  it('bring reminders by the ladder, each step once, none after payment or while paused', async () => {
    at('2026-03-01T12:00:00Z');
    const reminders = { enabled: true, daysAfterDue: [10, 3, 20] };
    const tenant = await createTenant(context, { reminders });
    const off = await createTenant(context);
    const made = [];
    for (let index = 0; index < 4; index += 1) {
      made.push(await markSent(tenant, await makeInvoice(context, tenant)));
    }
    await markSent(off, await makeInvoice(context, off));
    const [first, paid, paused, unsent] = [
      made[0]!,
      made[1]!,
      made[2]!,
      await makeInvoice(context, tenant),
    ];
    must(await changeInvoice(context, tenant, paused.id, { reminders_paused: true }, null));
    const remindedOf = async () => {
      const events = await eventsOf(tenant, 'ReminderRequested');
      return (invoice: InvoiceRow) =>
        events.filter((one) => one.invoice_uid === invoice.uid).map(({ step }) => step);
    };
    const day = async (moment: string) => {
      context.setClock(moment);
      await runDaily(context);
      await runDaily(context);
      return remindedOf();
    };
    // Due on 11 March.
    expect((await day('2026-03-13T12:00:00Z'))(first)).toEqual([]);
    expect((await day('2026-03-14T12:00:00Z'))(first)).toEqual([1]);
    must(await pay(tenant, paid.id, 100));
    const late = await day('2026-04-20T12:00:00Z');
    expect(late(first)).toEqual([1, 3]);
    expect(late(paid)).toEqual([1]);
    expect([late(paused), late(unsent)]).toEqual([[], []]);
    expect(await eventsOf(off, 'ReminderRequested')).toEqual([]);
    const [asked] = (await eventsOf(tenant, 'ReminderRequested')).filter(
      (one) => one.invoice_uid === first.uid,
    );
    const granted = await permit(tenant, first, 'reminder', asked!.send_uid);
    expect(granted).toMatchObject({ granted: true, mail: { reminder_step: 1, balance: 10_000 } });
    must(await pay(tenant, first.id, 100));
    expect(await permit(tenant, first, 'reminder', asked!.send_uid)).toEqual({
      granted: false,
      reason: 'paid',
    });
  });
});

describe('the permit to mail', () => {
  it('tells the whole mail, and is refused after a payment, for good', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context);
    const invoice = await makeInvoice(context, tenant);
    expect(await permit(tenant, invoice)).toMatchObject({
      granted: true,
      mail: { to: ['client@example.com'], number: 'INV-2026-C0001', total: 10_000, document: null },
    });
    must(await pay(tenant, invoice.id, 100));
    expect(await permit(tenant, invoice)).toEqual({ granted: false, reason: 'paid' });
    expect(await reread(context, tenant, invoice.uid)).toMatchObject({
      deliveryState: 'cancelled',
      deliveryReason: 'paid',
    });
    expect(await permit(await createTenant(context), invoice)).toMatchObject({ granted: false });
  });

  it('lets out the mail of an invoice that never was anything to pay', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context);
    const items = [{ description: 'Gift', quantity: 1, unit_price: 0 }];
    const invoice = await makeInvoice(context, tenant, { items });
    expect(await permit(tenant, invoice)).toMatchObject({ granted: true });
  });
});

describe('what becomes known of a mail', () => {
  it('leads to the same end in whatever order and however often it is told', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context);
    const handlers = createEventHandlers(context);
    const news = ['unknown', 'sent', 'recorded', 'unknown', 'sent'] as const;
    const orders = fc.sample(fc.shuffledSubarray([...news], { minLength: 5 }), 6);
    for (const order of orders) {
      const invoice = await makeInvoice(context, tenant);
      const message = {
        message_uid: newUid(),
        send_uid: invoice.deliverySendUid ?? '',
        invoice_uid: invoice.uid,
        kind: 'invoice' as const,
        execution: `${invoice.deliverySendUid}-1`,
      };
      const event = { id: newUid(), tenant, occurredAt: context.now() };
      for (const one of order) {
        switch (one) {
          case 'unknown':
            await handlers.EmailFailed?.({
              ...event,
              name: 'EmailFailed',
              data: { ...message, outcome: 'unknown', reason: 'ses_timed_out' },
            });
            break;
          case 'sent':
            await handlers.EmailSent?.({
              ...event,
              name: 'EmailSent',
              data: { ...message, ses_id: 'ses', recipient: 'client@example.com' },
            });
            break;
          case 'recorded':
            await createSteps(context).record_failure?.(
              requestOf(tenant, invoice, 'record_failure', {
                failed_step: 'notify_client',
                error: 'DeliveryUnknown',
                cause: 'ses_timed_out',
              }),
            );
        }
      }
      expect(await reread(context, tenant, invoice.uid)).toMatchObject({
        deliveryState: 'sent',
        deliveryReason: null,
      });
    }
    expect(await changesOf(tenant, 'sent')).toBe(orders.length);
  });

  it('keeps the PDF that was there first', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context);
    const invoice = await makeInvoice(context, tenant);
    const told = (sha256: string) =>
      createEventHandlers(context).PDFGenerated?.({
        name: 'PDFGenerated',
        id: newUid(),
        tenant,
        occurredAt: context.now(),
        data: {
          invoice_uid: invoice.uid,
          send_uid: invoice.deliverySendUid,
          execution: `${invoice.deliverySendUid}-1`,
          sha256,
          bytes: 1,
        },
      });
    await told('a'.repeat(64));
    await told('a'.repeat(64));
    await told('b'.repeat(64));
    expect(await reread(context, tenant, invoice.uid)).toMatchObject({
      pdfSha256: 'a'.repeat(64),
      revision: invoice.revision + 1,
    });
  });

  it('is a failure with its reason, and is tried again under the same send', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context);
    const invoice = await makeInvoice(context, tenant);
    const failing = requestOf(tenant, invoice, 'record_failure', {
      failed_step: 'notify_client',
      error: 'Permanent',
      cause: 'recipient_suppressed',
    });
    await createSteps(context).record_failure?.(failing);
    const failed = await reread(context, tenant, invoice.uid);
    expect(failed).toMatchObject({
      deliveryState: 'failed',
      deliveryReason: 'recipient_suppressed',
    });
    expect(restStatusOf(failed, calendarDate.parse('2026-06-01'))).toBe('draft');
    const retried = must(
      await changeInvoice(context, tenant, invoice.id, { status: 'sent' }, null),
    );
    expect(retried).toMatchObject({
      deliveryState: 'pending',
      deliveryAttempt: 2,
      deliverySendUid: invoice.deliverySendUid,
      number: invoice.number,
    });
    // The first attempt's failure, told late, says nothing of the second.
    await createSteps(context).record_failure?.({ ...failing, execution: 'late-1' });
    expect(await reread(context, tenant, invoice.uid)).toMatchObject({ deliveryState: 'pending' });
  });
});

describe('the sweep', () => {
  it('makes the invoices that no workflow made', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context);
    const begun = beginInvoice(
      context,
      tenant,
      { client_id: 1, items: [{ description: 'Work', quantity: 1, unit_price: 1 }] },
      null,
    );
    const waiting = async () => {
      const rows = await scratch.db.select().from(creations).where(eq(creations.tenant, tenant));
      return rows.length;
    };
    await expect.poll(waiting).toBe(1);
    const executions = { fateOf: async () => 'running' as const };
    await sweep(context, executions, 60_000);
    context.setClock('2026-06-01T12:02:00Z');
    await sweep(context, executions, 60_000);
    must(await begun);
    expect(await eventsOf(tenant, 'InvoiceCreated')).toHaveLength(1);
  });

  it('starts deliveries again whose execution is gone, and those alone', async () => {
    at('2026-06-02T12:00:00Z');
    const tenant = await createTenant(context);
    const gone = await makeInvoice(context, tenant);
    const running = await makeInvoice(context, tenant);
    const done = await markSent(tenant, await makeInvoice(context, tenant));
    await scratch.db.update(outbox).set({ publishedAt: new Date() });
    const asked: string[] = [];
    const executions = {
      fateOf: async (sendUid: string, attempt: number) => {
        asked.push(`${sendUid}-${attempt}`);
        return sendUid === running.deliverySendUid ? ('running' as const) : ('gone' as const);
      },
    };
    context.setClock('2026-06-02T12:00:30Z');
    await sweep(context, executions, 60_000);
    expect(asked.some((name) => name.startsWith(gone.deliverySendUid!))).toBe(false);
    context.setClock('2026-06-02T12:01:30Z');
    await sweep(context, executions, 60_000);
    await sweep(context, executions, 60_000);
    const attempts = await Promise.all(
      [gone, running, done].map(({ deliverySendUid }) =>
        findSend(scratch.db, tenant, deliverySendUid!),
      ),
    );
    expect(attempts.map((send) => [send?.state, send?.attempt])).toEqual([
      ['pending', 2],
      ['pending', 1],
      ['sent', 1],
    ]);
    const starts = await scratch.db.select().from(outbox).where(eq(outbox.tenant, tenant));
    const again = starts.filter((row) => row.name === 'workflow' && row.publishedAt === null);
    expect(again.map((row) => row.data)).toMatchObject([
      { send_uid: gone.deliverySendUid, attempt: 2 },
    ]);
  });

  it('comes to each that stands still, however many before it stay so', async () => {
    at('2026-06-02T13:00:00Z');
    const tenant = await createTenant(context);
    const stuck = [];
    for (let made = 0; made < 5; made += 1) stuck.push(await makeInvoice(context, tenant));
    await scratch.db.update(outbox).set({ publishedAt: new Date() });
    context.setClock('2026-06-02T13:01:30Z');
    const asked: string[] = [];
    const executions = {
      fateOf: async (sendUid: string) => {
        asked.push(sendUid);
        return 'running' as const;
      },
    };
    // All of them stand there since one moment.
    await sweep(context, executions, 60_000, undefined, 2);
    const own = stuck.map(({ deliverySendUid }) => deliverySendUid);
    expect(asked.filter((uid) => own.includes(uid)).toSorted()).toEqual(own.toSorted());
  });
});

describe('the first sweep of a process', () => {
  const times = { everyMs: 60_000, afterMs: 60_000 };
  const executions = { fateOf: async () => 'gone' as const, close: () => undefined };

  it('takes up what stands still since the start, but nothing in circles', async () => {
    at('2026-06-03T12:00:00Z');
    const tenant = await createTenant(context);
    const lost = await makeInvoice(context, tenant);
    const oftenLost = await makeInvoice(context, tenant);
    await scratch.db.update(outbox).set({ publishedAt: new Date() });
    await scratch.db
      .update(sends)
      .set({ attempt: 2 })
      .where(eq(sends.sendUid, oftenLost.deliverySendUid!));
    const attemptOf = async (uid: string | null) =>
      (await findSend(scratch.db, tenant, uid!))?.attempt;

    context.setClock('2026-06-03T12:00:05Z');
    const process = startSweep(context, executions, times);
    // Somebody else is at this one.
    const alive = await makeInvoice(context, tenant);
    await scratch.db.update(outbox).set({ publishedAt: new Date() });
    await expect.poll(() => attemptOf(lost.deliverySendUid), { timeout: 20_000 }).toBe(2);
    await process.stop();
    expect(await attemptOf(oftenLost.deliverySendUid)).toBe(2);
    expect(await attemptOf(alive.deliverySendUid)).toBe(1);
  });
});

describe('creating', () => {
  it('happens once, whoever does it and however often', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context);
    const invoice = await makeInvoice(context, tenant);
    const sendUid = invoice.deliverySendUid!;
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => createInvoice(context, tenant, sendUid)),
    );
    expect(outcomes).toEqual(Array(3).fill({ invoice_uid: invoice.uid }));
    const next = await makeInvoice(context, tenant, {
      issue_date: calendarDate.parse('2027-01-01'),
    });
    expect([invoice.number, next.number]).toEqual(['INV-2026-C0001', 'INV-2027-C0001']);
    expect(await createInvoice(context, tenant, newUid())).toBeNull();
  });

  it('is done by the call where the workflow does not come', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context);
    const input = { client_id: 1, items: [{ description: 'Work', quantity: 1, unit_price: 1 }] };
    const uid = must(await beginInvoice(context, tenant, input, null));
    expect(await reread(context, tenant, uid)).toMatchObject({
      number: 'INV-2026-C0001',
    });
  });
});

describe('projections', () => {
  it('keep what is newest, in whatever order it is told', async () => {
    at('2026-06-01T12:00:00Z');
    const tenant = await createTenant(context, {}, { revision: 5, name: 'New' });
    await storeClients(context.db, [{ tenant, state: clientOf({ revision: 4, name: 'Old' }) }]);
    expect((await context.directory.client(tenant, 1))?.name).toBe('New');
    await storeBusiness(context.db, tenant, { revision: 3, settings: settingsOf({ name: 'B3' }) });
    await storeBusiness(context.db, tenant, { revision: 2, settings: settingsOf({ name: 'B2' }) });
    expect((await context.directory.business(tenant)).settings.name).toBe('B3');
  });
});

describe('the filter by status', () => {
  it('finds exactly the invoices that show the status', async () => {
    at('2026-06-15T12:00:00Z');
    const tenant = await createTenant(context);
    const today = calendarDate.parse('2026-06-15');
    const template = await makeInvoice(context, tenant, { status: 'draft' });
    const amounts = fc.constantFrom(0, 50, 100);
    const samples = fc.sample(
      fc.record({
        kind: fc.constantFrom('invoice' as const, 'credit_note' as const),
        finalisedAt: fc.constantFrom(null, context.now()),
        total: amounts,
        paid: amounts,
        credited: amounts,
        dueDate: fc.constantFrom('2026-06-14', '2026-06-15', '2026-06-16'),
        sentAt: fc.constantFrom(null, context.now()),
        deliveryState: fc.constantFrom(
          null,
          'pending' as const,
          'sent' as const,
          'failed' as const,
          'unknown' as const,
          'bounced' as const,
          'cancelled' as const,
        ),
      }),
      200,
    );
    await scratch.db.insert(invoices).values(
      samples.map((sample) => ({
        ...template,
        ...sample,
        id: undefined,
        isOpen: undefined,
        uid: newUid<InvoiceRow['uid']>(),
        dueDate: calendarDate.parse(sample.dueDate),
        total: minor(sample.total),
        paid: minor(sample.paid),
        credited: minor(sample.credited),
      })),
    );
    const filter = { after: 0, limit: 1_000, clientId: undefined };
    const all = await listInvoices(scratch.db, tenant, { ...filter, status: undefined }, today);
    expect(all).toHaveLength(201);
    const statuses: readonly RestInvoiceStatus[] = ['draft', 'sent', 'paid', 'overdue'];
    for (const status of statuses) {
      const found = await listInvoices(scratch.db, tenant, { ...filter, status }, today);
      const expected = all.filter((one) => restStatusOf(one, today) === status);
      expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }
  });
});

it('pays, reverses and pays again under one lock', async () => {
  at('2026-06-01T12:00:00Z');
  const tenant = await createTenant(context);
  const invoice = await makeInvoice(context, tenant);
  const answers = await Promise.all([1, 2, 3].map(() => pay(tenant, invoice.id, 60)));
  expect(answers.map((answer) => ('code' in answer ? answer.code : 'paid')).sort()).toEqual([
    'overpayment',
    'overpayment',
    'paid',
  ]);
  const paid = answers.find((answer) => 'amount' in answer);
  const reversals = await Promise.all(
    [1, 2].map(() => reversePayment(context, tenant, invoice.id, paid!.id, null)),
  );
  expect(reversals.filter((one) => 'code' in one)).toHaveLength(1);
  expect(await reread(context, tenant, invoice.uid)).toMatchObject({ paid: 0 });
  expect(await scratch.db.select().from(sends).where(eq(sends.tenant, tenant))).toHaveLength(1);
});
