import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { DEMO_BUSINESSES, type DemoBusiness, type DemoInvoice } from './demo-data';

/** The code that the emulator mails for every address. */
const CODE = '123456';

/** What one service was told a moment ago, another knows a moment later. */
const PATIENCE_MS = 20_000;

const demoFileSchema = z.object({
  password: z.string(),
  /** Dates count from it, also when a filling goes on another day. */
  day: z.iso.date(),
  isFilled: z.boolean(),
});
type DemoFile = z.infer<typeof demoFileSchema>;
const created = z.object({ id: z.int() });
const createdInvoice = created.extend({ total_amount: z.number() });

/** Where a person signs in to what was filled. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

/**
 * Fills two businesses over the REST API. Every creation has a key of its own, so that a filling that
 * was interrupted goes on where it was; one that is done is left as people changed it since.
 */
export async function fillDemo(api: string, file: string): Promise<readonly DemoAccount[]> {
  const demo = readDemoFile(file);
  if (!demo.isFilled) {
    for (const business of DEMO_BUSINESSES) await fillBusiness(api, business, demo);
    writeDemoFile(file, { ...demo, isFilled: true });
  }
  return DEMO_BUSINESSES.map(({ email }) => ({ email, password: demo.password }));
}

function readDemoFile(file: string): DemoFile {
  try {
    return demoFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Of every kind that the pool asks for.
    const password = `Demo-${randomBytes(9).toString('hex')}-7`;
    const day = new Date().toISOString().slice(0, 10);
    const fresh = { password, day, isFilled: false };
    writeDemoFile(file, fresh);
    return fresh;
  }
}

function writeDemoFile(file: string, content: DemoFile): void {
  writeFileSync(file, `${JSON.stringify(content)}\n`, { mode: 0o600 });
}

async function fillBusiness(
  api: string,
  demo: DemoBusiness,
  { password, day }: DemoFile,
): Promise<void> {
  const caller = new DemoCaller(api, demo.email);
  const { email } = demo;
  await caller.register({ email, password, business: demo.registration });
  await caller.login({ email, password });
  await caller.call('PUT', '/business', demo.settings);

  const clients = new Map<string, number>();
  for (const client of demo.clients) {
    clients.set(client.name, created.parse(await caller.create('/clients', client)).id);
  }
  const products = new Map<string, number>();
  for (const product of demo.products) {
    const body = { ...product, currency: demo.currency };
    products.set(product.code, created.parse(await caller.create('/products', body)).id);
  }
  for (const order of demo.orders) {
    await caller.create('/orders', {
      client_id: clients.get(order.client),
      currency: demo.currency,
      items: linesOf(demo, order.lines).map(({ code, name, ...line }) => ({
        ...line,
        product_name: name,
        product_id: products.get(code),
      })),
    });
  }
  for (const invoice of demo.invoices) {
    const issueDate = dayBefore(day, invoice.daysAgo);
    await fillInvoice(caller, demo, invoice, { issueDate, clientId: clients.get(invoice.client) });
  }
}

async function fillInvoice(
  caller: DemoCaller,
  demo: DemoBusiness,
  invoice: DemoInvoice,
  of: { readonly issueDate: string; readonly clientId: number | undefined },
): Promise<void> {
  const body = {
    client_id: of.clientId,
    status: invoice.status,
    issue_date: of.issueDate,
    currency: demo.currency,
    items: linesOf(demo, invoice.lines).map(({ code: _code, name, ...line }) => ({
      ...line,
      description: name,
    })),
  };
  const { id, total_amount: total } = createdInvoice.parse(await caller.create('/invoices', body));
  if (invoice.paid === undefined) return;
  await caller.create(`/invoices/${id}/payments`, {
    amount: invoice.paid === 'all' ? total : Math.round(total * 50) / 100,
    method: 'bank_transfer',
    reference: `Demo ${id}`,
  });
}

function linesOf(demo: DemoBusiness, lines: DemoInvoice['lines']) {
  return lines.map(({ product: code, quantity }) => {
    const product = demo.products.find((one) => one.code === code);
    if (product === undefined) throw new Error(`there is no product ${code}`);
    return { ...product, quantity };
  });
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

/** A person of the demo at the REST API. */
class DemoCaller {
  readonly #api: string;
  readonly #seed: string;
  #token: string | null = null;
  #calls = 0;

  constructor(api: string, seed: string) {
    this.#api = api;
    this.#seed = seed;
  }

  /** Makes the account, unless an earlier filling did. */
  async register(
    registration: Readonly<Record<string, unknown>> & { readonly email: string },
  ): Promise<void> {
    const { email } = registration;
    const answer = await this.#send('POST', '/auth/register', registration);
    if (answer.status === 409) return;
    await this.#expectSuccess('/auth/register', answer);
    await this.call('POST', '/auth/confirm', { email, code: CODE });
  }

  async login(credentials: object): Promise<void> {
    const session = await this.call('POST', '/auth/login', credentials);
    this.#token = z.object({ token: z.string() }).parse(session).token;
  }

  /** Creates once: the same call of another run gets the same answer. */
  async create(path: string, body: object): Promise<unknown> {
    this.#calls += 1;
    const key = uuidOf(`${this.#seed}/${this.#calls}`);
    return await this.call('POST', path, body, { 'idempotency-key': key });
  }

  async call(
    method: string,
    path: string,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.#send(method, path, body, headers);
      if (answer.ok) return await answer.json();
      if (Date.now() > end) await this.#expectSuccess(path, answer);
      await answer.arrayBuffer();
      await delay(250);
    }
  }

  #send(
    method: string,
    path: string,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return fetch(`${this.#api}${path}`, {
      method,
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
        ...headers,
      },
    });
  }

  async #expectSuccess(path: string, answer: Response): Promise<void> {
    if (answer.ok) return;
    throw new Error(`the demo: ${path} answered ${answer.status}: ${await answer.text()}`);
  }
}

/** A UUID that the same text always gives. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
