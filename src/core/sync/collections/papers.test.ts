import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { SyncCollection } from '../../../shared/contracts/sync/collections';
import type { InvoiceUid } from '../../../shared/domain/ids';
import { ok } from '../../../shared/domain/result';
import { aLine, createClient, refusals, value } from '../../features/documents/testing/builders';
import { invoiceUseCases } from '../../features/invoices/invoice-use-cases';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { adapterOf } from '../adapters';
import type { SyncedRecord } from '../collection-adapter';
import { openAttention } from '../attention';

let from: TestBusiness;
let to: TestBusiness;

beforeEach(() => {
  from = openTestBusiness();
  to = openTestBusiness();
});
afterEach(() => {
  from.close();
  to.close();
});

async function issued(): Promise<InvoiceUid> {
  const { context } = from;
  const blank = value(
    await invoiceUseCases['invoices.blank'](context, { clientUid: createClient(context) }),
  );
  const content = { ...blank, lines: [aLine()] };
  const { uid } = value(await invoiceUseCases['invoices.createDraft'](context, { content }));
  value(await invoiceUseCases['invoices.finalise'](context, { uid }));
  return uid;
}

function read(collection: SyncCollection, uid: string): SyncedRecord {
  const found = from.context.replica.read((scope) => adapterOf(collection).read(scope, uid));
  if (found === null) throw new Error(`no ${collection} ${uid}`);
  return found;
}

/** Answers how many have to wait. */
function store(collection: SyncCollection, record: SyncedRecord): number {
  return value(
    to.context.replica.write((scope) => ok(adapterOf(collection).store(scope, [record]).length)),
  );
}

describe('papers of other devices', () => {
  it('R57 are waited for, and then are the bytes that were issued', async () => {
    const uid = await issued();
    const paper = read('documents', uid);
    expect(store('documents', paper)).toBe(1);
    expect(store('invoices', read('invoices', uid))).toBe(0);
    expect(refusals(await invoiceUseCases['invoices.pdf'](to.context, { uid }))).toEqual([
      ' being_fetched',
    ]);
    expect(store('documents', paper)).toBe(0);
    const original = value(await invoiceUseCases['invoices.pdf'](from.context, { uid }));
    expect(value(await invoiceUseCases['invoices.pdf'](to.context, { uid }))).toEqual(original);
    const kept = to.context.replica.connection.prepare('SELECT pdf FROM documents').pluck().get();
    expect((kept as Buffer).toString('base64')).toBe(original.pdf);
  });

  it('R73 are not shown when they would not be the ones that were issued', async () => {
    const uid = await issued();
    const { record, deleted } = read('invoices', uid) as SyncedRecord<'invoices'>;
    const paper = read('documents', uid) as SyncedRecord<'documents'>;
    const sha256 = 'a'.repeat(64);
    store('invoices', { record: { ...record, pdfSha256: sha256 }, deleted });
    store('documents', { record: { ...paper.record, sha256 }, deleted: false });
    expect(refusals(await invoiceUseCases['invoices.pdf'](to.context, { uid }))).toEqual([
      ' printed_by_other_version',
    ]);
  });
});

describe('numbers of a copied device', () => {
  it('R44 are kept by both documents, and a person hears of it', async () => {
    const [first, second] = [await issued(), await issued()];
    const one = read('invoices', first) as SyncedRecord<'invoices'>;
    const other = read('invoices', second) as SyncedRecord<'invoices'>;
    const { number, sequence } = one.record;
    expect(store('invoices', one)).toBe(0);
    expect(
      store('invoices', { record: { ...other.record, number, sequence }, deleted: false }),
    ).toBe(0);
    const notices = to.context.replica.read(openAttention);
    expect(notices.map(({ recordUid, data }) => [recordUid, JSON.parse(data) as unknown])).toEqual([
      [second, { code: 'number_used_twice', params: { number } }],
    ]);
  });
});

describe('numbers of two machines that join one business', () => {
  it('R44 are kept by both documents, each in its series, and a person hears of it', async () => {
    const theirs = read('invoices', await issued()) as SyncedRecord<'invoices'>;
    [from, to] = [to, from];
    const own = read('invoices', await issued()) as SyncedRecord<'invoices'>;
    [from, to] = [to, from];
    expect(own.record.number).toBe(theirs.record.number);
    expect(own.record.seriesUid).not.toBe(theirs.record.seriesUid);
    expect(store('invoices', theirs)).toBe(0);
    const notices = to.context.replica.read(openAttention);
    expect(notices.map(({ recordUid, data }) => [recordUid, JSON.parse(data) as unknown])).toEqual([
      [theirs.record.uid, { code: 'number_used_twice', params: { number: theirs.record.number } }],
    ]);
    const kept = to.context.replica.read((scope) =>
      adapterOf('invoices').read(scope, own.record.uid),
    );
    expect(kept).toEqual(own);
  });
});
