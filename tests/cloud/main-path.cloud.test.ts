import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, inject, it } from 'vitest';
import { z } from 'zod';

import { invoiceView, timelineEntry } from '../../src/shared/contracts/rest-v1/invoices';
import { messageView } from '../../src/shared/contracts/rest-v1/notifications';
import { pdfLink } from '../../src/shared/contracts/rest-v1/pdf';
import { SERVICES } from '../../src/shared/contracts/rest-v1/route';
import { createClient, expectBody, registerTenant, rest, until } from './support/rest';

const ITEMS = [
  { description: 'Consulting', quantity: 1.5, unit_price: 100 },
  {
    description: 'Hosting',
    quantity: 2,
    unit_price: 9.99,
    tax: { name: 'VAT 20 %', category: 'standard', rate: 20 },
  },
];

it('goes from registering to a mail with its PDF, and tells each step', async () => {
  const tenant = await registerTenant();
  const { token } = tenant;
  const client = await createClient(tenant);
  const created = await rest('POST', '/invoices', {
    token,
    body: { client_id: client.id, items: ITEMS },
    headers: { 'idempotency-key': 'first' },
  });
  const invoice = expectBody(created, 201, invoiceView);
  expect(invoice).toMatchObject({
    client_id: client.id,
    total_amount: 173.98,
    tax_amount: 4,
    status: 'draft',
    delivery: { state: 'pending', attempt: 1 },
  });
  expect(invoice.invoice_number).toMatch(/^INV-\d{4}-C0001$/u);

  const path = `/invoices/${invoice.id}`;
  const sent = await until('the invoice to be sent', async () => {
    const now = expectBody(await rest('GET', path, { token }), 200, invoiceView);
    return now.delivery?.state === 'sent' && now;
  });
  expect(sent).toMatchObject({ status: 'sent', total_amount: 173.98 });

  const link = expectBody(await rest('GET', `${path}/pdf`, { token }), 200, pdfLink);
  const pdf = Buffer.from(await (await fetch(link.url)).arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(createHash('sha256').update(pdf).digest('hex')).toBe(link.sha256);
  expect(sent.pdf_sha256).toBe(link.sha256);

  const messages = expectBody(
    await rest('GET', `${path}/notifications`, { token }),
    200,
    z.array(messageView),
  );
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ kind: 'invoice', recipient: client.email });
  expect(messages[0]?.state).toMatch(/^(sent|delivered)$/u);

  const timeline = expectBody(
    await rest('GET', `${path}/timeline`, { token }),
    200,
    z.array(timelineEntry),
  );
  const done = timeline.filter((entry) => entry.state === 'done').map((entry) => entry.step);
  expect(done).toEqual(['create_invoice', 'generate_pdf', 'notify_client', 'mark_sent']);

  const again = await rest('POST', '/invoices', {
    token,
    body: { client_id: client.id, items: ITEMS },
    headers: { 'idempotency-key': 'first' },
  });
  expect(expectBody(again, 201, invoiceView).id).toBe(invoice.id);

  // What the services wrote down of all that.
  for (const service of SERVICES) {
    const log = readFileSync(join(inject('cloud').dataDirectory, 'logs', `${service}.log`), 'utf8');
    expect(log).toContain(`"service":"${service}"`);
    for (const word of [tenant.email, token, client.email, 'Zażółć', 'Long Road', 'Consulting']) {
      expect(log.includes(word), `${service}: ${word}`).toBe(false);
    }
  }
});

it('spans call, workflow, PDF and mail with one trace', async () => {
  const tenant = await registerTenant();
  const client = await createClient(tenant);
  const created = await rest('POST', '/invoices', {
    token: tenant.token,
    body: { client_id: client.id, items: ITEMS },
  });
  const trace = created.headers.get('x-trace-id');
  const spans = z.array(z.looseObject({ service: z.string(), name: z.string() }));
  await until('spans of every step', async () => {
    const answer = await fetch(`${inject('cloud').telemetryUrl}/traces/${trace ?? ''}`);
    if (!answer.ok) return null;
    const { spans: found } = z.object({ spans }).parse(await answer.json());
    const names = found.map((span) => span.name);
    return ['POST /invoices', 'create_invoice', 'generate_pdf', 'notify_client', 'mark_sent'].every(
      (name) => names.includes(name),
    );
  });
});

it('tells how long the oldest event of each service has waited', async () => {
  const metrics = z.record(z.string(), z.unknown());
  await until(
    'the lag of every outbox',
    async () => {
      const answer = await fetch(`${inject('cloud').telemetryUrl}/metrics`);
      const names = Object.keys(metrics.parse(await answer.json()));
      return SERVICES.every((name) =>
        names.some((one) => one === `doccentr-${name}/doccentr.outbox.lag`),
      );
    },
    40,
  );
});
