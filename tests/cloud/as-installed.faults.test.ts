import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

import { repositoryRoot } from '../../backend/local/repository-root';
import { invoiceView } from '../../src/shared/contracts/rest-v1/invoices';
import { problem } from '../../src/shared/contracts/rest-v1/problem';
import { addDays, dayInZone } from '../../src/shared/domain/calendar-date';
import type { TestAnswer } from '../../backend/kit/testing/cloud-user';
import { PASSWORD } from '../../backend/kit/testing/cloud-user';
import { Deliveries } from './support/deliveries';
import type { OwnCloud } from './support/own-cloud';
import { startOwnCloud } from './support/own-cloud';
import type { Tenant } from './support/rest';
import { createClient, expectBody, registerTenant, restAt, until } from './support/rest';
import { imageInstructions, makeImageFolder } from './support/service-image';

/**
 * What an installation has and the clouds of other tests have not: services that run on the files of
 * their image alone, a gateway whose limits are met, and a scheduler whose hour comes round.
 */

const OPEN_BURST = 5;

const image = makeImageFolder();
let own: OwnCloud;
let tenant: Tenant;
let deliveries: Deliveries;

beforeAll(async () => {
  own = await startOwnCloud(
    {
      throttling: { rate: 100, burst: 200, openRate: 1, openBurst: OPEN_BURST },
      dailyJobs: 'rate(1 minute)',
    },
    {
      script: (service) => join(image, `${service}.mjs`),
      migrations: (service) => join(image, 'migrations', service),
    },
  );
  tenant = await registerTenant(own.cloud.api);
  deliveries = new Deliveries(own, tenant);
}, 120_000);

afterAll(async () => {
  await own.stop();
  rmSync(image, { recursive: true, force: true });
});

function logIn(password: string): Promise<TestAnswer> {
  return restAt(own.cloud.api, 'POST', '/auth/login', { body: { email: tenant.email, password } });
}

/** What the gateway itself refused: a problem document that says when to come back. */
function expectPatience(answer: TestAnswer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(problem.parse(answer.body).status).toBe(status);
}

it('runs on the Node that everything is tested with', () => {
  const { devDependencies } = z
    .object({ devDependencies: z.object({ node: z.string() }) })
    .parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));
  expect(imageInstructions()[0]).toMatch(new RegExp(`^FROM node:${devDependencies.node}-`, 'u'));
});

it('prints and mails with nothing but the files of the image', async () => {
  await deliveries.expectOnce(await deliveries.post());
});

it('makes an invoice overdue when the scheduler says so', async () => {
  const { api } = own.cloud;
  const { token } = tenant;
  const { id } = await createClient(tenant, api);
  const today = dayInZone(new Date(), 'Etc/UTC');
  const body = {
    client_id: id,
    items: [{ description: 'Work', quantity: 1, unit_price: 10 }],
    issue_date: addDays(today, -20),
    due_date: addDays(today, -6),
  };
  const answer = await restAt(api, 'POST', '/invoices', { token, body });
  const invoice = expectBody(answer, 201, invoiceView);
  const posted = { invoice, recipient: '' };
  await deliveries.untilSent(posted);
  await until(
    'the scheduler',
    async () => (await deliveries.steps(posted)).some((step) => step.endsWith('overdue done')),
    120,
  );
}, 180_000);

it('slows down who guesses passwords, says until when, and nobody else', async () => {
  const guesses = await Promise.all(Array.from({ length: 4 * OPEN_BURST }, () => logIn('Wrong-1')));
  const refused = guesses.filter(({ status }) => status === 429);
  expect(guesses.filter(({ status }) => status === 401).length).toBeGreaterThan(0);
  expect(refused.length).toBeGreaterThan(OPEN_BURST);
  for (const answer of refused) expectPatience(answer, 429);
  const { token } = tenant;
  expect((await restAt(own.cloud.api, 'GET', '/clients', { token })).status).toBe(200);
  await until('the right password', async () => (await logIn(PASSWORD)).status === 200);
});

it('says when to come back to who asks a service that is away', async () => {
  const clients = own.cloud.services['clients']!;
  const { token } = tenant;
  const ask = () => restAt(own.cloud.api, 'GET', '/clients', { token });
  await clients.stop();
  expectPatience(await ask(), 503);
  await clients.start();
  expect((await ask()).status).toBe(200);
});

it('answers all that it has begun before a task ends', async () => {
  const clients = own.cloud.services['clients']!;
  const { token, business } = tenant;
  const base = `${own.cloud.file.services['clients']!}/v1`;
  const asked = Array.from({ length: 60 }, (_, index) => `ending-${index}@example.com`);
  const calls = asked.map(async (email) => {
    const body = { name: 'Ending', email };
    // Who came too late for the process is not answered, and has changed nothing.
    const answer = await restAt(base, 'POST', '/clients', { token, body }).catch(() => null);
    return answer?.status === 201 ? [email] : [];
  });
  await Promise.race(calls);
  await clients.stop();
  const answered = (await Promise.all(calls)).flat();
  await clients.start();
  const rows = await own.rows(
    'clients',
    "select email from clients where tenant = ? and email like 'ending-%'",
    [business],
  );
  expect(answered.length).toBeGreaterThan(0);
  expect(rows.map((row) => String(row['email'])).sort()).toEqual(answered.sort());
});
