import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ok } from '../../shared/domain/result';
import type { InvoiceUid } from '../../shared/domain/ids';
import { aLine, createClient, refusals, value } from '../features/documents/testing/builders';
import { invoiceUseCases } from '../features/invoices/invoice-use-cases';
import { paymentUseCases } from '../features/payments/payment-use-cases';
import type { WriteScope } from '../replica/replica';
import { createCaller, type Call } from '../testing/caller';
import { openTestDevice, type TestDevice } from '../testing/test-device';
import { adapterOf } from './adapters';
import { addConflict, addRejection, dataOf, openAttention } from './attention';
import {
  choiceTotal,
  conflictItem,
  dismiss,
  resolveConflict,
  retryRejected,
  undoResolve,
} from './choices';
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

const open = () => device.context.replica.read(openAttention);

async function draft() {
  const clientUid = createClient(device.context, { name: 'Acme Ltd' });
  const content = value(await call('invoices.blank', { clientUid }));
  const line = aLine();
  const made = await call('invoices.createDraft', { content: { ...content, lines: [line] } });
  return { uid: value(made).uid, line };
}

const contentOf = async (uid: InvoiceUid) =>
  value(await call('invoices.get', { uid })).invoice.content;

function openConflict(): number {
  const [row] = open();
  if (row === undefined) throw new Error('no conflict');
  return row.id;
}

describe('a conflict', () => {
  it('R37 is decided field by field; what is kept of mine is a change of its own', async () => {
    const { uid, line } = await draft();
    await device.engine.syncOnce();
    const mine = { ...line, quantity: 3_000 };
    write((scope) =>
      addConflict(scope, 'invoices', uid, [
        { path: 'notes', base: '', mine: 'Mine', theirs: '' },
        { path: `lines.${line.uid}`, base: null, mine, theirs: line },
      ]),
    );
    const id = openConflict();
    const [row] = open();
    if (row === undefined) throw new Error('no conflict');
    expect(device.context.replica.read((scope) => conflictItem(scope, row)).totals).toEqual({
      currency: 'EUR',
      mine: 30_000,
      theirs: 10_000,
    });
    const totalOf = (chosen: Parameters<typeof choiceTotal>[2]) =>
      value(device.context.replica.read((scope) => choiceTotal(scope, id, chosen))).total;
    expect(totalOf({ notes: 'mine' })).toBe(10_000);
    expect(totalOf({ [`lines.${line.uid}`]: 'mine' })).toBe(30_000);
    const choices = { notes: 'theirs', [`lines.${line.uid}`]: 'mine' } as const;
    expect(write((scope) => resolveConflict(scope, id, choices))).toEqual(ok({}));
    expect(open()).toEqual([]);
    expect(await contentOf(uid)).toMatchObject({ notes: '', lines: [mine] });
    await device.engine.syncOnce();
    expect(cloud.toldOf('invoices').at(-1)?.body).toMatchObject({
      kind: 'patch',
      fields: { [`lines.${line.uid}`]: { from: line, to: mine } },
    });
  });

  /** As a pull brings it. */
  function comeFromElsewhere(uid: InvoiceUid, notes: string): void {
    write((scope) => {
      const adapter = adapterOf('invoices');
      const here = adapter.read(scope, uid);
      if (here !== null) adapter.store(scope, [{ ...here, record: { ...here.record, notes } }]);
    });
  }

  it('R37 shows what stands there now, and a choice that is undone leaves what came since', async () => {
    const { uid } = await draft();
    write((scope) =>
      addConflict(scope, 'invoices', uid, [
        { path: 'notes', base: '', mine: 'Mine', theirs: 'Theirs' },
      ]),
    );
    const id = openConflict();
    comeFromElsewhere(uid, 'Third');
    const [row] = open();
    if (row === undefined) throw new Error('no conflict');
    expect(device.context.replica.read((scope) => conflictItem(scope, row)).fields).toEqual([
      { path: 'notes', base: '', mine: 'Mine', theirs: 'Third' },
    ]);
    write((scope) => resolveConflict(scope, id, { notes: 'mine' }));
    expect((await contentOf(uid)).notes).toBe('Mine');
    comeFromElsewhere(uid, 'Fourth');
    write((scope) => undoResolve(scope, id));
    expect((await contentOf(uid)).notes).toBe('Fourth');
    expect(openConflict()).toBe(id);
  });

  it('R37 is open again when its choice is undone', async () => {
    const { uid } = await draft();
    write((scope) =>
      addConflict(scope, 'invoices', uid, [
        { path: 'notes', base: '', mine: 'Mine', theirs: 'Theirs' },
      ]),
    );
    const id = openConflict();
    write((scope) => resolveConflict(scope, id, { notes: 'mine' }));
    expect((await contentOf(uid)).notes).toBe('Mine');
    write((scope) => undoResolve(scope, id));
    expect((await contentOf(uid)).notes).toBe('');
    expect(openConflict()).toBe(id);
  });

  it('R37 stands beside an earlier one when something else was typed since', async () => {
    const { uid } = await draft();
    const wish = (mine: string, theirs: string) =>
      write((scope) =>
        addConflict(scope, 'invoices', uid, [{ path: 'notes', base: '', mine, theirs }]),
      );
    wish('First', 'Theirs');
    // Told once more, as after a lost answer.
    wish('First', 'Theirs by now');
    wish('Second', 'Theirs at last');
    expect(open().map((row) => dataOf('conflict', row).fields)).toMatchObject([
      [{ mine: 'Second', theirs: 'Theirs at last' }],
      [{ mine: 'First', theirs: 'Theirs by now' }],
    ]);
  });

  it('R43 changes nothing that a finalised document printed', async () => {
    const { uid } = await draft();
    write((scope) =>
      addConflict(scope, 'invoices', uid, [
        { path: 'notes', base: '', mine: 'Mine', theirs: 'Theirs' },
      ]),
    );
    const issued = value(await call('invoices.finalise', { uid }));
    const id = openConflict();
    const kept = write((scope) => resolveConflict(scope, id, { notes: 'mine' }));
    expect(refusals(kept)).toEqual(['choices.notes already_finalised']);
    expect(value(await call('invoices.get', { uid })).invoice).toEqual(issued);
    expect(write((scope) => resolveConflict(scope, id, { notes: 'theirs' }))).toEqual(ok({}));
  });
});

describe('a rejection', () => {
  it('R17 is tried again as the record is now', async () => {
    const { uid } = await draft();
    await device.engine.syncOnce();
    write((scope) =>
      addRejection(scope, 'invoices', uid, {
        code: 'too_big',
        field: 'notes',
        body: { kind: 'patch', fields: { notes: { from: '', to: 'Long' } } },
        record: { uid },
        isDeleted: false,
      }),
    );
    write((scope) => retryRejected(scope, openConflict()));
    expect(open()).toEqual([]);
    await device.engine.syncOnce();
    expect(cloud.toldOf('invoices').at(-1)?.body).toEqual({
      kind: 'patch',
      fields: { notes: { from: '', to: 'Long' } },
    });
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
      write((scope) => dismiss(scope, openConflict()));
    }
    // The payment is gone; the document legally exists.
    const view = value(await call('invoices.get', { uid }));
    expect(view.payments).toEqual([]);
    expect(view.invoice).toMatchObject({ paid: 0, deletedAt: null });
    await device.engine.syncOnce();
    expect(cloud.toldOf('payments')).toEqual([]);
  });
});
