import type { ApiError } from '../../src/shared/contracts/core-protocol';
import type { ClientUid, InvoiceUid } from '../../src/shared/domain/ids';
import { newUid } from '../../src/shared/domain/ids';
import type { LineItem } from '../../src/shared/domain/line-item';
import type { Result } from '../../src/shared/domain/result';
import type { TaxCode } from '../../src/shared/domain/tax';
import { snapshotOf } from '../../src/shared/domain/tax';
import type { CoreProcess } from './core-process';

/** What the core acknowledged, and what was asked of it without an answer. */
export class Acknowledged {
  /** By client: the last name acknowledged, and names asked for since. */
  readonly clients = new Map<ClientUid, Versions>();
  /** By draft or issued document: the last notes acknowledged, and notes asked for since. */
  readonly documents = new Map<InvoiceUid, Versions>();
  /** Documents that may be issued by now: finalising was asked for. */
  readonly asked = new Set<InvoiceUid>();
  /** By issued document: its number. */
  readonly numbers = new Map<InvoiceUid, string>();
  readonly payments = new Set<string>();
  readonly orders = new Set<string>();
  writes = 0;
}

export interface Versions {
  last: string;
  readonly pending: Set<string>;
}

/** A random number source with a seed, so that a failing run can be repeated. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(random: Random, items: Iterable<T>): T | undefined {
  const all = [...items];
  return all[Math.floor(random() * all.length)];
}

/** The core died while it was asked: the end of a worker. */
class CoreGone extends Error {}

function answered<T>(result: Result<T, ApiError> | null): Result<T, ApiError> {
  if (result === null) throw new CoreGone();
  return result;
}

function valueOf<T>(result: Result<T, ApiError> | null): T {
  const answer = answered(result);
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer.value;
}

/** Writes at random until the core dies, and keeps what it acknowledged. */
export async function writeUntilGone(
  core: CoreProcess,
  acknowledged: Acknowledged,
  random: Random,
): Promise<void> {
  const actions = [
    createClient,
    renameClient,
    createDraft,
    createDraft,
    editDraft,
    finalise,
    finalise,
    pay,
    credit,
    order,
  ];
  try {
    const taxCodes = valueOf(await core.call('taxCodes.list', {}));
    for (;;) {
      const action = pick(random, actions);
      await action?.({ core, acknowledged, random, taxCodes });
      acknowledged.writes += 1;
    }
  } catch (error) {
    if (!(error instanceof CoreGone)) throw error;
  }
}

interface Scene {
  readonly core: CoreProcess;
  readonly acknowledged: Acknowledged;
  readonly random: Random;
  readonly taxCodes: readonly TaxCode[];
}

const ADDRESS = {
  line1: '1 Mill Lane',
  line2: '',
  postalCode: '10115',
  city: 'Berlin',
  region: '',
  country: 'DE',
};

function clientOf(name: string) {
  return {
    name,
    contactName: '',
    email: '',
    phone: '',
    address: ADDRESS,
    vatNumber: '',
    companyNumber: '',
    currency: null,
    language: null,
    formats: null,
    terms: null,
    taxCodeUid: null,
    remindersPaused: false,
    notes: '',
  };
}

async function createClient({ core, acknowledged }: Scene): Promise<void> {
  const name = `Client ${newUid()}`;
  const { client } = valueOf(await core.call('clients.create', { client: clientOf(name) }));
  acknowledged.clients.set(client.uid, { last: name, pending: new Set() });
}

async function renameClient({ core, acknowledged, random }: Scene): Promise<void> {
  const found = pick(random, acknowledged.clients);
  if (!found) return;
  const [uid, versions] = found;
  const name = `Renamed ${newUid()}`;
  versions.pending.add(name);
  valueOf(await core.call('clients.update', { uid, client: clientOf(name) }));
  versions.last = name;
}

function linesOf({ random, taxCodes }: Scene): LineItem[] {
  return Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) => {
    const code = pick(random, taxCodes);
    if (!code) throw new Error('a business without tax codes');
    return {
      uid: newUid(),
      productUid: null,
      description: `Work ${index + 1}`,
      unit: 'h',
      quantity: 1 + Math.floor(random() * 100_000),
      unitPrice: 1 + Math.floor(random() * 10_000_000),
      discount: random() < 0.3 ? { kind: 'percent', percent: Math.floor(random() * 50_000) } : null,
      tax: snapshotOf(code),
      sourceLineUid: null,
    };
  });
}

async function createDraft(scene: Scene): Promise<void> {
  const { core, acknowledged, random } = scene;
  const clientUid = pick(random, acknowledged.clients.keys());
  if (clientUid === undefined) return;
  const blank = valueOf(await core.call('invoices.blank', { clientUid }));
  const notes = newUid();
  const content = { ...blank, notes, lines: linesOf(scene) };
  const draft = valueOf(await core.call('invoices.createDraft', { content }));
  acknowledged.documents.set(draft.uid, { last: notes, pending: new Set() });
}

function drafts({ acknowledged }: Scene): readonly InvoiceUid[] {
  return [...acknowledged.documents.keys()].filter((uid) => !acknowledged.asked.has(uid));
}

async function editDraft(scene: Scene): Promise<void> {
  const { core, acknowledged, random } = scene;
  const uid = pick(random, drafts(scene));
  const versions = uid && acknowledged.documents.get(uid);
  if (!uid || !versions) return;
  const { invoice } = valueOf(await core.call('invoices.get', { uid }));
  if (invoice.finalisedAt !== null) return;
  const notes = newUid();
  versions.pending.add(notes);
  const content = { ...invoice.content, notes, lines: linesOf(scene) };
  // Another worker may have finalised it meanwhile: then the edit is refused.
  const result = answered(await core.call('invoices.updateDraft', { uid, content }));
  if (result.ok) versions.last = notes;
}

async function finalise(scene: Scene): Promise<void> {
  const { core, acknowledged, random } = scene;
  const uid = pick(random, drafts(scene));
  if (uid === undefined) return;
  acknowledged.asked.add(uid);
  const result = answered(await core.call('invoices.finalise', { uid }));
  if (!result.ok) throw new Error(`not finalised: ${JSON.stringify(result.error)}`);
  const { number } = result.value;
  if (number !== null) acknowledged.numbers.set(uid, number);
}

async function pay({ core, acknowledged, random }: Scene): Promise<void> {
  const uid = pick(random, acknowledged.numbers.keys());
  if (uid === undefined) return;
  // Refused where nothing is left to pay.
  const result = answered(
    await core.call('payments.markAsPaid', { invoiceUid: uid, method: 'bank_transfer' }),
  );
  if (result.ok) acknowledged.payments.add(result.value.uid);
}

async function credit({ core, acknowledged, random }: Scene): Promise<void> {
  const uid = pick(random, acknowledged.numbers.keys());
  if (uid === undefined) return;
  // Refused where everything is credited, and for credit notes.
  const result = answered(await core.call('invoices.credit', { uid, alsoCopy: false }));
  if (!result.ok) return;
  const { creditNote } = result.value;
  acknowledged.documents.set(creditNote.uid, {
    last: creditNote.content.notes,
    pending: new Set(),
  });
  acknowledged.asked.add(creditNote.uid);
  const issued = answered(await core.call('invoices.finalise', { uid: creditNote.uid }));
  if (issued.ok && issued.value.number !== null) {
    acknowledged.numbers.set(creditNote.uid, issued.value.number);
  }
}

async function order(scene: Scene): Promise<void> {
  const { core, acknowledged, random } = scene;
  const clientUid = pick(random, acknowledged.clients.keys());
  if (clientUid === undefined) return;
  const blank = valueOf(await core.call('invoices.blank', { clientUid }));
  const { currency, pricesIncludeTax, issueDate } = blank;
  const created = valueOf(
    await core.call('orders.create', {
      content: {
        clientUid,
        currency,
        orderDate: issueDate,
        buyerReference: '',
        notes: '',
        pricesIncludeTax,
        discount: null,
        lines: linesOf(scene),
      },
    }),
  );
  acknowledged.orders.add(created.uid);
  const draft = valueOf(await core.call('orders.createInvoice', { uid: created.uid }));
  acknowledged.documents.set(draft.uid, { last: draft.content.notes, pending: new Set() });
}
