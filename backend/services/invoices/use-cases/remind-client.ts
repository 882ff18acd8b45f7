import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { IdempotencyClaim } from '../../../kit/http/handlers';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound } from '../../../kit/http/refusal';
import type { InvoicesContext } from '../context';
import { changingOnce } from '../db/publishing';
import { isShown, lockInvoice } from '../db/invoice-repository';
import { insertSend, newSend } from '../db/send-repository';
import { addEntry } from '../db/timeline-repository';
import { restStatusOf } from '../domain/rest-status';
import { startAttempt } from './deliveries';

/**
 * Reminds the client of an overdue invoice by hand: also where the ladder is paused or switched
 * off, never after payment or credit.
 */
export async function remindClient(
  context: InvoicesContext,
  tenant: BusinessUid,
  id: number,
  claim: IdempotencyClaim | null,
): Promise<{ readonly send_uid: string } | Refusal> {
  const today = await context.directory.today(tenant);
  return changingOnce(context.db, tenant, claim, async (transaction) => {
    const invoice = await lockInvoice(transaction, tenant, id);
    if (!isShown(invoice)) return notFound('invoice');
    if (restStatusOf(invoice, today) !== 'overdue') return conflict('not_overdue');
    if (invoice.isImported) return conflict('document_missing');
    const now = context.now();
    const sendUid = newUid();
    const reminderStep = Math.max(1, invoice.reminderStep);
    const wish = { sendUid, kind: 'reminder', wasSettled: false, reminderStep } as const;
    const send = newSend(invoice, wish, now);
    await insertSend(transaction, send);
    await addEntry(transaction, invoice, {
      key: `reminder:started:${sendUid}`,
      step: 'reminder',
      state: 'started',
      at: now,
      sendUid,
    });
    await startAttempt(transaction, invoice, send);
    return { send_uid: sendUid };
  });
}
