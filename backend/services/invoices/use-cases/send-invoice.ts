import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import type { IdempotencyClaim } from '../../../kit/http/handlers';
import { earlierOutcome, isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound } from '../../../kit/http/refusal';
import type { InvoicesContext } from '../context';
import { changingOnce } from '../db/publishing';
import { findInvoice, isShown, lockInvoice, saveInvoice } from '../db/invoice-repository';
import type { InvoiceRow } from '../db/rows';
import { lockSend } from '../db/send-repository';
import { DUPLICATE } from '../domain/delivery';
import { beginSend, retrySend } from './deliveries';
import { finaliseDraft, paperFor } from './finalise-draft';
import { tellInvoice } from './tell-invoice';

interface SendOutcome {
  readonly id: number;
}

/** Sends an invoice: a draft for the first time, a failed mail again, a sent one once more. */
export async function sendInvoice(
  context: InvoicesContext,
  tenant: BusinessUid,
  id: number,
  isAnyway: boolean,
  claim: IdempotencyClaim | null,
): Promise<SendOutcome | Refusal> {
  const earlier = await earlierOutcome<SendOutcome>(context.db, tenant, claim);
  if (earlier !== undefined) return earlier;
  const seen = await findInvoice(context.db, tenant, id);
  if (!isShown(seen)) return notFound('invoice');
  const today = await context.directory.today(tenant);
  const paper =
    seen.finalisedAt === null
      ? await paperFor(context, tenant, seen.clientId, await context.directory.business(tenant))
      : null;
  if (isRefusal(paper)) return paper;
  return changingOnce<SendOutcome>(context.db, tenant, claim, async (transaction) => {
    const stored = await lockInvoice(transaction, tenant, id);
    if (!isShown(stored)) return notFound('invoice');
    if (stored.finalisedAt !== null) {
      const sent = await sendAgain(context, transaction, stored, { isAnyway, today });
      return isRefusal(sent) ? sent : { id };
    }
    if (paper === null || stored.clientId !== seen.clientId) return conflict('stale_revision');
    const finalised = await finaliseDraft(context, transaction, stored, paper, today);
    return isRefusal(finalised) ? finalised : { id };
  });
}

/** Another mail with a finalised document, whose row the caller holds. */
export async function sendAgain(
  context: InvoicesContext,
  transaction: Transaction,
  invoice: InvoiceRow,
  { isAnyway, today }: { readonly isAnyway: boolean; readonly today: CalendarDate },
): Promise<InvoiceRow | Refusal> {
  const now = context.now();
  const { deliveryState: state, deliverySendUid: sendUid, deliveryReason: reason } = invoice;
  const { tenant } = invoice;
  if (invoice.isImported) return conflict('document_missing');
  if (state === 'pending') return conflict('delivery_pending');
  if (state === 'unknown' && !isAnyway) return conflict('delivery_unknown');
  if (state === 'held' && reason === DUPLICATE && !isAnyway) return conflict('delivery_held');
  if ((state === 'failed' || state === 'held') && sendUid !== null) {
    const send = await lockSend(transaction, tenant, sendUid);
    if (send !== null) return retrySend(transaction, invoice, send, today, now);
  }
  const columns = await beginSend(transaction, invoice, newUid(), now);
  const changed = await saveInvoice(transaction, invoice, columns, now);
  await tellInvoice(transaction, 'InvoiceUpdated', changed, 'delivery', today);
  return changed;
}
