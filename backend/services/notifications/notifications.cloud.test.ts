import { randomUUID } from 'node:crypto';

import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { z } from 'zod';

import { WORKFLOW_SOURCE } from '../../../src/shared/contracts/events/workflow';
import type { messageView } from '../../../src/shared/contracts/rest-v1/notifications';
import {
  attachmentOf,
  createClient,
  createInvoice,
  mailsTo,
  newAddress,
  rawOf,
  untilDelivery,
} from '../../kit/testing/cloud-mail';
import type { CloudUser } from '../../kit/testing/cloud-user';
import { registerUser } from '../../kit/testing/cloud-user';

type Message = z.infer<typeof messageView>;

const POLL = { timeout: 40_000, interval: 200 };

let database: Connection;
let user: CloudUser;

beforeAll(async () => {
  database = await createConnection({ ...inject('cloud').database });
  await database.query('use doccentr_notifications');
  user = await registerUser({ name: 'Northwind Studio', country: 'DE' });
});

afterAll(() => database.end());

async function messagesOf(invoiceId: number, caller = user): Promise<readonly Message[]> {
  const path = `/invoices/${invoiceId}/notifications`;
  const { status, body } = await caller.call<readonly Message[]>({ method: 'GET', path });
  expect(status).toBe(200);
  return body;
}

/** Puts something into the service's own queue, as a rule of the bus would. */
async function enqueue(source: string, name: string, detail: unknown): Promise<void> {
  const { awsEndpoint, region, adminCredentials } = inject('cloud');
  const sqs = new SQSClient({
    endpoint: awsEndpoint,
    region,
    credentials: { ...adminCredentials },
  });
  const { QueueUrl } = await sqs.send(
    new GetQueueUrlCommand({ QueueName: 'doccentr-notifications' }),
  );
  const body = { id: randomUUID(), source, 'detail-type': name, detail };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
}

async function eventsAbout(messageUid: string): Promise<readonly string[]> {
  const [rows] = await database.query<RowDataPacket[]>(
    'select name, data from outbox where tenant = ? and data like ? order by position',
    [user.business, `%${messageUid}%`],
  );
  return rows.map(({ name, data }) => {
    const { outcome } = JSON.parse(String(data)) as { readonly outcome?: string };
    return outcome === undefined ? String(name) : `${String(name)} ${outcome}`;
  });
}

function sesEvent(eventType: string, messageUid: string, more: object = {}) {
  return {
    eventType,
    mail: {
      messageId: 'ses-of-the-test',
      tags: { tenant: [user.business], message_uid: [messageUid] },
    },
    ...more,
  };
}

async function setState(messageUid: string, state: string): Promise<void> {
  await database.query(
    "update messages set state = ?, claimed_at = '2020-01-01' where tenant = ? and message_uid = ?",
    [state, user.business, messageUid],
  );
}

async function delivered(): Promise<{ readonly id: number; readonly address: string } & Message> {
  const address = newAddress();
  const { id } = await createInvoice(user, await createClient(user, address));
  await untilDelivery(user, id, 'sent');
  await expect.poll(async () => (await messagesOf(id))[0]?.state, POLL).toBe('delivered');
  return { id, address, ...(await messagesOf(id))[0]! };
}

describe('the mail with an invoice', () => {
  it('goes out once, in the language of the business, and is listed with its fate', async () => {
    const message = await delivered();
    expect(message).toMatchObject({ kind: 'invoice', recipient: message.address, reason: null });
    expect(message.subject).toMatch(/^Rechnung INV-\d{4}-C\d+ von Northwind Studio$/u);
    const mails = await mailsTo(message.address);
    expect(mails).toHaveLength(1);
    expect(rawOf(mails[0]!)).toMatch(/^From: Northwind Studio <[^<>]+>\r$/mu);
    expect(mails[0]!.BodyText).toContain('171,00 EUR');
    expect(await eventsAbout(message.uid)).toEqual(['EmailSent']);
  });

  it('goes out a second time only as a send of its own', async () => {
    const { id, address } = await delivered();
    const again = await user.call({ method: 'POST', path: `/invoices/${id}/send`, body: {} });
    expect(again.status).toBe(200);
    await expect.poll(async () => (await mailsTo(address)).length, POLL).toBe(2);
    const messages = await messagesOf(id);
    expect(new Set(messages.map(({ uid }) => uid)).size).toBe(2);
    const [first, second] = await mailsTo(address);
    expect(attachmentOf(first!)).toEqual(attachmentOf(second!));
  });

  it('stops at the daily quota, and says so', async () => {
    const poor = await registerUser({ name: 'Busy Ltd' });
    await database.query(
      'insert into daily_usage (tenant, day, mails) values (?, utc_date(), 500)',
      [poor.business],
    );
    const address = newAddress();
    const { id } = await createInvoice(poor, await createClient(poor, address));
    const invoice = await untilDelivery(poor, id, 'failed');
    expect(invoice).toMatchObject({ status: 'draft', delivery: { reason: 'quota_exceeded' } });
    expect(await messagesOf(id, poor)).toMatchObject([
      { state: 'failed', reason: 'quota_exceeded' },
    ]);
    expect(await mailsTo(address)).toEqual([]);
  });

  it('is not sent again to an address that it came back from', async () => {
    const address = newAddress('bounce');
    const { id } = await createInvoice(user, await createClient(user, address));
    await untilDelivery(user, id, 'bounced');
    await expect.poll(async () => (await messagesOf(id))[0]?.state, POLL).toBe('bounced');
    const again = await user.call({ method: 'POST', path: `/invoices/${id}/send`, body: {} });
    expect(again.status).toBe(200);
    const invoice = await untilDelivery(user, id, 'failed');
    expect(invoice.delivery?.reason).toBe('recipient_suppressed');
    expect(await mailsTo(address)).toHaveLength(1);
  });

  it('is nobody else’s to look at', async () => {
    const { id } = await delivered();
    const stranger = await registerUser({ name: 'Somebody else' });
    const path = `/invoices/${id}/notifications`;
    expect((await stranger.call({ method: 'GET', path })).status).toBe(404);
  });
});

describe('a mail that nobody knows the fate of', () => {
  it('is settled by SES’s word, in any order and any number of times', async () => {
    const { uid, id } = await delivered();
    await setState(uid, 'unknown');
    await enqueue('aws.ses', 'Email Delivered', sesEvent('Delivery', uid));
    await expect.poll(async () => (await messagesOf(id))[0]?.state, POLL).toBe('delivered');
    await enqueue('aws.ses', 'Email Sent', sesEvent('Send', uid));
    await enqueue('aws.ses', 'Email Delivered', sesEvent('Delivery', uid));
    const bounce = {
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: 'someone@example.org' }],
    };
    await enqueue('aws.ses', 'Email Bounced', sesEvent('Bounce', uid, { bounce }));
    await expect.poll(async () => (await messagesOf(id))[0]?.state, POLL).toBe('bounced');
    await enqueue('aws.ses', 'Email Sent', sesEvent('Send', uid));
    // The first one is the workflow's own.
    expect(await eventsAbout(uid)).toEqual(['EmailSent', 'EmailSent', 'EmailFailed bounced']);
  });

  it('came back, for the invoice too, when SES took it and then would not pass it on', async () => {
    const { uid, id } = await delivered();
    await enqueue('aws.ses', 'Email Rejected', sesEvent('Reject', uid, { reject: {} }));
    const invoice = await untilDelivery(user, id, 'bounced');
    expect(invoice.delivery?.reason).toBe('mail_rejected');
    expect((await messagesOf(id))[0]).toMatchObject({ state: 'bounced', reason: 'mail_rejected' });
  });

  it('is never sent again: a claim that was left behind becomes unknown', async () => {
    const { uid, id, address } = await delivered();
    const [rows] = await database.query<RowDataPacket[]>(
      'select send_uid, invoice_uid, execution from messages where tenant = ? and message_uid = ?',
      [user.business, uid],
    );
    await setState(uid, 'claimed');
    await database.query('delete from step_outcomes where tenant = ? and step_key = ?', [
      user.business,
      `notify_client:${String(rows[0]!['send_uid'])}`,
    ]);
    await enqueue(WORKFLOW_SOURCE, 'NotificationRequested', {
      ...rows[0],
      version: 1,
      task_token: randomUUID(),
      step: 'notify_client',
      attempt: 1,
      retry: 0,
      tenant: user.business,
      trace: {},
    });
    await expect.poll(async () => (await messagesOf(id))[0]?.state, POLL).toBe('unknown');
    expect(await mailsTo(address)).toHaveLength(1);
    expect(await eventsAbout(uid)).toEqual(['EmailSent', 'EmailFailed unknown']);
  });
});

describe('mails that follow', () => {
  it('thank for a payment where the business wants it, once', async () => {
    const owner = await registerUser({ name: 'Grateful Ltd' });
    const changed = await owner.call({
      method: 'PUT',
      path: '/business',
      body: { sendReceipts: true, language: 'en', formats: 'en-GB' },
    });
    expect(changed.status).toBe(200);
    const address = newAddress();
    const { id, total_amount } = await createInvoice(owner, await createClient(owner, address));
    await untilDelivery(owner, id, 'sent');
    const path = `/invoices/${id}/payments`;
    const part = await owner.call({ method: 'POST', path, body: { amount: 100 } });
    expect(part.status).toBe(201);
    const rest = await owner.call({
      method: 'POST',
      path,
      body: { amount: (total_amount * 100 - 10_000) / 100 },
    });
    expect(rest.status).toBe(201);
    await expect.poll(async () => (await mailsTo(address)).length, POLL).toBe(2);
    const receipt = (await mailsTo(address))[1]!;
    expect(receipt.Subject).toMatch(/^Payment received: invoice INV-/u);
    const messages = await messagesOf(id, owner);
    expect(messages.map(({ kind }) => kind)).toEqual(['invoice', 'receipt']);
  });

  it('do not thank where the business does not want it', async () => {
    const { id, address } = await delivered();
    const path = `/invoices/${id}/payments`;
    expect((await user.call({ method: 'POST', path, body: { amount: 171 } })).status).toBe(201);
    // Told of by the same queue, after the payment.
    const other = await delivered();
    expect(await mailsTo(other.address)).toHaveLength(1);
    expect(await mailsTo(address)).toHaveLength(1);
  });

  it('remind of what is overdue, with the invoice once more', async () => {
    const address = newAddress();
    const { id } = await createInvoice(user, await createClient(user, address), {
      issue_date: '2026-01-05',
      due_date: '2026-02-04',
    });
    await untilDelivery(user, id, 'sent');
    const asked = await user.call({ method: 'POST', path: `/invoices/${id}/reminders` });
    expect(asked.status).toBe(200);
    await expect.poll(async () => (await mailsTo(address)).length, POLL).toBe(2);
    const [invoice, reminder] = await mailsTo(address);
    expect(reminder!.Subject).toMatch(/^Zahlungserinnerung: Rechnung INV-/u);
    expect(reminder!.BodyText).toContain('am 4. Februar 2026 fällig');
    expect(attachmentOf(reminder!)).toEqual(attachmentOf(invoice!));
  });

  it('do not remind of what is paid', async () => {
    const address = newAddress();
    const { id } = await createInvoice(user, await createClient(user, address), {
      issue_date: '2026-01-05',
      due_date: '2026-02-04',
    });
    await untilDelivery(user, id, 'sent');
    const payment = { amount: 171 };
    await user.call({ method: 'POST', path: `/invoices/${id}/payments`, body: payment });
    const asked = await user.call({ method: 'POST', path: `/invoices/${id}/reminders` });
    expect(asked.status).toBe(409);
    expect(await mailsTo(address)).toHaveLength(1);
  });
});
