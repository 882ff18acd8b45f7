import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, inject, it } from 'vitest';

import {
  attachmentOf,
  createClient,
  createInvoice,
  mailsTo,
  newAddress,
  untilDelivery,
} from '../../backend/kit/testing/cloud-mail';
import { registerUser } from '../../backend/kit/testing/cloud-user';
import type { InvoiceView, TimelineEntry } from '../../src/shared/contracts/rest-v1/invoices';
import { addDays, dayInZone } from '../../src/shared/domain/calendar-date';
import { until } from './support/rest';

/** What the scheduler puts into the queue every hour. */
async function wakeUp(): Promise<void> {
  const { awsEndpoint, region, adminCredentials } = inject('cloud');
  const sqs = new SQSClient({ endpoint: awsEndpoint, region, credentials: adminCredentials });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'doccentr-invoices' }));
  const MessageBody = JSON.stringify({ kind: 'daily', version: 1 });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  sqs.destroy();
}

it('reminds of what is overdue by the ladder, once for each step, and never of what is paid', async () => {
  const zone = 'Europe/Berlin';
  const user = await registerUser({ name: 'Northwind Studio', country: 'DE', time_zone: zone });
  const reminders = { enabled: true, daysAfterDue: [3, 10, 20] };
  const body = { reminders, language: 'en', formats: 'en-GB' };
  expect((await user.call({ method: 'PUT', path: '/business', body })).status).toBe(200);

  const today = dayInZone(new Date(), zone);
  /** An invoice that was due so many days ago; its mail went out. */
  async function dueBefore(days: number) {
    const address = newAddress();
    const { id } = await createInvoice(user, await createClient(user, address), {
      issue_date: addDays(today, -days - 14),
      due_date: addDays(today, -days),
    });
    await untilDelivery(user, id, 'sent');
    return { id, address };
  }
  const second = await dueBefore(12);
  const young = await dueBefore(2);
  const paid = await dueBefore(12);
  const payments = `/invoices/${paid.id}/payments`;
  const payment = await user.call({ method: 'POST', path: payments, body: { amount: 171 } });
  expect(payment.status).toBe(201);

  await wakeUp();
  await until('the reminder', async () => (await mailsTo(second.address)).length === 2);
  await wakeUp();
  const timelineOf = async (id: number) => {
    const path = `/invoices/${id}/timeline`;
    const { body: entries } = await user.call<readonly TimelineEntry[]>({ method: 'GET', path });
    return entries.map(({ step, state }) => `${step} ${state}`);
  };
  // The second call has been heard as well when its successor has had its effect.
  const last = await dueBefore(25);
  await wakeUp();
  await until('the last reminder', async () => (await mailsTo(last.address)).length === 2);

  const [invoice, reminder, ...more] = await mailsTo(second.address);
  expect(more).toEqual([]);
  expect(reminder!.Subject).toMatch(/^Second reminder: invoice INV-/u);
  const lastReminder = (await mailsTo(last.address))[1];
  expect(lastReminder!.Subject).toMatch(/^Urgent reminder: invoice INV-/u);
  expect(attachmentOf(reminder!)).toEqual(attachmentOf(invoice!));
  expect(await mailsTo(young.address)).toHaveLength(1);
  expect(await mailsTo(paid.address)).toHaveLength(1);

  const statusOf = async (id: number) =>
    (await user.call<InvoiceView>({ method: 'GET', path: `/invoices/${id}` })).body.status;
  expect(await statusOf(second.id)).toBe('overdue');
  expect(await statusOf(young.id)).toBe('overdue');
  expect(await statusOf(paid.id)).toBe('paid');
  await until('the reminder to be noted', async () =>
    (await timelineOf(second.id)).includes('reminder done'),
  );
  expect(await timelineOf(second.id)).toContain('overdue done');
  expect(await timelineOf(paid.id)).not.toContain('overdue done');
});
