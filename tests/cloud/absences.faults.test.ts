import { afterAll, beforeAll, expect, it } from 'vitest';

import { Deliveries } from './support/deliveries';
import { startMoodySes } from './support/moody-ses';
import type { OwnCloud } from './support/own-cloud';
import { startOwnCloud } from './support/own-cloud';
import type { Tenant } from './support/rest';
import { registerTenant, restAt } from './support/rest';

/** What is away or not ready for long: a step that nobody answers is given up, and what comes late changes nothing. */

const STEP_SECONDS = 6;

let own: OwnCloud;
let tenant: Tenant;
let deliveries: Deliveries;

beforeAll(async () => {
  own = await startOwnCloud({
    workflow: {
      heartbeatSeconds: STEP_SECONDS - 1,
      timeoutSeconds: STEP_SECONDS,
      retryIntervalSeconds: 1,
      maxAttempts: 1,
    },
  });
  tenant = await registerTenant(own.cloud.api);
  deliveries = new Deliveries(own, tenant);
}, 120_000);

afterAll(() => own.stop());

it.each([
  ['pdf', 'generate_pdf'],
  ['notifications', 'notify_client'],
])(
  'a service that is away for too long: %s',
  async (name, step) => {
    const service = own.cloud.services[name]!;
    await service.stop();
    const posted = await deliveries.post();
    expect(await deliveries.untilSettled(posted)).toMatchObject({
      status: 'draft',
      invoice_number: posted.invoice.invoice_number,
      delivery: { state: 'failed', attempt: 1, reason: 'step_timed_out' },
    });
    await expect.poll(() => deliveries.steps(posted)).toContain(`1 ${step} failed`);
    // What was asked for is still in its queue, once for each try.
    await service.start();
    expect(await deliveries.countMails(posted)).toBe(0);
    expect((await deliveries.send(posted, {})).status).toBe(200);
    await deliveries.expectOnce(posted);
  },
  120_000,
);

it('a sender that SES has not verified sends nothing, until it has', async () => {
  const ses = await startMoodySes(own.cloud.emulator.endpoint);
  const notifications = own.cloud.services['notifications']!;
  const restart = async (environment: Readonly<Record<string, string>>) => {
    await notifications.stop();
    await notifications.start(environment);
  };
  try {
    ses.setMood('has_not_verified');
    await restart({ AWS_ENDPOINT_URL_SESV2: ses.address });
    const posted = await deliveries.post();
    expect(await deliveries.untilSettled(posted)).toMatchObject({
      status: 'draft',
      delivery: { state: 'failed', reason: 'sender_unverified' },
    });
    expect(await deliveries.countMails(posted)).toBe(0);
    ses.setMood('takes');
    await restart({ AWS_ENDPOINT_URL_SESV2: ses.address });
    expect((await deliveries.send(posted, {})).status).toBe(200);
    await deliveries.expectOnce(posted);
  } finally {
    await ses.stop();
    await restart({});
  }
}, 120_000);

it('a database that is away: services live on, are not ready, and say when to come back', async () => {
  const { database, services, file } = own.cloud;
  await database.stop();
  for (const name of Object.keys(services)) {
    const address = file.services[name]!;
    expect((await fetch(`${address}/healthz`)).status, name).toBe(200);
    expect((await fetch(`${address}/readyz`)).status, name).toBe(503);
  }
  const token = tenant.token;
  for (const path of ['/clients', '/orders', '/invoices', '/business']) {
    const answer = await restAt(own.cloud.api, 'GET', path, { token });
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0], path).toEqual([
      503,
      true,
    ]);
    expect(answer.body).toMatchObject({ status: 503 });
  }
  await database.restart();
  for (const name of Object.keys(services)) {
    const isReady = async () => (await fetch(`${file.services[name]!}/readyz`)).status;
    await expect.poll(isReady, { timeout: 20_000 }).toBe(200);
  }
  await deliveries.expectOnce(await deliveries.post());
}, 120_000);
