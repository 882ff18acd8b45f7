import { checkpoint } from '../../../kit/checkpoint';
import { StepFailure } from '../../../kit/messaging/message-errors';
import type { StepHandler, StepOutcome } from '../../../kit/messaging/workflow-steps';
import { rememberOutcome } from '../../../kit/messaging/workflow-steps';
import { orderOfSend } from '../domain/delivery';
import type { Sending } from '../sending';

/** The workflow's NotifyClient: the mail with the PDF, at most once for its send. */
export function createNotifyStep(send: Sending): StepHandler {
  return async (request) => {
    const { tenant, send_uid, invoice_uid, execution } = request;
    const order = orderOfSend({
      tenant,
      sendUid: send_uid,
      invoiceUid: invoice_uid,
      kind: 'invoice',
      execution,
    });
    const outcomeOf = (sesId: string): StepOutcome => ({
      message_uid: order.messageUid,
      ses_id: sesId,
    });
    const delivery = await send(order, async (transaction, sent) => {
      if (sent.kind === 'sent') {
        await rememberOutcome(transaction, request, outcomeOf(sent.sesId));
      }
      checkpoint('notify_client', 'before-commit');
    });
    if (delivery.kind === 'failed') throw new StepFailure(delivery.error, delivery.reason);
    return outcomeOf(delivery.sesId);
  };
}
