import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DocumentContent } from '../../../shared/domain/invoice';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { aLine, createClient, refusals, value, VAT } from '../documents/testing/builders';
import { dumpHash } from '../documents/testing/dump';
import { invoiceUseCases } from './invoice-use-cases';
import { newUid } from '../../../shared/domain/ids';
import type { ClientUid, InvoiceUid } from '../../../shared/domain/ids';

let business: TestBusiness;
beforeEach(() => {
  business = openTestBusiness();
});
afterEach(() => {
  business.close();
});

const call = invoiceUseCases;

async function blank(clientUid?: ClientUid): Promise<DocumentContent> {
  const input = clientUid === undefined ? {} : { clientUid };
  return value(await call['invoices.blank'](business.context, input));
}

async function create(content: DocumentContent) {
  return value(await call['invoices.createDraft'](business.context, { content }));
}

function outboxOf(uid: string) {
  return business.context.replica.connection
    .prepare<[string], { kind: string; body: string }>(
      'SELECT kind, body FROM outbox WHERE record_uid = ? ORDER BY id',
    )
    .all(uid)
    .map(({ kind, body }) => ({ kind, ...(JSON.parse(body) as object) }));
}

describe('a blank invoice', () => {
  it('takes the settings of the business', async () => {
    expect(await blank()).toMatchObject({
      clientUid: null,
      currency: 'EUR',
      issueDate: '2026-03-10',
      terms: { kind: 'net_days', days: 30 },
      dueDate: '2026-04-09',
      language: 'de',
      formats: 'de-DE',
      lines: [],
    });
  });

  it('takes those of the client before', async () => {
    const clientUid = createClient(business.context, {
      currency: 'USD' as DocumentContent['currency'],
      language: 'en',
      formats: 'en-US',
      terms: { kind: 'on_receipt' },
    });
    expect(await blank(clientUid)).toMatchObject({
      clientUid,
      currency: 'USD',
      dueDate: '2026-03-10',
      language: 'en',
      formats: 'en-US',
    });
  });

  it('is refused for a client that is not there', async () => {
    const clientUid = newUid<ClientUid>();
    const result = call['invoices.blank'](business.context, { clientUid });
    expect(refusals(await result)).toEqual(['not_found']);
  });
});

describe('a draft', () => {
  it('keeps its content whole', async () => {
    const clientUid = createClient(business.context);
    const content: DocumentContent = {
      ...(await blank(clientUid)),
      currency: 'USD' as DocumentContent['currency'],
      exchangeRate: {
        to: 'EUR' as DocumentContent['currency'],
        rate: 920_000_000,
        date: '2026-03-09' as DocumentContent['issueDate'],
      },
      terms: null,
      supply: {
        from: '2026-02-01' as DocumentContent['issueDate'],
        to: '2026-02-28' as DocumentContent['issueDate'],
      },
      buyerReference: 'PO 4711',
      notes: 'Line one\nLine two',
      paymentReference: 'RF18',
      pricesIncludeTax: true,
      discount: { kind: 'percent', percent: 5_000 },
      lines: [
        aLine({ tax: VAT, discount: { kind: 'amount', amount: 100 as never } }),
        aLine({ description: '', quantity: -250, unitPrice: 123_456 }),
      ],
    };
    const draft = await create(content);
    const view = value(await call['invoices.get'](business.context, { uid: draft.uid }));
    expect(view.invoice).toEqual(draft);
    expect(view.invoice.content).toEqual(content);
    expect(view.status).toBe('draft');
  });

  it('writes what changed, and nothing when nothing did', async () => {
    const line = aLine();
    const draft = await create({ ...(await blank()), lines: [line, aLine()] });
    business.context.replica.connection.exec(`UPDATE outbox SET state = 'sent'`);
    const content = {
      ...draft.content,
      notes: 'Thank you',
      lines: draft.content.lines.map((item) =>
        item.uid === line.uid ? { ...item, quantity: 2_000 } : item,
      ),
    };
    const { context } = business;
    const update = call['invoices.updateDraft'](context, { uid: draft.uid, content });
    const changed = value(await update);
    expect(changed.totals.total).toBe(30_000);
    expect(outboxOf(draft.uid)[1]).toMatchObject({
      kind: 'patch',
      fields: {
        notes: { from: '', to: 'Thank you' },
        [`lines.${line.uid}`]: { from: line, to: { ...line, quantity: 2_000 } },
      },
    });
    const before = dumpHash(context);
    const again = call['invoices.updateDraft'](context, { uid: draft.uid, content });
    expect(value(await again)).toEqual(changed);
    expect(dumpHash(context)).toBe(before);
  });

  it('is refused with the field and the reason, and changes nothing', async () => {
    const { context } = business;
    const content = await blank();
    const line = aLine();
    const before = dumpHash(context);
    const refusalOf = async (changes: Partial<DocumentContent>) =>
      refusals(
        await call['invoices.createDraft'](context, { content: { ...content, ...changes } }),
      );
    expect(await refusalOf({ lines: [line, line] })).toEqual(['lines.1.uid line_repeated']);
    expect(await refusalOf({ clientUid: newUid<ClientUid>() })).toEqual([
      'clientUid client_unknown',
    ]);
    const taxed = aLine({ tax: { ...VAT, category: 'export' } });
    expect(await refusalOf({ lines: [taxed] })).toEqual(['lines.0.tax tax_rate_not_allowed']);
    const uid = newUid<InvoiceUid>();
    expect(refusals(await call['invoices.updateDraft'](context, { uid, content }))).toEqual([
      'not_found',
    ]);
    expect(dumpHash(context)).toBe(before);
  });

  it('can be deleted and brought back', async () => {
    const { context } = business;
    const draft = await create({ ...(await blank()), buyerReference: 'findme' });
    const listed = async () =>
      value(
        await call['invoices.list'](context, {
          limit: 10,
          search: 'findme',
          sort: { by: 'issueDate', direction: 'desc' },
        }),
      ).rows.length;
    expect(await listed()).toBe(1);
    value(await call['invoices.deleteDraft'](context, { uid: draft.uid }));
    expect(await listed()).toBe(0);
    expect(value(await call['invoices.count'](context, {})).count).toBe(0);
    const update = { uid: draft.uid, content: draft.content };
    expect(refusals(await call['invoices.updateDraft'](context, update))).toEqual([' deleted']);
    expect(outboxOf(draft.uid).map(({ kind }) => kind)).toEqual(['create', 'delete']);
    const restored = value(await call['invoices.restoreDraft'](context, { uid: draft.uid }));
    expect(restored.content).toEqual(draft.content);
    expect(restored.deletedAt).toBeNull();
    expect(await listed()).toBe(1);
    expect(outboxOf(draft.uid).map(({ kind }) => kind)).toEqual(['create']);
  });

  it('is copied without what belonged to one occasion', async () => {
    const { context } = business;
    const clientUid = createClient(context);
    const draft = await create({
      ...(await blank(clientUid)),
      issueDate: '2026-01-01' as DocumentContent['issueDate'],
      terms: null,
      dueDate: '2026-01-11' as DocumentContent['issueDate'],
      paymentReference: 'RF18',
      notes: 'Thank you',
      lines: [aLine()],
    });
    const copy = value(await call['invoices.duplicate'](context, { uid: draft.uid }));
    expect(copy.content).toMatchObject({
      clientUid,
      issueDate: '2026-03-10',
      dueDate: '2026-03-20',
      paymentReference: '',
      notes: 'Thank you',
    });
    expect(copy.totals.total).toBe(draft.totals.total);
    expect(copy.content.lines[0]?.uid).not.toBe(draft.content.lines[0]?.uid);
  });

  it('pauses reminders once', async () => {
    const { context } = business;
    const { uid } = await create(await blank());
    const input = { uid, paused: true };
    const paused = value(await call['invoices.setRemindersPaused'](context, input));
    expect(paused.remindersPaused).toBe(true);
    const before = dumpHash(context);
    value(await call['invoices.setRemindersPaused'](context, input));
    expect(dumpHash(context)).toBe(before);
  });
});

describe('the paper of a draft', () => {
  it('is previewed also while characters cannot be printed, which are named', async () => {
    const { context } = business;
    const content = { ...(await blank()), notes: 'Cuneiform \u{12000}' };
    const preview = value(await call['invoices.preview'](context, { content }));
    expect(preview.missingCharacters).toEqual(['\u{12000}']);
    expect(Buffer.from(preview.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    const draft = await create(content);
    expect(refusals(await call['invoices.pdf'](context, { uid: draft.uid }))).toEqual([
      'notes characters_not_printable',
    ]);
  });

  it('has the name of the client in its file name, without what file systems refuse', async () => {
    const { context } = business;
    const clientUid = createClient(context, { name: 'A/B: "C"' });
    const draft = await create({ ...(await blank(clientUid)), lines: [aLine()] });
    const { fileName } = value(await call['invoices.pdf'](context, { uid: draft.uid }));
    expect(fileName).toBe('Draft A-B- -C-.pdf');
  });
});

describe('the text of an e-mail', () => {
  it('is in the language of the document and refused for drafts', async () => {
    const { context } = business;
    const clientUid = createClient(context, { name: 'Acme Ltd', email: 'office@acme.example' });
    const draft = await create({ ...(await blank(clientUid)), lines: [aLine()] });
    expect(refusals(await call['invoices.mailText'](context, { uid: draft.uid }))).toEqual([
      ' not_finalised',
    ]);
    value(await call['invoices.finalise'](context, { uid: draft.uid }));
    expect(value(await call['invoices.mailText'](context, { uid: draft.uid }))).toEqual({
      to: 'office@acme.example',
      subject: 'Rechnung INV-2026-0001 von Test Trading',
      body: 'Guten Tag Acme Ltd,\n\nanbei erhalten Sie die Rechnung INV-2026-0001 über 100,00 EUR, fällig am 9. April 2026.\n\nMit freundlichen Grüßen\nTest Trading',
      fileName: 'INV-2026-0001.pdf',
    });
  });
});
