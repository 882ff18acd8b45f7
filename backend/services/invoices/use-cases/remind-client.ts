import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { IdempotencyClaim } from '../../../kit/http/handlers';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound } from '../../../kit/http/refusal';
import type { InvoicesContext } from '../context';
import { changingOnce } from '../db/publishing';
import { isShown, lockInvoice } from '../db/invoice-repository';
import { restStatusOf } from '../domain/rest-status';
import { beginReminder } from './deliveries';

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
    await beginReminder(transaction, invoice, { sendUid, reminderStep }, now);
    return { send_uid: sendUid };
  });
}
