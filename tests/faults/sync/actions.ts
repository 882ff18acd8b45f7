import type { BusinessContext } from '../../../src/core/context';
import { clientUseCases } from '../../../src/core/features/clients/client-use-cases';
import { aClient } from '../../../src/core/features/clients/testing/client-input';
import { aLine, NO_TAX } from '../../../src/core/features/documents/testing/builders';
import { invoiceUseCases } from '../../../src/core/features/invoices/invoice-use-cases';
import { paymentUseCases } from '../../../src/core/features/payments/payment-use-cases';
import { sendUseCases } from '../../../src/core/features/sends/send-use-cases';
import { businessUseCases } from '../../../src/core/businesses/business-use-cases';
import { creditUseCases } from '../../../src/core/features/invoices/credit-use-cases';
import { orderUseCases } from '../../../src/core/features/orders/order-use-cases';
import { productUseCases } from '../../../src/core/features/products/product-use-cases';
import { adapterOf } from '../../../src/core/sync/adapters';
import { openAttention } from '../../../src/core/sync/attention';
import { conflictItem, resolveConflict } from '../../../src/core/sync/choices';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { businessInput } from '../../../src/shared/domain/business';
import { currencyCode } from '../../../src/shared/domain/currency';
import { documentContent } from '../../../src/shared/domain/invoice';
import type { ClientUid, InvoiceUid, OrderUid, ProductUid } from '../../../src/shared/domain/ids';
import type { Invoice } from '../../../src/shared/domain/invoice';
import { minor } from '../../../src/shared/domain/money';
import { orderContent } from '../../../src/shared/domain/order';
import { productInput } from '../../../src/shared/domain/product';
import type { DomainError, Result } from '../../../src/shared/domain/result';
import { ok } from '../../../src/shared/domain/result';
import type { EditLog } from './edit-log';
import type { Action } from './schedule';

/** What a person did and was told that it is done: it may not get lost from here on. */
export interface Deed {
  readonly collection: 'clients' | 'products' | 'orders' | 'invoices' | 'payments' | 'sends';
  readonly uid: string;
  readonly device: string;
  /** Of what was finalised: what the paper says. */
  readonly issued?: { readonly number: string; readonly sha256: string | null };
  /** Of a payment: what was recorded. */
  readonly amount?: number;
}

export interface Acting {
  readonly context: BusinessContext;
  readonly device: string;
  readonly pick: number;
  readonly edits: EditLog;
  readonly did: (deed: Deed) => void;
  /**
   * A person took it back, with every word that he saw in it: it may be gone, or back by what others
   * did with it.
   */
  readonly deleted: (record: { readonly uid: string }) => void;
}

type Outcome<T> = Result<T, DomainError> | Promise<Result<T, DomainError>>;

/** Answers the value; null when the app refused, which is its right. */
async function value<T>(outcome: Outcome<T>): Promise<T | null> {
  const result = await outcome;
  return result.ok ? result.value : null;
}

function pickFrom<T>(all: readonly T[], pick: number): T | null {
  return all.length === 0 ? null : (all[pick % all.length] ?? null);
}

function uidsOf(context: BusinessContext, collection: SyncCollection): readonly string[] {
  return context.replica.read((scope) => adapterOf(collection).uids(scope));
}

async function someClient({ context, pick }: Acting) {
  const uid = pickFrom(uidsOf(context, 'clients'), pick);
  return uid === null
    ? null
    : await value(clientUseCases['clients.get'](context, { uid: uid as ClientUid }));
}

async function invoicesOf(
  { context }: Acting,
  fits: (invoice: Invoice) => boolean,
): Promise<readonly Invoice[]> {
  const found: Invoice[] = [];
  for (const uid of uidsOf(context, 'invoices')) {
    const view = await value(invoiceUseCases['invoices.get'](context, { uid: uid as InvoiceUid }));
    if (view !== null && fits(view.invoice)) found.push(view.invoice);
  }
  return found;
}

async function someDraft(acting: Acting): Promise<Invoice | null> {
  return pickFrom(await invoicesOf(acting, (one) => one.finalisedAt === null), acting.pick);
}

async function someIssued(acting: Acting): Promise<Invoice | null> {
  const issued = await invoicesOf(
    acting,
    (one) => one.finalisedAt !== null && one.kind === 'invoice',
  );
  return pickFrom(issued, acting.pick);
}

/** Each action as the screens do it: by the app's own use cases, on what this device shows. */
export const ACTORS: Readonly<Record<Action, (acting: Acting) => Promise<void>>> = {
  async create_client({ context, edits, did, device }) {
    const word = edits.newWord();
    const made = await value(
      clientUseCases['clients.create'](context, {
        client: aClient({ name: `Client ${word}`, email: `${word}@example.com`, notes: word }),
      }),
    );
    if (made === null) return;
    did({ collection: 'clients', uid: made.client.uid, device });
    edits.wrote(made.client.uid, 'notes', '', word);
  },

  async edit_client_name(acting) {
    await editClient(acting, 'name');
  },

  async edit_client_notes(acting) {
    await editClient(acting, 'notes');
  },

  async delete_client(acting) {
    const client = await someClient(acting);
    if (client === null) return;
    const done = await value(clientUseCases['clients.delete'](acting.context, { uid: client.uid }));
    if (done !== null) acting.deleted(client);
  },

  async create_draft(acting) {
    const { context, edits, did, device } = acting;
    const client = await someClient(acting);
    if (client === null) return;
    const blank = await value(
      invoiceUseCases['invoices.blank'](context, { clientUid: client.uid }),
    );
    if (blank === null) return;
    const word = edits.newWord();
    const content = { ...blank, notes: word, lines: [aLine(), aLine({ description: 'Travel' })] };
    const made = await value(invoiceUseCases['invoices.createDraft'](context, { content }));
    if (made === null) return;
    did({ collection: 'invoices', uid: made.uid, device });
    edits.wrote(made.uid, 'notes', '', word);
  },

  async edit_draft_notes(acting) {
    const { context, edits } = acting;
    const draft = await someDraft(acting);
    if (draft === null) return;
    const word = edits.newWord();
    const content = documentContent.parse({ ...draft.content, notes: word });
    const done = await value(
      invoiceUseCases['invoices.updateDraft'](context, { uid: draft.uid, content }),
    );
    if (done !== null) edits.wrote(draft.uid, 'notes', draft.content.notes, word);
  },

  async edit_draft_line(acting) {
    await editLines(acting, (lines, { pick, edits }, note) => {
      const line = pickFrom(lines, pick);
      if (line === null) return lines;
      const word = edits.newWord();
      note(line.uid, line.description, word);
      return lines.map((one) => (one.uid === line.uid ? { ...one, description: word } : one));
    });
  },

  async add_draft_line(acting) {
    await editLines(acting, (lines, { edits }) => [
      ...lines,
      aLine({ description: edits.newWord(), tax: NO_TAX }),
    ]);
  },

  async remove_draft_line(acting) {
    await editLines(acting, (lines, { pick }) => {
      const line = pickFrom(lines, pick);
      return lines.length < 2 ? lines : lines.filter((one) => one.uid !== line?.uid);
    });
  },

  async delete_draft(acting) {
    const draft = await someDraft(acting);
    if (draft === null) return;
    const done = await value(
      invoiceUseCases['invoices.deleteDraft'](acting.context, { uid: draft.uid }),
    );
    if (done !== null) acting.deleted(draft);
  },

  async finalise(acting) {
    const { context, did, device } = acting;
    const draft = await someDraft(acting);
    if (draft === null) return;
    const issued = await value(invoiceUseCases['invoices.finalise'](context, { uid: draft.uid }));
    if (issued === null || issued.number === null || issued.pdfSha256 === null) return;
    did({
      collection: 'invoices',
      uid: issued.uid,
      device,
      issued: { number: issued.number, sha256: issued.pdfSha256 },
    });
  },

  async pay(acting) {
    const { context, did, device } = acting;
    const invoice = await someIssued(acting);
    if (invoice === null) return;
    const paid = await value(
      paymentUseCases['payments.record'](context, {
        payment: {
          invoiceUid: invoice.uid,
          date: invoice.content.issueDate,
          amount: minor(1_00),
          method: 'bank_transfer',
          reference: '',
        },
      }),
    );
    if (paid !== null) did({ collection: 'payments', uid: paid.uid, device, amount: 1_00 });
  },

  async send(acting) {
    const { context, did, device } = acting;
    const invoice = await someIssued(acting);
    if (invoice === null) return;
    const sent = await value(
      sendUseCases['sends.request'](context, {
        invoiceUid: invoice.uid,
        mail: {
          to: ['client@example.com'],
          cc: [],
          bcc: [],
          replyTo: '',
          subject: 'Your invoice',
          body: 'Here it is.',
        },
      }),
    );
    if (sent !== null) did({ collection: 'sends', uid: sent.uid, device });
  },

  async cancel_send({ context, pick, deleted }) {
    const uid = pickFrom(uidsOf(context, 'sends'), pick);
    if (uid === null) return;
    await value(sendUseCases['sends.cancel'](context, { uid }));
    // A wish that nobody had heard of is gone without a trace.
    if (!uidsOf(context, 'sends').includes(uid)) deleted({ uid });
  },

  async credit(acting) {
    const { context, did, device } = acting;
    const invoice = await someIssued(acting);
    if (invoice === null) return;
    const made = await value(
      creditUseCases['invoices.credit'](context, { uid: invoice.uid, alsoCopy: false }),
    );
    if (made !== null) did({ collection: 'invoices', uid: made.creditNote.uid, device });
  },

  async edit_draft_currency(acting) {
    const { context, pick } = acting;
    const draft = await someDraft(acting);
    if (draft === null) return;
    const currency = currencyCode.parse(CURRENCIES[pick % CURRENCIES.length]);
    // An amount means something in its currency alone: these fields travel together (R32).
    const content = documentContent.parse({ ...draft.content, currency, exchangeRate: null });
    await value(invoiceUseCases['invoices.updateDraft'](context, { uid: draft.uid, content }));
  },

  async create_product({ context, did, device, edits }) {
    const made = await value(
      productUseCases['products.create'](context, {
        product: productInput.parse({
          code: '',
          name: edits.newWord(),
          unit: 'h',
          unitPrice: 100_0000,
          currency: 'EUR',
          taxCodeUid: null,
        }),
      }),
    );
    if (made !== null) did({ collection: 'products', uid: made.uid, device });
  },

  async edit_product({ context, pick, edits }) {
    const uid = pickFrom(uidsOf(context, 'products'), pick) as ProductUid | null;
    if (uid === null) return;
    const before = await value(productUseCases['products.get'](context, { uid }));
    if (before === null) return;
    const word = edits.newWord();
    const done = await value(
      productUseCases['products.update'](context, {
        uid,
        product: productInput.parse({ ...before, name: word }),
      }),
    );
    if (done !== null) edits.wrote(uid, 'name', before.name, word);
  },

  async create_order(acting) {
    const { context, did, device, edits } = acting;
    const client = await someClient(acting);
    const word = edits.newWord();
    const made = await value(
      orderUseCases['orders.create'](context, {
        content: orderContent.parse({
          clientUid: client?.uid ?? null,
          currency: 'EUR',
          orderDate: '2026-03-10',
          buyerReference: '',
          notes: word,
          pricesIncludeTax: false,
          discount: null,
          lines: [aLine()],
        }),
      }),
    );
    if (made === null) return;
    did({ collection: 'orders', uid: made.uid, device });
    edits.wrote(made.uid, 'notes', '', word);
  },

  async edit_order({ context, pick, edits }) {
    const uid = pickFrom(uidsOf(context, 'orders'), pick) as OrderUid | null;
    if (uid === null) return;
    const view = await value(orderUseCases['orders.get'](context, { uid }));
    if (view === null) return;
    const { content: before } = view.order;
    const word = edits.newWord();
    const content = orderContent.parse({ ...before, notes: word });
    const done = await value(orderUseCases['orders.update'](context, { uid, content }));
    if (done !== null) edits.wrote(uid, 'notes', before.notes, word);
  },

  async edit_business({ context, edits }) {
    const before = await value(businessUseCases['businesses.get'](context, {}));
    if (before === null) return;
    const word = edits.newWord();
    const done = await value(
      businessUseCases['businesses.update'](context, {
        business: businessInput.parse({ ...before, notes: word }),
      }),
    );
    if (done !== null) edits.wrote(before.uid, 'notes', before.notes, word);
  },

  keep_mine({ context, pick }) {
    context.replica.write((scope) => {
      const open = openAttention(scope).filter(({ kind }) => kind === 'conflict');
      const row = pickFrom(open, pick);
      if (row === null) return ok({});
      const { fields } = conflictItem(scope, row);
      const decisions = fields.map((field) => ({ ...field, keep: 'mine' as const }));
      return resolveConflict(scope, row.id, decisions);
    });
    return Promise.resolve();
  },
};

const CURRENCIES = ['EUR', 'GBP', 'USD'] as const;

async function editClient(acting: Acting, field: 'name' | 'notes'): Promise<void> {
  const { context, edits } = acting;
  const client = await someClient(acting);
  if (client === null) return;
  const word = edits.newWord();
  const done = await value(
    clientUseCases['clients.update'](context, {
      uid: client.uid,
      client: aClient({ ...client, [field]: word }),
    }),
  );
  if (done !== null) edits.wrote(client.uid, field, client[field], word);
}

type Lines = Invoice['content']['lines'];

async function editLines(
  acting: Acting,
  change: (
    lines: Lines,
    acting: Acting,
    note: (uid: string, saw: string, wrote: string) => void,
  ) => Lines,
): Promise<void> {
  const draft = await someDraft(acting);
  if (draft === null) return;
  const notes: [string, string, string][] = [];
  const lines = change(draft.content.lines, acting, (...one) => notes.push(one));
  const content = documentContent.parse({ ...draft.content, lines });
  const done = await value(
    invoiceUseCases['invoices.updateDraft'](acting.context, { uid: draft.uid, content }),
  );
  if (done === null) return;
  for (const [line, saw, wrote] of notes) {
    acting.edits.wrote(draft.uid, `lines.${line}.description`, saw, wrote);
  }
}
