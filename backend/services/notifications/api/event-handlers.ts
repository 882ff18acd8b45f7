import { checkpoint } from '../../../kit/checkpoint';
import type { EventHandlers } from '../../../kit/run-service';
import type { Logger } from '../../../kit/telemetry/log';
import type { BusinessProjection } from '../adapters/business-projection';
import type { MailOrder } from '../domain/delivery';
import { orderOfReceipt, orderOfSend } from '../domain/delivery';
import type { Sending } from '../sending';

/** A mail that no workflow waits for could not go out for now; its event comes again. */
class MailPostponedError extends Error {
  override readonly name = 'MailPostponedError';
}

/** Reminders that are asked for, receipts for what is paid, and the settings that decide on them. */
export function createEventHandlers(
  send: Sending,
  businesses: BusinessProjection,
  log: Logger,
): EventHandlers {
  async function deliver(order: MailOrder): Promise<void> {
    const delivery = await send(order, async () => {
      checkpoint('follow_up_mail', 'before-commit');
    });
    if (delivery.kind === 'sent') return;
    const { error, reason } = delivery;
    if (error === 'Transient') throw new MailPostponedError(reason);
    log.warn({ message_uid: order.messageUid, kind: order.kind, reason }, 'a mail did not go out');
  }

  return {
    async BusinessUpdated({ tenant, data }) {
      if (tenant !== null) await businesses.apply(tenant, data);
    },

    async ReminderRequested({ tenant, data }) {
      if (tenant === null) return;
      const { send_uid, invoice_uid } = data;
      await deliver(
        orderOfSend({
          tenant,
          sendUid: send_uid,
          invoiceUid: invoice_uid,
          kind: 'reminder',
          execution: null,
        }),
      );
    },

    async InvoiceUpdated({ tenant, data }) {
      if (tenant === null || data.change !== 'paid' || data.kind !== 'invoice') return;
      if (!(await businesses.sendsReceipts(tenant))) return;
      await deliver(orderOfReceipt(tenant, data.uid, data.revision));
    },
  };
}
