import type { BusinessContext } from '../../../src/core/context';
import { clientUseCases } from '../../../src/core/features/clients/client-use-cases';
import { aClient } from '../../../src/core/features/clients/testing/client-input';
import { aLine, NO_TAX } from '../../../src/core/features/documents/testing/builders';
import { invoiceUseCases } from '../../../src/core/features/invoices/invoice-use-cases';
import { paymentUseCases } from '../../../src/core/features/payments/payment-use-cases';
import { sendUseCases } from '../../../src/core/features/sends/send-use-cases';
import { adapterOf } from '../../../src/core/sync/adapters';
import { documentContent } from '../../../src/shared/domain/invoice';
import type { ClientUid, InvoiceUid } from '../../../src/shared/domain/ids';
import type { Invoice } from '../../../src/shared/domain/invoice';
import { minor } from '../../../src/shared/domain/money';
import type { DomainError, Result } from '../../../src/shared/domain/result';
import type { EditLog } from './edit-log';
import type { Action } from './schedule';

/** What a person did and was told that it is done: it may not get lost from here on. */
export interface Deed {
  readonly collection: 'clients' | 'invoices' | 'payments' | 'sends';
  readonly uid: string;
  readonly device: string;
  /** Of what was finalised: what the paper says. */
  readonly issued?: { readonly number: string; readonly sha256: string };
}

export interface Acting {
  readonly context: BusinessContext;
  readonly device: string;
  readonly pick: number;
  readonly edits: EditLog;
  readonly did: (deed: Deed) => void;
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

function uidsOf(context: BusinessContext, collection: 'clients' | 'invoices'): readonly string[] {
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
export const ACTORS: Readonly<Partial<Record<Action, (acting: Acting) => Promise<void>>>> = {
  async create_client({ context, edits, did, device }) {
    const word = edits.newWord();
    const made = await value(
      clientUseCases['clients.create'](context, {
        client: aClient({ name: `Client ${word}`, notes: word }),
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
    if (client !== null) {
      await value(clientUseCases['clients.delete'](acting.context, { uid: client.uid }));
    }
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
    if (draft !== null) {
      await value(invoiceUseCases['invoices.deleteDraft'](acting.context, { uid: draft.uid }));
    }
  },

  async finalise(acting) {
    const { context, did, device } = acting;
    const draft = await someDraft(acting);
    if (draft === null) return;
    const issued = await value(invoiceUseCases['invoices.finalise'](context, { uid: draft.uid }));
    if (issued?.number == null || issued.pdfSha256 === null) return;
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
    if (paid !== null) did({ collection: 'payments', uid: paid.uid, device });
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
};

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
