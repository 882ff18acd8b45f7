import { afterAll, beforeAll, expect, it } from 'vitest';

import { Deliveries } from './support/deliveries';
import type { OwnCloud } from './support/own-cloud';
import { startOwnCloud } from './support/own-cloud';
import { registerTenant } from './support/rest';

/** A step that nobody answers is given up; what comes of it later than that changes nothing. */

const STEP_SECONDS = 6;

let own: OwnCloud;
let deliveries: Deliveries;

beforeAll(async () => {
  own = await startOwnCloud({
    heartbeatSeconds: STEP_SECONDS - 1,
    timeoutSeconds: STEP_SECONDS,
    retryIntervalSeconds: 1,
    maxAttempts: 1,
  });
  deliveries = new Deliveries(own, await registerTenant(own.cloud.api));
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
