import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Side } from '../../shared/contracts/app-api/sync';
import { ok } from '../../shared/domain/result';
import type { InvoiceUid } from '../../shared/domain/ids';
import { aLine, createClient, refusals, value } from '../features/documents/testing/builders';
import { invoiceUseCases } from '../features/invoices/invoice-use-cases';
import type { WriteScope } from '../replica/replica';
import { createCaller, type Call } from '../testing/caller';
import { openTestDevice, type TestDevice } from '../testing/test-device';
import { adapterOf } from './adapters';
import { addConflict, dataOf, openAttention } from './attention';
import { choiceTotal, conflictItem, decidedItems, resolveConflict, undoResolve } from './choices';
import { ScriptedCloud } from './testing/scripted-cloud';

let cloud: ScriptedCloud;
let device: TestDevice;
let call: Call<keyof typeof invoiceUseCases>;

beforeEach(() => {
  cloud = new ScriptedCloud();
  device = openTestDevice({ transport: cloud });
  call = createCaller(device.context, invoiceUseCases);
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

/** What the card of the open conflict shows. */
function shown() {
  const [row] = open();
  if (row === undefined) throw new Error('no conflict');
  return device.context.replica.read((scope) => conflictItem(scope, row));
}

const decided = () => device.context.replica.read(decidedItems);

/** Decides the open conflict as somebody who looks at its card. */
function choose(keep: (path: string) => Side, fields = shown().fields) {
  const id = openConflict();
  const decisions = fields.map((field) => ({ ...field, keep: keep(field.path) }));
  return write((scope) => resolveConflict(scope, id, decisions));
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
    expect(shown().totals).toEqual({
      mine: { amount: 30_000, currency: 'EUR' },
      theirs: { amount: 10_000, currency: 'EUR' },
    });
    const totalOf = (chosen: Parameters<typeof choiceTotal>[2]) =>
      value(device.context.replica.read((scope) => choiceTotal(scope, id, chosen))).total?.amount;
    expect(totalOf({ notes: 'mine' })).toBe(10_000);
    expect(totalOf({ [`lines.${line.uid}`]: 'mine' })).toBe(30_000);
    expect(choose((path) => (path === 'notes' ? 'theirs' : 'mine'))).toEqual(ok({}));
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
    expect(shown().fields).toEqual([{ path: 'notes', base: '', mine: 'Mine', theirs: 'Third' }]);
    choose(() => 'mine');
    expect((await contentOf(uid)).notes).toBe('Mine');
    comeFromElsewhere(uid, 'Fourth');
    expect(write((scope) => undoResolve(scope, id))).toEqual(ok({ left: ['notes'] }));
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
    choose(() => 'mine');
    expect((await contentOf(uid)).notes).toBe('Mine');
    expect(decided()).toMatchObject([
      { id, fields: [{ path: 'notes', mine: 'Mine', theirs: '', keep: 'mine' }] },
    ]);
    expect(write((scope) => undoResolve(scope, id))).toEqual(ok({ left: [] }));
    expect((await contentOf(uid)).notes).toBe('');
    expect(openConflict()).toBe(id);
    expect(decided()).toEqual([]);
  });

  it('R37 gives a line its place again when the choice that deleted it is undone', async () => {
    const { uid, line } = await draft();
    const content = await contentOf(uid);
    const lines = [line, aLine({ description: 'Travel' }), aLine({ description: 'Books' })];
    value(await call('invoices.updateDraft', { uid, content: { ...content, lines } }));
    const path = `lines.${lines[1]?.uid ?? ''}`;
    write((scope) =>
      addConflict(scope, 'invoices', uid, [{ path, base: line, mine: null, theirs: lines[1] }]),
    );
    const id = openConflict();
    expect(choose(() => 'mine')).toEqual(ok({}));
    expect((await contentOf(uid)).lines).toEqual([lines[0], lines[2]]);
    expect(write((scope) => undoResolve(scope, id))).toEqual(ok({ left: [] }));
    expect((await contentOf(uid)).lines).toEqual(lines);
  });

  it('R37 is not decided between values that were not shown', async () => {
    const { uid } = await draft();
    comeFromElsewhere(uid, 'Theirs');
    write((scope) =>
      addConflict(scope, 'invoices', uid, [
        { path: 'notes', base: '', mine: 'Mine', theirs: 'Theirs' },
        { path: 'buyerReference', base: '', mine: 'PO 7', theirs: '' },
      ]),
    );
    const id = openConflict();
    const seen = shown().fields;
    comeFromElsewhere(uid, 'Theirs, and more');
    for (const keep of ['mine', 'theirs'] as const) {
      expect(refusals(choose(() => keep, seen))).toEqual(['notes changed_since_shown']);
    }
    expect(await contentOf(uid)).toMatchObject({ notes: 'Theirs, and more', buyerReference: '' });
    // A field that joined the conflict since was not shown at all.
    const [notes] = shown().fields;
    expect(refusals(choose(() => 'mine', notes ? [notes] : []))).toEqual([
      'buyerReference changed_since_shown',
    ]);
    expect(openConflict()).toBe(id);
    expect(choose(() => 'mine')).toEqual(ok({}));
    expect(await contentOf(uid)).toMatchObject({ notes: 'Mine', buyerReference: 'PO 7' });
    const again = write((scope) => resolveConflict(scope, id, []));
    expect(refusals(again)).toEqual([' already_decided']);
  });

  it('R34 takes no choice that makes a draft of which nobody can add up the amounts', async () => {
    const { uid, line } = await draft();
    const huge = { ...line, quantity: 1_000_000_000, unitPrice: 1_000_000_000_000 };
    write((scope) =>
      addConflict(scope, 'invoices', uid, [
        { path: `lines.${line.uid}`, base: null, mine: huge, theirs: line },
      ]),
    );
    expect(shown().totals).toBeNull();
    expect(refusals(choose(() => 'mine'))).toEqual(['lines.0.unitPrice amount_too_large']);
    expect((await contentOf(uid)).lines).toEqual([line]);
    expect(choose(() => 'theirs')).toEqual(ok({}));
  });

  it('R32 tells what a document comes to in the currency of each choice', async () => {
    const { uid } = await draft();
    write((scope) =>
      addConflict(scope, 'invoices', uid, [
        { path: 'currency', base: 'EUR', mine: 'USD', theirs: 'EUR' },
      ]),
    );
    expect(shown()).toMatchObject({
      currency: 'EUR',
      totals: {
        mine: { amount: 10_000, currency: 'USD' },
        theirs: { amount: 10_000, currency: 'EUR' },
      },
    });
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
    expect(refusals(choose(() => 'mine'))).toEqual(['notes already_finalised']);
    expect(value(await call('invoices.get', { uid })).invoice).toEqual(issued);
    expect(choose(() => 'theirs')).toEqual(ok({}));
  });
});
