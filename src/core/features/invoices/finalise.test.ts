import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import type { BusinessInput } from '../../../shared/domain/business';
import { businesses } from '../../replica/schema';
import { ok } from '../../../shared/domain/result';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { readFrozen } from '../documents/frozen-store';
import { aLine, createClient, refusals, value, VAT } from '../documents/testing/builders';
import { dumpHash } from '../documents/testing/dump';
import { findInvoice } from './invoice-repository';
import { invoiceUseCases } from './invoice-use-cases';

let business: TestBusiness;
let now = new Date('2026-03-10T10:00:00.000Z');
beforeEach(() => {
  now = new Date('2026-03-10T10:00:00.000Z');
  business = openTestBusiness({}, { now: () => now });
});
afterEach(() => {
  business.close();
});

async function draft(changes: Partial<DocumentContent> = {}): Promise<Invoice> {
  const { context } = business;
  const clientUid = createClient(context, { name: 'Zażółć sp. z o.o.' });
  const blank = value(await invoiceUseCases['invoices.blank'](context, { clientUid }));
  const content = { ...blank, lines: [aLine({ tax: VAT })], ...changes };
  return value(await invoiceUseCases['invoices.createDraft'](context, { content }));
}

const finalise = (invoice: Invoice, expectedUpdatedAt?: string) =>
  invoiceUseCases['invoices.finalise'](business.context, {
    uid: invoice.uid,
    ...(expectedUpdatedAt === undefined ? {} : { expectedUpdatedAt }),
  });

const check = async (invoice: Invoice) =>
  value(await invoiceUseCases['invoices.checkFinalise'](business.context, { uid: invoice.uid }));

const codes = (issues: readonly { field: string; code: string }[]) =>
  issues.map(({ field, code }) => `${field} ${code}`);

describe('finalising', () => {
  it('takes consecutive numbers of the year of the issue date', async () => {
    const numbers: (string | null)[] = [];
    for (const issueDate of ['2026-03-10', '2026-03-11', '2027-01-02', '2026-03-12']) {
      const date = issueDate as DocumentContent['issueDate'];
      const invoice = await draft({ issueDate: date, dueDate: date });
      numbers.push(value(await finalise(invoice)).number);
    }
    expect(numbers).toEqual(['INV-2026-0001', 'INV-2026-0002', 'INV-2027-0001', 'INV-2026-0003']);
    expect(business.context.ledger.unsettled()).toEqual([]);
    expect([...business.context.ledger.entries()]).toHaveLength(4);
  });

  it('keeps everything the paper shows, whatever changes later', async () => {
    const { context } = business;
    const logo = {
      mime: 'image/png',
      width: 1,
      height: 1,
      base64:
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    } as const;
    changeBusiness({ logo });
    const issued = value(await finalise(await draft()));
    const second = value(await finalise(await draft()));
    const pdf = value(await invoiceUseCases['invoices.pdf'](context, { uid: issued.uid }));
    changeBusiness({ name: 'Another name', logo: null });
    context.replica.connection.exec(`UPDATE clients SET name = 'Renamed'`);
    const again = value(await invoiceUseCases['invoices.pdf'](context, { uid: issued.uid }));
    expect(again.pdf).toBe(pdf.pdf);
    const frozen = frozenOf(issued);
    expect(frozen?.seller.name).toBe('Test Trading');
    expect(frozen?.client.name).toBe('Zażółć sp. z o.o.');
    expect(frozen?.logo).toEqual(logo);
    expect(frozen?.paymentReference).toBe('INV-2026-0001');
    expect(frozenOf(second)?.logo).toEqual(logo);
    const kept = context.replica.connection.prepare('SELECT count(*) AS n FROM assets').get();
    expect(kept).toEqual({ n: 1 });
    const renderer = await context.pdfRenderer();
    if (frozen === null) throw new Error('nothing frozen');
    expect(Buffer.from(renderer.render(frozen)).toString('base64')).toBe(pdf.pdf);
  });

  it('never hands out bytes that are not the ones it made', async () => {
    const { context } = business;
    const issued = value(await finalise(await draft()));
    context.replica.connection.exec(`UPDATE documents SET pdf = x'25504446'`);
    const call = invoiceUseCases['invoices.pdf'](context, { uid: issued.uid });
    await expect(call).rejects.toThrow('not the one that was issued');
  });

  it('is refused when the draft moved on, and for a second time', async () => {
    const invoice = await draft();
    const seen = invoice.updatedAt;
    const content = { ...invoice.content, notes: 'Thank you' };
    const { context } = business;
    const edited = value(
      await invoiceUseCases['invoices.updateDraft'](context, { uid: invoice.uid, content }),
    );
    expect(edited.updatedAt > seen).toBe(true);
    const before = dumpHash(context);
    expect(refusals(await finalise(invoice, seen))).toEqual([' changed_meanwhile']);
    expect(dumpHash(context)).toBe(before);
    value(await finalise(invoice, edited.updatedAt));
    const after = dumpHash(context);
    expect(refusals(await finalise(invoice))).toEqual([' already_finalised']);
    const update = invoiceUseCases['invoices.updateDraft'](context, { uid: invoice.uid, content });
    expect(refusals(await update)).toEqual([' already_finalised']);
    const remove = invoiceUseCases['invoices.deleteDraft'](context, { uid: invoice.uid });
    expect(refusals(await remove)).toEqual([' already_finalised']);
    expect(dumpHash(context)).toBe(after);
  });

  it('names everything that stands in the way, and changes nothing', async () => {
    const invoice = await draft({
      clientUid: null,
      lines: [aLine({ description: '' }), aLine({ description: 'Cuneiform \u{12000}' })],
      dueDate: '2026-01-01' as DocumentContent['dueDate'],
      currency: 'USD' as DocumentContent['currency'],
    });
    const before = dumpHash(business.context);
    const expected = [
      'clientUid required',
      'lines.0.description required',
      'dueDate due_before_issue',
      'exchangeRate required',
      'lines.1.description characters_not_printable',
    ];
    expect(refusals(await finalise(invoice))).toEqual(expected);
    expect(codes((await check(invoice)).blockers)).toEqual(expected);
    expect(dumpHash(business.context)).toBe(before);
  });

  it('is refused for a client that was deleted meanwhile', async () => {
    const invoice = await draft();
    business.context.replica.connection.exec(
      `UPDATE clients SET deleted_at = '2026-03-10T09:00:00.000Z'`,
    );
    expect(refusals(await finalise(invoice))).toEqual(['clientUid client_deleted']);
  });

  it('warns of dates before the last number, of duplicates and missing addresses', async () => {
    const first = await draft({ buyerReference: 'PO 7' });
    value(await finalise(first));
    const content = {
      ...first.content,
      issueDate: '2026-03-01' as DocumentContent['issueDate'],
      lines: [aLine({ tax: VAT })],
      buyerReference: 'po  7',
    };
    const { context } = business;
    const second = value(await invoiceUseCases['invoices.createDraft'](context, { content }));
    const preview = await check(second);
    expect(preview).toMatchObject({
      number: 'INV-2026-0002',
      recipient: 'Zażółć sp. z o.o.',
      blockers: [],
    });
    expect(codes(preview.warnings)).toEqual([
      'issueDate date_before_previous',
      'buyerReference duplicate_buyer_reference',
      'business.address address_missing',
      'business.vatNumber vat_number_missing',
    ]);
  });

  it('gives the number back when the transaction fails', async () => {
    const { context } = business;
    const invoice = await draft();
    const before = dumpHash(context);
    const { connection } = context.replica;
    // The outbox entry is written before, the ledger's intention after this point.
    connection.exec(
      `CREATE TEMP TRIGGER no_documents BEFORE INSERT ON activity WHEN new.action = 'finalised'
       BEGIN SELECT raise(ABORT, 'disk full'); END`,
    );
    await expect(finalise(invoice)).rejects.toThrow('disk full');
    connection.exec('DROP TRIGGER no_documents');
    expect(dumpHash(context)).toBe(before);
    expect(value(await finalise(invoice)).number).toBe('INV-2026-0001');
  });

  it('gives the number back when the commit itself fails', async () => {
    const { context } = business;
    const invoice = await draft();
    const before = dumpHash(context);
    const { connection } = context.replica;
    // A deferred foreign key is looked at by the commit, after the ledger was told.
    connection.exec(`
      CREATE TABLE checked (id INTEGER REFERENCES businesses(id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER late AFTER INSERT ON documents BEGIN INSERT INTO checked VALUES (-1); END`);
    await expect(finalise(invoice)).rejects.toThrow('FOREIGN KEY');
    connection.exec('DROP TRIGGER late; DROP TABLE checked');
    expect(context.ledger.unsettled()).toEqual([]);
    expect(dumpHash(context)).toBe(before);
    expect(value(await finalise(invoice)).number).toBe('INV-2026-0001');
  });

  it('tells outbox and activity in the same transaction', async () => {
    const invoice = await draft();
    const { connection } = business.context.replica;
    connection.exec(`UPDATE outbox SET state = 'sent'`);
    const issued = value(await finalise(invoice));
    const outbox = connection
      .prepare<[string], { kind: string; body: string }>(
        'SELECT kind, body FROM outbox WHERE record_uid = ? ORDER BY id',
      )
      .all(issued.uid);
    expect(outbox.map(({ kind }) => kind)).toEqual(['create', 'finalise']);
    expect(JSON.parse(outbox[1]?.body ?? '')).toMatchObject({
      sha256: issued.pdfSha256,
      frozen: { issued: { number: 'INV-2026-0001' } },
    });
    const activity = connection
      .prepare('SELECT action FROM activity WHERE record_uid = ? ORDER BY id')
      .pluck()
      .all(issued.uid);
    expect(activity).toEqual(['created', 'finalised']);
  });
});

function changeBusiness(changes: Partial<BusinessInput>): void {
  value(
    business.context.replica.write((scope) => {
      const row = scope.db.select().from(businesses).get();
      if (!row) throw new Error('no business');
      scope.db
        .update(businesses)
        .set({ data: { ...row.data, ...changes } })
        .run();
      return ok(undefined);
    }),
  );
}

function frozenOf(invoice: Invoice) {
  return business.context.replica.read((scope) => {
    const stored = findInvoice(scope, invoice.uid);
    return stored === null ? null : readFrozen(scope, stored.id);
  });
}
