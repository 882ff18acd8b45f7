import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { orderView } from '../../src/shared/contracts/rest-v1/orders';
import { Deliveries } from './support/deliveries';
import { startMoodySes } from './support/moody-ses';
import type { OwnCloud } from './support/own-cloud';
import { startOwnCloud } from './support/own-cloud';
import type { Tenant } from './support/rest';
import {
  createClient,
  expectBody,
  registerTenant,
  restAt,
  restPatiently,
  until,
} from './support/rest';
import { stopExecution } from './support/stop-execution';

/** Processes die by SIGKILL at every moment of a delivery; whatever happens, each thing is once. */

let own: OwnCloud;
let tenant: Tenant;
let deliveries: Deliveries;

beforeAll(async () => {
  own = await startOwnCloud();
  tenant = await registerTenant(own.cloud.api);
  deliveries = new Deliveries(own, tenant);
}, 120_000);

afterAll(() => own.stop());

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
      const posted = await Promise.all(steps.map(() => deliveries.post()));
      await own.untilStruck(90);
      for (const one of posted) await deliveries.expectOnce(one);
    }
    await deliveries.expectGapless();
  },
  240_000,
);

it.each(['before-publish', 'after-publish'])(
  'a relay killed %s',
  async (moment) => {
    own.arm([`outbox.${moment}`]);
    const posted = await Promise.all([deliveries.post(), deliveries.post()]);
    await own.untilStruck();
    for (const one of posted) await deliveries.expectOnce(one);
    await deliveries.expectGapless();
  },
  180_000,
);

it('a mail that was claimed but never handed over is unknown until the user decides', async () => {
  own.arm(['claim_mail.after-commit']);
  const posted = await deliveries.post();
  await own.untilStruck();
  const unknown = await deliveries.untilSettled(posted);
  expect(unknown.delivery).toMatchObject({ state: 'unknown' });
  expect(unknown.status).toBe('draft');
  expect(await deliveries.countMails(posted)).toBe(0);
  expect((await deliveries.send(posted, {})).status).toBe(409);
  expect((await deliveries.send(posted, { send_anyway: true })).status).toBe(200);
  await deliveries.expectOnce(posted);
}, 180_000);

it('a delivery whose execution is lost goes on as soon as the service is back', async () => {
  const pdf = own.cloud.services['pdf']!;
  const invoices = own.cloud.services['invoices']!;
  await pdf.stop();
  const posted = await deliveries.post();
  const [send] = await own.rows('invoices', 'select send_uid from sends where invoice_uid = ?', [
    posted.invoice.uid,
  ]);
  await stopExecution(own.cloud.emulator, String(send?.['send_uid']));
  await invoices.kill();
  await pdf.start();
  await invoices.start();
  // Well before the minute of silence that the sweep otherwise waits for.
  await deliveries.untilSent(posted, 40);
  await deliveries.expectOnce(posted);
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
  const posted = await deliveries.post();
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
  const failed = await deliveries.untilSettled(posted);
  expect(failed).toMatchObject({
    status: 'draft',
    invoice_number: posted.invoice.invoice_number,
    delivery: { state: 'failed', attempt: 1, reason: 'invoice_not_found' },
  });
  expect(await deliveries.countMails(posted)).toBe(0);
  expect(await deliveries.countPdfs(posted)).toBe(0);

  await movePaper(elsewhere, tenant.business);
  expect((await deliveries.send(posted, {})).status).toBe(200);
  await deliveries.expectOnce(posted);
  // The PDF's and the mail's entries come by events, which may be later than the last step.
  const told = () => deliveries.steps(posted);
  await expect
    .poll(told, { timeout: 20_000 })
    .toEqual([
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
    const refused = await deliveries.post();
    expect(await deliveries.untilSettled(refused)).toMatchObject({
      status: 'draft',
      delivery: { state: 'failed', reason: 'mail_rejected' },
    });
    expect(await deliveries.countMails(refused)).toBe(0);
    ses.setMood('is_busy');
    expect((await deliveries.send(refused, {})).status).toBe(200);
    ses.setMood('takes');
    await deliveries.expectOnce(refused);

    // It took the mail and the connection broke: SES's own word settles what nobody here can tell.
    ses.setMood('takes_and_hangs_up');
    await deliveries.expectOnce(await deliveries.post());
  } finally {
    await ses.stop();
    await notifications.stop();
    await notifications.start({});
  }
}, 180_000);

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
  const invoices = [deliveries.post(), deliveries.post()];
  await new Promise((resolve) => setTimeout(resolve, 500));
  await own.cloud.database.restart();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await own.cloud.database.kill();
  invoices.push(deliveries.post());
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  isOver = true;
  await writers;
  for (const posted of await Promise.all(invoices)) await deliveries.expectOnce(posted);
  const rows = await own.rows(
    'clients',
    "select email from clients where tenant = ? and email like 'load-%'",
    [tenant.business],
  );
  expect(rows.map((row) => String(row['email'])).sort()).toEqual(acknowledged.sort());
  await deliveries.expectGapless();
}, 240_000);
