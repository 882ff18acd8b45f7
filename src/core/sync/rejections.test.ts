import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { InvoiceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { ok } from '../../shared/domain/result';
import { aLine, createClient, refusals, value } from '../features/documents/testing/builders';
import { invoiceUseCases } from '../features/invoices/invoice-use-cases';
import { paymentUseCases } from '../features/payments/payment-use-cases';
import type { WriteScope } from '../replica/replica';
import { series as seriesTable, taxCodes } from '../replica/schema';
import { createCaller, type Call } from '../testing/caller';
import { openTestDevice, type TestDevice } from '../testing/test-device';
import { adapterOf } from './adapters';
import type { RejectionData } from './attention';
import { addRejection, noteTold } from './attention';
import { attentionItems, itemsOfRecord } from './attention-items';
import { dismiss, retryRejected, settleFields } from './rejections';
import { recordName } from './shown-record';
import { ScriptedCloud } from './testing/scripted-cloud';

const useCases = { ...invoiceUseCases, ...paymentUseCases };

let cloud: ScriptedCloud;
let device: TestDevice;
let call: Call<keyof typeof useCases>;

beforeEach(() => {
  cloud = new ScriptedCloud();
  device = openTestDevice({ transport: cloud });
  call = createCaller(device.context, useCases);
});
afterEach(() => device.close());

const write = <T>(work: (scope: WriteScope) => T): T =>
  value(device.context.replica.write((scope) => ok(work(scope))));

const rejections = () => device.context.replica.read(attentionItems).rejections;

function openRejection() {
  const [item] = rejections();
  if (item === undefined) throw new Error('no rejection');
  return item;
}

async function draft() {
  const clientUid = createClient(device.context, { name: 'Acme Ltd' });
  const content = value(await call('invoices.blank', { clientUid }));
  const line = aLine();
  const made = await call('invoices.createDraft', { content: { ...content, lines: [line] } });
  return { uid: value(made).uid, line };
}

/** What the cloud has of a record, as it tells it with a refusal. */
function recordOf(uid: InvoiceUid) {
  const kept = device.context.replica.read((scope) => adapterOf('invoices').read(scope, uid));
  if (kept === null) throw new Error('no record');
  return kept.record;
}

function refusePatch(uid: InvoiceUid, own: Partial<RejectionData> = {}): void {
  const record = recordOf(uid);
  write((scope) =>
    addRejection(scope, 'invoices', uid, {
      code: 'too_big',
      field: 'notes',
      body: {
        kind: 'patch',
        fields: { notes: { from: '', to: 'Long' }, currency: { from: 'EUR', to: 'EUR' } },
      },
      record,
      isDeleted: false,
      ...own,
    }),
  );
}

/** As a pull brings it. */
function comeFromElsewhere(uid: InvoiceUid, notes: string): void {
  write((scope) => {
    const record = { ...recordOf(uid), notes };
    adapterOf('invoices').store(scope, [{ record, deleted: false }]);
  });
}

/** Tries the open rejection again as somebody who looks at its card. */
function retry(shown = openRejection().fields) {
  const { id } = openRejection();
  return write((scope) => retryRejected(scope, id, shown));
}

describe('a rejection', () => {
  it('R17 shows what was typed, over what, and what stands there now', async () => {
    const { uid } = await draft();
    refusePatch(uid);
    comeFromElsewhere(uid, 'Theirs');
    expect(openRejection()).toMatchObject({
      kind: 'patch',
      code: 'too_big',
      field: 'notes',
      fields: [{ path: 'notes', base: '', mine: 'Long', theirs: 'Theirs' }],
      currency: 'EUR',
      remedies: ['edit'],
    });
    expect(device.context.replica.read((scope) => itemsOfRecord(scope, uid))).toMatchObject({
      conflicts: [],
      rejections: [{ id: openRejection().id }],
    });
  });

  it('R17 of a new record shows what it said, where somebody else has told of it', async () => {
    const { uid } = await draft();
    const body = { kind: 'create', record: { ...recordOf(uid), notes: 'Long' } } as const;
    refusePatch(uid, { body, code: 'forbidden', record: null });
    expect(openRejection().fields).toEqual([]);
    const theirs = { ...recordOf(uid), notes: 'Theirs' };
    const told = [{ version: 1, deleted: false, record: theirs }];
    write((scope) => noteTold(scope, 'invoices', told));
    comeFromElsewhere(uid, 'Theirs');
    const fields = [{ path: 'notes', base: 'Theirs', mine: 'Long', theirs: 'Theirs' }];
    expect(openRejection().fields).toEqual(fields);
    expect(retry([]).ok).toBe(false);
    value(retry());
    expect(recordOf(uid)).toMatchObject({ notes: 'Long' });
    expect(rejections()).toEqual([]);
  });

  it('R17 offers only what can help', async () => {
    const { uid } = await draft();
    const remedies = (own: Partial<RejectionData>) => {
      refusePatch(uid, own);
      const { id, remedies: offered } = openRejection();
      write((scope) => dismiss(scope, id));
      return offered;
    };
    expect(remedies({ code: 'forbidden' })).toEqual(['retry']);
    expect(remedies({ code: 'finalised' })).toEqual([]);
    expect(remedies({ body: { kind: 'restore' } })).toEqual(['retry']);
    const create = { kind: 'create', record: recordOf(uid) } as const;
    expect(remedies({ body: create })).toEqual(['edit', 'retry']);
    value(await call('invoices.finalise', { uid }));
    expect(remedies({})).toEqual([]);
    expect(remedies({ body: create })).toEqual(['retry']);
  });

  it('R17 is tried again as the record is now', async () => {
    const { uid } = await draft();
    await device.engine.syncOnce();
    refusePatch(uid, { code: 'forbidden' });
    expect(retry()).toEqual(ok({}));
    expect(rejections()).toEqual([]);
    await device.engine.syncOnce();
    expect(cloud.toldOf('invoices').at(-1)?.body).toEqual({
      kind: 'patch',
      fields: { notes: { from: '', to: 'Long' } },
    });
  });

  it('R17 is not tried again over words that were not shown', async () => {
    const { uid } = await draft();
    await device.engine.syncOnce();
    refusePatch(uid, { code: 'forbidden' });
    const seen = openRejection().fields;
    comeFromElsewhere(uid, 'Typed since');
    for (const shown of [seen, []]) {
      expect(refusals(retry(shown))).toEqual(['notes changed_since_shown']);
    }
    expect(recordOf(uid)).toMatchObject({ notes: 'Typed since' });
    expect(openRejection().fields).toEqual([
      { path: 'notes', base: '', mine: 'Long', theirs: 'Typed since' },
    ]);
    expect(retry()).toEqual(ok({}));
    await device.engine.syncOnce();
    expect(cloud.toldOf('invoices').at(-1)?.body).toEqual({
      kind: 'patch',
      fields: { notes: { from: 'Typed since', to: 'Long' } },
    });
  });

  it('R17 of a new record that the cloud has already shows what was typed into it', async () => {
    const { uid } = await draft();
    await device.engine.syncOnce();
    const record = { ...recordOf(uid), createdAt: '2026-01-01T00:00:00.000Z', notes: 'Mine' };
    refusePatch(uid, { body: { kind: 'create', record } });
    comeFromElsewhere(uid, 'Theirs');
    const fields = [{ path: 'notes', base: '', mine: 'Mine', theirs: 'Theirs' }];
    expect(openRejection()).toMatchObject({ fields, remedies: ['edit', 'retry'] });
    expect(retry()).toEqual(ok({}));
    expect(recordOf(uid)).toMatchObject({ notes: 'Mine' });
    await device.engine.syncOnce();
    expect(cloud.toldOf('invoices').at(-1)?.body).toEqual({
      kind: 'patch',
      fields: { notes: { from: 'Theirs', to: 'Mine' } },
    });
    // Where the cloud has nothing, the record here is what was typed.
    refusePatch(uid, { body: { kind: 'create', record }, record: null });
    expect(openRejection().fields).toEqual([]);
  });

  it('R17 of an edit is let go without a change of the record', async () => {
    const { uid } = await draft();
    const before = recordOf(uid);
    // What a newer cloud has may not be read by this app.
    refusePatch(uid, { record: { uid, kind: 'of a newer cloud' } });
    write((scope) => dismiss(scope, openRejection().id));
    expect(rejections()).toEqual([]);
    expect(recordOf(uid)).toEqual(before);
    expect(value(await call('invoices.get', { uid })).invoice.deletedAt).toBeNull();
  });

  it('R17 of several fields is settled with the last of them, and says what is left', async () => {
    const { uid } = await draft();
    const body = {
      kind: 'patch',
      fields: {
        notes: { from: '', to: 'Long' },
        'lines.order': { from: [], to: ['one'] },
        buyerReference: { from: '', to: 'PO 7' },
        currency: { from: 'EUR', to: 'EUR' },
      },
    } as const;
    refusePatch(uid, { body });
    const { id } = openRejection();
    write((scope) => settleFields(scope, id, ['paymentReference']));
    expect(openRejection().fields).toHaveLength(3);
    write((scope) => settleFields(scope, id, ['lines.order']));
    expect(openRejection()).toMatchObject({
      code: 'too_big',
      fields: [{ path: 'notes' }, { path: 'buyerReference' }],
    });
    // What it was refused for is put right: the rest can be told once more.
    write((scope) => settleFields(scope, id, ['notes']));
    expect(openRejection()).toMatchObject({
      id,
      code: 'refused_together',
      field: '',
      fields: [{ path: 'buyerReference', base: '', mine: 'PO 7' }],
      remedies: ['edit', 'retry'],
    });
    write((scope) => settleFields(scope, id, ['buyerReference']));
    expect(rejections()).toEqual([]);
  });

  it('R17 names the page that shows the record', async () => {
    const { uid } = await draft();
    const issued = value(await call('invoices.finalise', { uid }));
    const payment = value(
      await call('payments.markAsPaid', { invoiceUid: issued.uid, method: 'cash' }),
    );
    const pageOf = (collection: SyncCollection, recordUid: string) =>
      device.context.replica.read((scope) => recordName(scope, collection, recordUid).page);
    const { taxCode, series } = device.context.replica.read(({ db }) => ({
      taxCode: db.select({ uid: taxCodes.uid }).from(taxCodes).get()?.uid ?? '',
      series: db.select({ uid: seriesTable.uid }).from(seriesTable).get()?.uid ?? '',
    }));
    expect(pageOf('invoices', uid)).toEqual({ of: 'invoice', uid });
    expect(pageOf('documents', uid)).toEqual({ of: 'invoice', uid });
    expect(pageOf('payments', payment.uid)).toEqual({ of: 'invoice', uid });
    expect(pageOf('settings', taxCode)).toEqual({ of: 'tax_code', uid: taxCode });
    expect(pageOf('settings', series)).toEqual({ of: 'series', uid: series });
    const business = device.context.businessUid;
    expect(pageOf('settings', business)).toEqual({ of: 'business', uid: business });
    expect(pageOf('payments', newUid())).toBeNull();
  });

  it('R17 is given up for what the cloud has: nothing', async () => {
    const { uid } = await draft();
    const issued = value(await call('invoices.finalise', { uid }));
    const payment = value(
      await call('invoices.get', { uid }).then(() =>
        call('payments.markAsPaid', { invoiceUid: issued.uid, method: 'cash' }),
      ),
    );
    for (const [collection, rejected] of [
      ['payments', payment],
      ['invoices', { uid }],
    ] as const) {
      write((scope) =>
        addRejection(scope, collection, rejected.uid, {
          code: 'malformed',
          field: '',
          body: { kind: 'create', record: { ...rejected } },
          record: null,
          isDeleted: false,
        }),
      );
      write((scope) => dismiss(scope, openRejection().id));
    }
    // The payment is gone; the document legally exists.
    const view = value(await call('invoices.get', { uid }));
    expect(view.payments).toEqual([]);
    expect(view.invoice).toMatchObject({ paid: 0, deletedAt: null });
    await device.engine.syncOnce();
    expect(cloud.toldOf('payments')).toEqual([]);
  });
});
