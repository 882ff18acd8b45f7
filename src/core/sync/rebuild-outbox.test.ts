import { afterEach, beforeEach, expect, it } from 'vitest';

import { COLLECTION_ORDER } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import { ok } from '../../shared/domain/result';
import { clientUseCases } from '../features/clients/client-use-cases';
import { aClient } from '../features/clients/testing/client-input';
import { aLine, value } from '../features/documents/testing/builders';
import { invoiceUseCases } from '../features/invoices/invoice-use-cases';
import { paymentUseCases } from '../features/payments/payment-use-cases';
import { productUseCases } from '../features/products/product-use-cases';
import { countRecords } from '../replica/peek';
import { createCaller } from '../testing/caller';
import { openTestBusiness, type TestBusiness } from '../testing/open-test-business';
import { rebuildOutbox } from './rebuild-outbox';

let business: TestBusiness;

beforeEach(() => {
  business = openTestBusiness();
});
afterEach(() => business.close());

interface Queued {
  readonly collection: string;
  readonly uid: string;
  readonly kind: string;
  readonly state: string;
  readonly uuid: string;
  readonly body: string;
}

function queued(): readonly Queued[] {
  return business.context.replica.connection
    .prepare<[], Queued>(
      'SELECT collection, record_uid AS uid, kind, state, uuid, body FROM outbox ORDER BY id',
    )
    .all();
}

function rebuild(): void {
  value(
    business.context.replica.write((scope) => {
      rebuildOutbox(scope);
      return ok(undefined);
    }),
  );
}

/** A business with a history: edits, a client and a draft that are gone, an invoice that is issued. */
async function work() {
  const { context } = business;
  const clients = createCaller(context, clientUseCases);
  const { client } = value(await clients('clients.create', { client: aClient({ name: 'Acme' }) }));
  const { uid } = client;
  for (const notes of ['One', 'Two', 'Three']) {
    value(await clients('clients.update', { uid, client: aClient({ name: 'Acme', notes }) }));
  }
  const gone = value(await clients('clients.create', { client: aClient({ name: 'Gone' }) })).client;
  value(await clients('clients.delete', { uid: gone.uid }));
  const invoices = createCaller(context, invoiceUseCases);
  const blank = value(await invoices('invoices.blank', { clientUid: uid }));
  const content = { ...blank, lines: [aLine()] };
  const draft = value(await invoices('invoices.createDraft', { content }));
  const issued = value(await invoices('invoices.createDraft', { content }));
  value(await invoices('invoices.finalise', { uid: issued.uid }));
  const dropped = value(await invoices('invoices.createDraft', { content }));
  value(await invoices('invoices.deleteDraft', { uid: dropped.uid }));
  return {
    client: uid,
    gone: gone.uid,
    draft: draft.uid,
    issued: issued.uid,
    dropped: dropped.uid,
  };
}

it('R11 tells each record once as it is now, however long its history, in the order of R19', async () => {
  const made = await work();
  rebuild();
  const rows = queued();
  const keys = rows.map(({ collection, uid }) => `${collection} ${uid}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(rows.every(({ state }) => state === 'queued')).toBe(true);
  const order = rows.map(({ collection }) =>
    COLLECTION_ORDER.findIndex((one) => one === collection),
  );
  expect(order).toEqual([...order].sort((one, other) => one - other));

  const of = (uid: string) => rows.filter((row) => row.uid === uid);
  const bodyOf = (uid: string) => JSON.parse(of(uid)[0]?.body ?? 'null') as MutationBody;
  expect(of(made.client).map(({ kind }) => kind)).toEqual(['create']);
  expect(bodyOf(made.client)).toMatchObject({ record: { name: 'Acme', notes: 'Three' } });
  expect(of(made.draft).map(({ kind }) => kind)).toEqual(['create']);
  // The paper travels with its document (R40).
  expect(of(made.issued).map(({ kind }) => kind)).toEqual(['finalise']);
  expect(bodyOf(made.issued)).toMatchObject({
    record: { number: 'INV-2026-0001' },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
  });
  expect([...of(made.gone), ...of(made.dropped)]).toEqual([]);
});

it('takes the place of what was queued, and of where the replica stood with another cloud', async () => {
  await work();
  const { connection } = business.context.replica;
  connection.exec(
    `UPDATE outbox SET state = 'acknowledged', seq = id, version = id;
     INSERT INTO sync_collections (collection, epoch, cursor, last_seq) VALUES ('clients', 'old', 7, 3)`,
  );
  const before = new Set(queued().map(({ uuid }) => uuid));
  rebuild();
  const same = queued().filter(({ uuid }) => before.has(uuid));
  // A finalising is the same one for ever (R42): its UUID follows from the document.
  expect(same.map(({ kind }) => kind)).toEqual(['finalise']);
  expect(queued().every(({ state }) => state === 'queued')).toBe(true);
  expect(connection.prepare('SELECT count(*) FROM sync_collections').pluck().get()).toBe(0);
});

it('counts what an upload would bring, and nothing that is deleted', async () => {
  const { issued } = await work();
  const { context } = business;
  value(
    await createCaller(context, productUseCases)('products.create', {
      product: {
        code: '',
        name: 'Hosting',
        unit: 'month',
        unitPrice: 90_000,
        currency: 'EUR',
        taxCodeUid: null,
      },
    }),
  );
  const payments = createCaller(context, paymentUseCases);
  const payment = { date: '2026-03-10', amount: 5, method: 'cash', reference: '' } as const;
  value(await payments('payments.record', { payment: { invoiceUid: issued, ...payment } }));
  const counts = { clients: 1, products: 1, orders: 0, invoices: 2, payments: 1 };
  expect(countRecords(context.replica.connection.name)).toEqual(counts);
  rebuild();
  const told = (collection: string) =>
    queued().filter((row) => row.collection === collection).length;
  expect([told('clients'), told('products'), told('invoices'), told('payments')]).toEqual([
    1, 1, 2, 1,
  ]);
});
