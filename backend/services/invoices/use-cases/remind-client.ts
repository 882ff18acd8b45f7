import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { IdempotencyClaim } from '../../../kit/http/handlers';
import { transactOnce } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound } from '../../../kit/http/refusal';
import { recordEvent } from '../../../kit/messaging/outbox';
import type { InvoicesContext } from '../context';
import { lockInvoice } from '../db/invoice-repository';
import { insertSend, newSend } from '../db/send-repository';
import { addEntry } from '../db/timeline-repository';
import { restStatusOf } from '../domain/rest-status';

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
  return transactOnce(context.db, tenant, claim, async (transaction) => {
    const invoice = await lockInvoice(transaction, tenant, id);
    if (invoice === null || invoice.deletedAt !== null) return notFound('invoice');
    if (restStatusOf(invoice, today) !== 'overdue') return conflict('not_overdue');
    const now = context.now();
    const sendUid = newUid();
    const reminderStep = Math.max(1, invoice.reminderStep);
    await insertSend(
      transaction,
      newSend(
        { tenant, sendUid, invoiceId: id, kind: 'reminder', wasSettled: false, reminderStep },
        now,
      ),
    );
    await addEntry(transaction, invoice, {
      key: `reminder:started:${sendUid}`,
      step: 'reminder',
      state: 'started',
      at: now,
      sendUid,
    });
    await recordEvent(transaction, 'ReminderRequested', tenant, {
      send_uid: sendUid,
      invoice_uid: invoice.uid,
      step: reminderStep,
    });
    return { send_uid: sendUid };
  });
}
