import type { z } from 'zod';

import { scaled } from '../../../../src/shared/contracts/rest-v1/money-fields';
import type { invoiceRoutes } from '../../../../src/shared/contracts/rest-v1/invoices';
import { QUANTITY_DECIMALS } from '../../../../src/shared/contracts/rest-v1/line-numbers';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { CreditSelection, EarlierCredit } from '../../../../src/shared/domain/credit';
import { creditContent } from '../../../../src/shared/domain/credit-rules';
import type { BusinessUid, InvoiceUid, LineUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent } from '../../../../src/shared/domain/invoice';
import { add } from '../../../../src/shared/domain/money';
import { computeTotals } from '../../../../src/shared/domain/totals';
import type { Transaction } from '../../../kit/database/database';
import type { IdempotencyClaim } from '../../../kit/http/handlers';
import { earlierOutcome, isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, invalid, notFound } from '../../../kit/http/refusal';
import type { InvoicesContext } from '../context';
import { changingOnce } from '../db/publishing';
import { insertFrozen, readFrozenHead } from '../db/frozen-repository';
import {
  contentOf,
  findCreditNotes,
  findItems,
  insertInvoice,
  insertItems,
  isShown,
  lockInvoice,
  saveInvoice,
} from '../db/invoice-repository';
import type { InvoiceRow, ItemRow, ShownInvoice } from '../db/rows';
import { addEntry } from '../db/timeline-repository';
import type { PaperParts } from '../domain/creation';
import { draftRow, issueDocument, orderOf } from './issue-document';
import { conflictFor, orRefuse } from './refusals';
import { tellInvoice } from './tell-invoice';

type CreditBody = z.output<(typeof invoiceRoutes)['creditInvoice']['body']>;

interface CreditOutcome {
  readonly id: number;
}

/**
 * Issues a credit note over all that is left of an invoice, or over quantities of its lines, from
 * the credit notes' own series (DOMAIN 1). Its paper names the parties as the invoice's did.
 */
export async function creditInvoice(
  context: InvoicesContext,
  tenant: BusinessUid,
  invoiceId: number,
  body: CreditBody,
  claim: IdempotencyClaim | null,
): Promise<CreditOutcome | Refusal> {
  const earlier = await earlierOutcome<CreditOutcome>(context.db, tenant, claim);
  if (earlier !== undefined) return earlier;
  const today = await context.directory.today(tenant);
  return changingOnce<CreditOutcome>(context.db, tenant, claim, async (transaction) => {
    const invoice = await lockInvoice(transaction, tenant, invoiceId);
    if (!isShown(invoice)) return notFound('invoice');
    if (invoice.finalisedAt === null) return conflict('not_finalised');
    const items = await findItems(transaction, tenant, [invoiceId]);
    const selection = selectionOf(body, items);
    if (isRefusal(selection)) return selection;
    const content = orRefuse(
      creditContent(
        {
          kind: invoice.kind,
          finalisedAt: invoice.finalisedAt.toISOString(),
          content: contentOf(invoice, items),
          totals: computeTotals(contentOf(invoice, items)),
        },
        await earlierCredits(transaction, invoice),
        selection,
        { newLineUid: () => newUid<LineUid>(), issueDate: today },
      ),
      conflictFor,
    );
    if (isRefusal(content)) return content;
    return { id: await issueCredit(context, transaction, { invoice, items, content, today }) };
  });
}

/** Which quantities are wanted; lines are named by their ids. */
function selectionOf(body: CreditBody, items: readonly ItemRow[]): CreditSelection | Refusal {
  if (body?.items === undefined) return 'full';
  const issues: { field: string; code: string }[] = [];
  const selection = body.items.flatMap(({ item_id, quantity }, index) => {
    const item = items.find((one) => one.id === item_id);
    const wanted = scaled(quantity, QUANTITY_DECIMALS);
    if (item === undefined) {
      issues.push({ field: `items.${index}.item_id`, code: 'line_unknown' });
      return [];
    }
    if (wanted === null) {
      issues.push({ field: `items.${index}.quantity`, code: 'too_many_decimals' });
      return [];
    }
    return [{ lineUid: item.lineUid, quantity: wanted }];
  });
  return issues.length > 0 ? invalid(issues) : selection;
}

async function earlierCredits(
  transaction: Transaction,
  invoice: InvoiceRow,
): Promise<readonly EarlierCredit[]> {
  const notes = await findCreditNotes(transaction, invoice.tenant, invoice.uid);
  const items = await findItems(
    transaction,
    invoice.tenant,
    notes.map((note) => note.id),
  );
  return notes.map((note) => {
    const content = contentOf(
      note,
      items.filter((item) => item.invoiceId === note.id),
    );
    return { content, totals: computeTotals(content) };
  });
}

interface Credit {
  readonly invoice: ShownInvoice;
  readonly items: readonly ItemRow[];
  readonly content: DocumentContent;
  readonly today: CalendarDate;
}

async function issueCredit(
  context: InvoicesContext,
  transaction: Transaction,
  { invoice, items, content, today }: Credit,
): Promise<number> {
  const { tenant, clientId } = invoice;

  const now = context.now();
  const uid = newUid<InvoiceUid>();
  const kind = 'credit_note';
  const order = orderOf(invoice);
  const { paper, corrects } = await paperOf(transaction, invoice);
  const subject = { uid, kind, content, order, corrects, paper } as const;
  const draft = draftRow({ tenant, uid, kind, clientId, order, corrects: invoice, content }, now);
  const { columns, frozen } = await issueDocument(transaction, tenant, subject, now);
  const note = await insertInvoice(transaction, { ...draft, ...columns });
  const orderLines = content.lines.map((line) => {
    const credited = items.find((item) => item.lineUid === line.sourceLineUid);
    return credited === undefined ? null : { id: credited.orderItemId, uid: credited.orderLineUid };
  });
  const totals = computeTotals(content);
  await insertItems(transaction, tenant, note.id, { lines: content.lines, totals, orderLines });
  await insertFrozen(transaction, tenant, uid, frozen, paper.logoSha256);
  const credited = add(invoice.credited, totals.total);
  const changed = await saveInvoice(transaction, invoice, { credited }, now);
  const number = note.number ?? '';
  await addEntry(transaction, invoice, {
    key: `credit_note:${note.id}`,
    step: 'credit_note',
    state: 'done',
    at: now,
    details: { credit_note_id: String(note.id), invoice_number: number },
  });
  await addEntry(transaction, note, {
    key: 'create_invoice:done',
    step: 'create_invoice',
    state: 'done',
    at: now,
  });
  await tellInvoice(transaction, 'InvoiceCreated', note, 'finalised', today);
  await tellInvoice(transaction, 'InvoiceUpdated', changed, 'credited', today);
  return note.id;
}

/** The parties as the invoice's own paper names them. */
async function paperOf(transaction: Transaction, invoice: InvoiceRow) {
  const frozen = await readFrozenHead(transaction, invoice.tenant, invoice.uid);
  if (frozen === null || invoice.number === null) {
    throw new Error(`invoice ${invoice.uid} has no paper`);
  }
  const { document, logoSha256 } = frozen;
  const { seller, client } = document;
  const paper: PaperParts = {
    business: {
      uid: document.businessUid,
      ...seller,
      paper: document.paper,
      currency: document.exchangeRate?.to ?? document.currency,
      bankAccounts: document.bankAccount === null ? [] : [document.bankAccount],
    },
    logoSha256,
    client,
  };
  const corrects = {
    invoiceUid: invoice.uid,
    number: invoice.number,
    issueDate: invoice.issueDate,
  };
  return { paper, corrects };
}
