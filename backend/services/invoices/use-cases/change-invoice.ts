import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent } from '../../../../src/shared/domain/invoice';
import { computeTotals } from '../../../../src/shared/domain/totals';
import type { Transaction } from '../../../kit/database/database';
import { isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound } from '../../../kit/http/refusal';
import type { InvoicesContext } from '../context';
import { changingOnce } from '../db/publishing';
import {
  contentOf,
  findInvoice,
  findItems,
  isShown,
  lockInvoice,
  replaceItems,
  saveInvoice,
} from '../db/invoice-repository';
import { findPayments } from '../db/payment-repository';
import type { InvoiceRow, ItemRow, ShownInvoice } from '../db/rows';
import { contentColumns } from '../domain/content-columns';
import type { InvoiceChange } from '../domain/content';
import { changedContent, changesContent } from '../domain/content';
import type { OrderLineKey } from '../domain/order-lines';
import { withOrderLines } from '../domain/order-lines';
import { restStatusOf } from '../domain/rest-status';
import { actionFor } from '../domain/transitions';
import { finaliseDraft, paperFor } from './finalise-draft';
import { clientFor } from './parties';
import { payBalance, reverseLatest, reversiblePayments } from './payments';
import { invalidFor, orRefuse } from './refusals';
import { sendAgain } from './send-invoice';
import { tellInvoice } from './tell-invoice';

interface ChangeScope {
  readonly context: InvoicesContext;
  readonly transaction: Transaction;
  readonly change: InvoiceChange;
  readonly today: CalendarDate;
}

/**
 * Changes an invoice: a draft as wished; of a finalised one, whether its client is reminded, and its
 * status by way of the fact that the status follows from.
 */
export async function changeInvoice(
  context: InvoicesContext,
  tenant: BusinessUid,
  id: number,
  change: InvoiceChange,
  ifMatch: number | null,
): Promise<InvoiceRow | Refusal> {
  const seen = await findInvoice(context.db, tenant, id);
  if (!isShown(seen)) return notFound('invoice');
  const around = await askAround(context, seen, change);
  if (isRefusal(around)) return around;
  const today = await context.directory.today(tenant);
  return changingOnce(context.db, tenant, null, async (transaction) => {
    const scope = { context, transaction, change, today };
    const stored = await lockInvoice(transaction, tenant, id);
    if (!isShown(stored)) return notFound('invoice');
    if (ifMatch !== null && ifMatch !== stored.revision) return conflict('stale_revision');
    const edited = await editInvoice(scope, stored, around);
    return isRefusal(edited) ? edited : changeStatus(scope, edited, around);
  });
}

type Around = Awaited<ReturnType<typeof askAround>>;

/** What of others a change needs, asked before anything is locked. */
async function askAround(context: InvoicesContext, invoice: ShownInvoice, change: InvoiceChange) {
  if (invoice.finalisedAt !== null) return null;
  const { tenant } = invoice;
  const business = await context.directory.business(tenant);
  const isMoved = change.client_id !== undefined && change.client_id !== invoice.clientId;
  const client = isMoved
    ? await clientFor(context, tenant, change.client_id ?? invoice.clientId)
    : null;
  if (isRefusal(client)) return client;
  const clientId = client?.id ?? invoice.clientId;
  const isSent = change.status === 'sent';
  const paper = isSent ? await paperFor(context, tenant, clientId, business) : null;
  if (isRefusal(paper)) return paper;
  return { business, client, clientId, paper };
}

async function editInvoice(
  scope: ChangeScope,
  stored: InvoiceRow,
  around: Exclude<Around, Refusal>,
): Promise<InvoiceRow | Refusal> {
  const { context, transaction, change, today } = scope;
  const { tenant, id } = stored;
  const now = context.now();
  const items = await findItems(transaction, tenant, [id]);
  const content = contentOf(stored, items);
  const remindersPaused = change.reminders_paused ?? stored.remindersPaused;
  const isPauseSame = remindersPaused === stored.remindersPaused;
  const isSameClient = (change.client_id ?? stored.clientId) === stored.clientId;
  if (isSameClient && !changesContent(content, change)) {
    if (isPauseSame) return stored;
    return edited(await saveInvoice(transaction, stored, { remindersPaused }, now));
  }
  if (stored.finalisedAt !== null) return conflict('invoice_finalised');
  // Finalised in between would have been refused: `around` was asked for a draft.
  if (around === null) return conflict('stale_revision');
  const { settings } = around.business;
  const wanted = orRefuse(changedContent(content, change, settings, around.client), invalidFor);
  if (isRefusal(wanted)) return wanted;
  const orderLines = orderLinesFor(wanted.lines, items);
  const next = change.items === undefined ? wanted : withOrderLines(wanted, orderLines);
  const totals = computeTotals(next);
  if (change.items !== undefined) {
    await replaceItems(transaction, tenant, id, { lines: next.lines, totals, orderLines });
  }
  return edited(
    await saveInvoice(
      transaction,
      stored,
      { ...contentColumns(next, totals), clientId: around.clientId, remindersPaused },
      now,
    ),
  );

  async function edited(invoice: InvoiceRow): Promise<InvoiceRow> {
    await tellInvoice(transaction, 'InvoiceUpdated', invoice, 'edited', today);
    return invoice;
  }
}

/** Which order lines new lines stand for: those of the lines that said the same, each but once. */
function orderLinesFor(
  lines: DocumentContent['lines'],
  before: readonly ItemRow[],
): readonly (OrderLineKey | null)[] {
  const left = [...before];
  return lines.map((line) => {
    const index = left.findIndex((item) => item.description === line.description);
    const [same] = index < 0 ? [] : left.splice(index, 1);
    return same === undefined ? null : { id: same.orderItemId, uid: same.orderLineUid };
  });
}

async function changeStatus(
  scope: ChangeScope,
  invoice: InvoiceRow,
  around: Exclude<Around, Refusal>,
): Promise<InvoiceRow | Refusal> {
  const { context, transaction, change, today } = scope;
  if (change.status === undefined) return invoice;
  const payments = await findPayments(transaction, invoice.tenant, invoice.uid);
  const action = actionFor(
    {
      kind: invoice.kind,
      isFinalised: invoice.finalisedAt !== null,
      status: restStatusOf(invoice, today),
      hasPayment: reversiblePayments(payments).length > 0,
    },
    change.status,
  );
  switch (action) {
    case null:
      return conflict('transition_forbidden', [{ field: 'status', code: 'transition_forbidden' }]);
    case 'nothing':
      return invoice;
    case 'finalise_and_send':
      // The draft's client was changed by somebody else since its paper was asked for.
      if (around?.paper === null || around?.clientId !== invoice.clientId) {
        return conflict('stale_revision');
      }
      return finaliseDraft(context, transaction, invoice, around.paper, today);
    case 'send':
      return sendAgain(context, transaction, invoice, { isAnyway: false, today });
    case 'pay':
      return payBalance(context, transaction, invoice, payments, today);
    case 'reverse':
      return reverseLatest(context, transaction, invoice, payments, today);
  }
}

/** Deletes a draft. What was finalised is credited instead, for ever. */
export async function deleteInvoice(
  context: InvoicesContext,
  tenant: BusinessUid,
  id: number,
  ifMatch: number | null,
): Promise<InvoiceRow | Refusal> {
  const today = await context.directory.today(tenant);
  return changingOnce(context.db, tenant, null, async (transaction) => {
    const stored = await lockInvoice(transaction, tenant, id);
    if (!isShown(stored)) return notFound('invoice');
    if (ifMatch !== null && ifMatch !== stored.revision) return conflict('stale_revision');
    if (stored.finalisedAt !== null) return conflict('invoice_finalised');
    const now = context.now();
    const deleted = await saveInvoice(transaction, stored, { deletedAt: now }, now);
    await tellInvoice(transaction, 'InvoiceUpdated', deleted, 'deleted', today);
    return deleted;
  });
}
