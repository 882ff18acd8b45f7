import { randomUUID } from 'node:crypto';

import { ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

import { mailsTo } from '../../backend/kit/testing/cloud-mail';
import type { InvoiceView } from '../../src/shared/contracts/rest-v1/invoices';
import { invoiceView, timelineEntry } from '../../src/shared/contracts/rest-v1/invoices';
import { orderView } from '../../src/shared/contracts/rest-v1/orders';
import { startMoodySes } from './support/moody-ses';
import type { OwnCloud } from './support/own-cloud';
import { startOwnCloud } from './support/own-cloud';
import type { Tenant } from './support/rest';
import { stopExecution } from './support/stop-execution';
import {
  createClient,
  expectBody,
  registerTenant,
  restAt,
  restPatiently,
  until,
} from './support/rest';

/** Processes die by SIGKILL at every moment of a delivery; whatever happens, each thing is once. */

let own: OwnCloud;
let tenant: Tenant;

beforeAll(async () => {
  own = await startOwnCloud();
  tenant = await registerTenant(own.cloud.api);
}, 120_000);

afterAll(() => own.stop());

const ITEMS = [{ description: 'Work', quantity: 2, unit_price: 12.5 }];

interface Posted {
  readonly invoice: InvoiceView;
  readonly recipient: string;
}

/** Posts an invoice to a client of its own. */
async function postInvoice(): Promise<Posted> {
  const client = await createClient(tenant, own.cloud.api);
  const answer = await restPatiently(own.cloud.api, 'POST', '/invoices', {
    token: tenant.token,
    body: { client_id: client.id, items: ITEMS },
  });
  const invoice = expectBody(answer, 201, invoiceView);
  return { invoice, recipient: client.email };
}

async function readInvoice(id: number): Promise<InvoiceView | null> {
  const answer = await restAt(own.cloud.api, 'GET', `/invoices/${id}`, { token: tenant.token });
  return answer.status === 200 ? invoiceView.parse(answer.body) : null;
}

function untilSent({ invoice }: Posted, seconds = 90): Promise<InvoiceView> {
  return until(
    `invoice ${invoice.id} to be sent`,
    async () => {
      const now = await readInvoice(invoice.id);
      return now?.delivery?.state === 'sent' && now;
    },
    seconds,
  );
}

async function countPdfs(invoice: InvoiceView): Promise<number> {
  const { endpoint, region, adminCredentials } = own.cloud.emulator;
  const s3 = new S3Client({
    endpoint,
    region,
    credentials: adminCredentials,
    forcePathStyle: true,
  });
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  const bucket = Buckets?.find(({ Name }) => Name?.includes('documents'));
  const listed = await s3.send(
    new ListObjectsV2Command({
      Bucket: bucket?.Name,
      Prefix: `documents/${tenant.business}/${invoice.uid}/`,
    }),
  );
  return listed.Contents?.length ?? 0;
}

/** One record, one PDF, one mail, one number: the end that every fault must lead to. */
async function expectOnce(posted: Posted): Promise<void> {
  const sent = await untilSent(posted);
  expect(sent.status).toBe('sent');
  expect(sent.invoice_number).toBe(posted.invoice.invoice_number);
  expect(await countPdfs(sent)).toBe(1);
  expect(await mailsTo(posted.recipient, own.cloud.file.mailUrl)).toHaveLength(1);
  const answer = await restAt(own.cloud.api, 'GET', `/invoices?client_id=${sent.client_id}`, {
    token: tenant.token,
  });
  expect(expectBody(answer, 200, z.array(invoiceView))).toHaveLength(1);
}

async function expectGapless(): Promise<void> {
  const rows = await own.rows(
    'invoices',
    'select sequence from invoices where tenant = ? and sequence is not null order by sequence',
    [tenant.business],
  );
  expect(rows.map((row) => Number(row['sequence']))).toEqual(rows.map((_, index) => index + 1));
}

/**
 * The mail's step dies alone: whatever other mail was just being handed over would rightly be
 * unknown then, and stay so until a person decides.
 */
const STEPS = [['create_invoice', 'generate_pdf', 'mark_sent'], ['notify_client']] as const;

it.each(['before-effect', 'before-commit', 'after-commit', 'before-delete'])(
  'a service killed %s of each step',
  async (moment) => {
    for (const steps of STEPS) {
      own.arm(steps.map((step) => `${step}.${moment}`));
      const posted = await Promise.all(steps.map(() => postInvoice()));
      await own.untilStruck(90);
      for (const one of posted) await expectOnce(one);
    }
    await expectGapless();
  },
  240_000,
);

it.each(['before-publish', 'after-publish'])(
  'a relay killed %s',
  async (moment) => {
    own.arm([`outbox.${moment}`]);
    const posted = await Promise.all([postInvoice(), postInvoice()]);
    await own.untilStruck();
    for (const one of posted) await expectOnce(one);
    await expectGapless();
  },
  180_000,
);

it('a mail that was claimed but never handed over is unknown until the user decides', async () => {
  own.arm(['claim_mail.after-commit']);
  const posted = await postInvoice();
  await own.untilStruck();
  const unknown = await untilSettled(posted);
  expect(unknown.delivery).toMatchObject({ state: 'unknown' });
  expect(unknown.status).toBe('draft');
  expect(await mailsTo(posted.recipient, own.cloud.file.mailUrl)).toHaveLength(0);
  expect((await send(posted, {})).status).toBe(409);
  expect((await send(posted, { send_anyway: true })).status).toBe(200);
  await expectOnce(posted);
}, 180_000);

it('a delivery whose execution is lost goes on as soon as the service is back', async () => {
  const pdf = own.cloud.services['pdf']!;
  const invoices = own.cloud.services['invoices']!;
  await pdf.stop();
  const posted = await postInvoice();
  const [send] = await own.rows('invoices', 'select send_uid from sends where invoice_uid = ?', [
    posted.invoice.uid,
  ]);
  await stopExecution(own.cloud.emulator, String(send?.['send_uid']));
  await invoices.kill();
  await pdf.start();
  await invoices.start();
  // Well before the minute of silence that the sweep otherwise waits for.
  await untilSent(posted, 40);
  await expectOnce(posted);
}, 180_000);

it.each(['before-effect', 'before-commit', 'after-commit', 'before-delete'])(
  'orders killed %s of an invoice that it hears of',
  async (moment) => {
    const client = await createClient(tenant, own.cloud.api);
    const post = (path: string, body: object) =>
      restPatiently(own.cloud.api, 'POST', path, { token: tenant.token, body });
    const line = { product_name: 'Work', quantity: 4, unit_price: 100 };
    const made = await post('/orders', { client_id: client.id, items: [line] });
    const order = expectBody(made, 201, orderView);
    own.arm([`InvoiceCreated.${moment}`]);
    const items = [{ description: 'Work', quantity: 1.5, unit_price: 100 }];
    const invoice = { client_id: client.id, order_id: order.id, items };
    expect((await post('/invoices', invoice)).status).toBe(201);
    await own.untilStruck();
    expect((await post('/invoices', invoice)).status).toBe(201);
    const after = await until('both invoices to be counted', async () => {
      const path = `/orders/${order.id}`;
      const answer = await restAt(own.cloud.api, 'GET', path, { token: tenant.token });
      const now = answer.status === 200 ? orderView.parse(answer.body) : null;
      return (now?.items[0]?.invoiced_quantity ?? 0) >= 3 && now;
    });
    expect(after.items.map(({ invoiced_quantity: units }) => units)).toEqual([3]);
    // Each had its effect once.
    expect(after.revision).toBe(order.revision + 2);
    expect(after.status).toBe('processing');
  },
  120_000,
);

it('a client is deleted only when orders can say that nothing names it', async () => {
  const orders = own.cloud.services['orders']!;
  const client = await createClient(tenant, own.cloud.api);
  const remove = () =>
    restAt(own.cloud.api, 'DELETE', `/clients/${client.id}`, { token: tenant.token });
  await orders.stop();
  const refused = await remove();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  await orders.start();
  expect((await remove()).status).toBe(204);
}, 60_000);

it('a step that cannot be done ends with its reason, and is tried again on demand', async () => {
  const pdf = own.cloud.services['pdf']!;
  await pdf.stop();
  const posted = await postInvoice();
  // The paper is out of the way: what the step asks for is not found.
  const elsewhere = randomUUID();
  const movePaper = (from: string, to: string) =>
    own.rows(
      'invoices',
      'update frozen_documents set tenant = ? where tenant = ? and invoice_uid = ?',
      [to, from, posted.invoice.uid],
    );
  await movePaper(tenant.business, elsewhere);
  await pdf.start();
  const failed = await untilSettled(posted);
  expect(failed).toMatchObject({
    status: 'draft',
    invoice_number: posted.invoice.invoice_number,
    delivery: { state: 'failed', attempt: 1, reason: 'invoice_not_found' },
  });
  expect(await mailsTo(posted.recipient, own.cloud.file.mailUrl)).toHaveLength(0);
  expect(await countPdfs(failed)).toBe(0);

  await movePaper(elsewhere, tenant.business);
  expect((await send(posted, {})).status).toBe(200);
  await expectOnce(posted);
  const path = `/invoices/${posted.invoice.id}/timeline`;
  const told = await restAt(own.cloud.api, 'GET', path, { token: tenant.token });
  const steps = expectBody(told, 200, z.array(timelineEntry))
    .filter(({ state }) => state !== 'started')
    .map(({ step, state, attempt }) => `${attempt} ${step} ${state}`);
  expect(steps).toEqual([
    '1 create_invoice done',
    '1 generate_pdf failed',
    '1 record_failure done',
    '2 generate_pdf done',
    '2 notify_client done',
    '2 mark_sent done',
  ]);
}, 120_000);

it('SES refusing, busy or silent leaves a clean state, and never a second mail', async () => {
  const ses = await startMoodySes(own.cloud.emulator.endpoint);
  const notifications = own.cloud.services['notifications']!;
  await notifications.stop();
  await notifications.start({ AWS_ENDPOINT_URL_SESV2: ses.address });
  try {
    ses.setMood('refuses');
    const refused = await postInvoice();
    expect(await untilSettled(refused)).toMatchObject({
      status: 'draft',
      delivery: { state: 'failed', reason: 'mail_rejected' },
    });
    expect(await mailsTo(refused.recipient, own.cloud.file.mailUrl)).toHaveLength(0);
    ses.setMood('is_busy');
    expect((await send(refused, {})).status).toBe(200);
    ses.setMood('takes');
    await expectOnce(refused);

    // It took the mail and the connection broke: SES's own word settles what nobody here can tell.
    ses.setMood('takes_and_hangs_up');
    await expectOnce(await postInvoice());
  } finally {
    await ses.stop();
    await notifications.stop();
    await notifications.start({});
  }
}, 180_000);

function send({ invoice }: Posted, body: object) {
  const path = `/invoices/${invoice.id}/send`;
  return restAt(own.cloud.api, 'POST', path, { token: tenant.token, body });
}

function untilSettled({ invoice }: Posted): Promise<InvoiceView> {
  return until(
    'the mail to be settled',
    async () => {
      const now = await readInvoice(invoice.id);
      return now?.delivery?.state !== 'pending' && now;
    },
    90,
  );
}

it('the database restarted under load loses and doubles nothing', async () => {
  const acknowledged: string[] = [];
  let isOver = false;

  async function writer(): Promise<void> {
    while (!isOver) {
      const email = `load-${randomUUID()}@example.com`;
      const answer = await restPatiently(own.cloud.api, 'POST', '/clients', {
        token: tenant.token,
        body: { name: 'Load', email },
      });
      expect(answer.status).toBe(201);
      acknowledged.push(email);
    }
  }

  const writers = Promise.all([writer(), writer(), writer(), writer()]);
  const invoices = [postInvoice(), postInvoice()];
  await new Promise((resolve) => setTimeout(resolve, 500));
  await own.cloud.database.restart();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await own.cloud.database.kill();
  invoices.push(postInvoice());
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  isOver = true;
  await writers;
  for (const posted of await Promise.all(invoices)) await expectOnce(posted);
  const rows = await own.rows(
    'clients',
    "select email from clients where tenant = ? and email like 'load-%'",
    [tenant.business],
  );
  expect(rows.map((row) => String(row['email'])).sort()).toEqual(acknowledged.sort());
  await expectGapless();
}, 240_000);
