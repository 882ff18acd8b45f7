import { aLine, NO_TAX } from '../../../src/core/features/documents/testing/builders';
import { creditUseCases } from '../../../src/core/features/invoices/credit-use-cases';
import { invoiceUseCases } from '../../../src/core/features/invoices/invoice-use-cases';
import { currencyCode } from '../../../src/shared/domain/currency';
import type { Invoice } from '../../../src/shared/domain/invoice';
import { documentContent } from '../../../src/shared/domain/invoice';
import {
  type Acting,
  type Actors,
  pickFrom,
  someClient,
  someDraft,
  someIssued,
  value,
} from './acting';

const CURRENCIES = ['EUR', 'GBP', 'USD'] as const;

/** What is done to drafts and with them. */
export const DRAFT_ACTORS = {
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

  async edit_draft_currency(acting) {
    const { context, pick } = acting;
    const draft = await someDraft(acting);
    if (draft === null) return;
    const currency = currencyCode.parse(CURRENCIES[pick % CURRENCIES.length]);
    // An amount means something in its currency alone: these fields travel together (R32).
    const content = documentContent.parse({ ...draft.content, currency, exchangeRate: null });
    await value(invoiceUseCases['invoices.updateDraft'](context, { uid: draft.uid, content }));
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

  async credit(acting) {
    const { context, did, device } = acting;
    const invoice = await someIssued(acting);
    if (invoice === null) return;
    const made = await value(
      creditUseCases['invoices.credit'](context, { uid: invoice.uid, alsoCopy: false }),
    );
    if (made !== null) did({ collection: 'invoices', uid: made.creditNote.uid, device });
  },
} satisfies Actors;

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
