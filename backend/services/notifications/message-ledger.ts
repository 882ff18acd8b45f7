import type { DeliveryReason } from '../../../src/shared/contracts/delivery-reasons';
import type { EventData } from '../../../src/shared/contracts/events/events';
import type { PermittedMail } from '../../../src/shared/contracts/internal/mail-permit';
import { checkpoint } from '../../kit/checkpoint';
import type { Database, Transaction } from '../../kit/database/database';
import { transact } from '../../kit/database/database';
import { isDuplicate } from '../../kit/database/database-errors';
import { recordEvent } from '../../kit/messaging/outbox';
import { deleteMessage, insertMessage, lockMessage, updateMessage } from './db/message-repository';
import { countMail, uncountMail } from './db/quota-repository';
import type { StoredMessage } from './db/schema';
import type { Delivery, MailOrder } from './domain/delivery';
import { deliveryOf, failed, isClaimable } from './domain/delivery';
import { isOpen } from './domain/message-state';

/** What of a mail its row shows. */
export interface Addressed {
  readonly mail: Pick<PermittedMail, 'invoice_id' | 'to'>;
  readonly subject: string;
}

/** A claim that is committed: the right, and the duty, to hand this mail to SES now. */
export interface Claim {
  /** The day (UTC) that it is counted on. */
  readonly day: string;
}

/** What is stored with the effect of the step that asked for the mail. */
export type Remember = (transaction: Transaction, delivery: Delivery) => Promise<void>;

/**
 * The rows of mails and their changes. Every change locks the row and tells its event in the same
 * transaction, so that a mail is never claimed twice and nothing is told that does not stand.
 */
export interface MessageLedger {
  /** `taken`: somebody else has the claim, or had it. */
  claim(
    order: MailOrder,
    addressed: Addressed,
    isAnyway: boolean,
  ): Promise<Claim | 'taken' | 'quota_exceeded'>;
  /** SES did not take the mail, but may soon: nothing remains, so that it can be claimed again. */
  release(order: MailOrder, reason: DeliveryReason, claim: Claim): Promise<void>;
  /** The mail will not go out by this attempt; another attempt may claim it again. */
  fail(
    order: MailOrder,
    addressed: Addressed,
    reason: DeliveryReason,
    claim: Claim | null,
  ): Promise<Delivery>;
  /** Nobody can tell whether it went out. Never repeated by itself (DOMAIN 18). */
  markUnknown(order: MailOrder): Promise<Delivery>;
  /** SES took it. */
  finish(order: MailOrder, sesId: string, remember: Remember): Promise<Delivery>;
}

export function createMessageLedger(db: Database, mailsPerDay: number): MessageLedger {
  return {
    async claim(order, addressed, isAnyway) {
      const day = new Date().toISOString().slice(0, 10);
      try {
        return await transact(db, async (transaction) => {
          const row = await lockMessage(transaction, order.tenant, order.messageUid);
          if (row !== undefined && !isClaimable(row, order, isAnyway)) return 'taken';
          // Before the count, so that two at once fail here and not on each other's locks.
          await put(transaction, order, addressed, row, { state: 'claimed', reason: null });
          if ((await countMail(transaction, order.tenant, day)) > mailsPerDay) {
            throw new QuotaExceededError();
          }
          checkpoint('claim_mail', 'before-commit');
          return { day };
        });
      } catch (error) {
        if (error instanceof QuotaExceededError) return 'quota_exceeded';
        if (isDuplicate(error)) return 'taken';
        throw error;
      }
    },

    async release(order, reason, claim) {
      await transact(db, async (transaction) => {
        const row = await lockMessage(transaction, order.tenant, order.messageUid);
        if (row === undefined || !isOpen(row.state)) return;
        if (row.state === 'unknown') await settleRefused(transaction, order, reason);
        else await deleteMessage(transaction, order.tenant, order.messageUid);
        await uncountMail(transaction, order.tenant, claim.day);
      });
    },

    async fail(order, addressed, reason, claim) {
      return transact(db, async (transaction) => {
        const row = await lockMessage(transaction, order.tenant, order.messageUid);
        // Without a claim of one's own, what another is at, or has done, stays as it is.
        const isMine = row === undefined || row.state === 'failed' || claim !== null;
        if (!isMine || (row !== undefined && isSettled(row))) {
          const known = deliveryOf(row);
          return typeof known === 'string' ? failed('Transient', 'mail_in_progress') : known;
        }
        if (claim !== null) await uncountMail(transaction, order.tenant, claim.day);
        if (row?.state === 'unknown') await settleRefused(transaction, order, reason);
        else {
          await put(transaction, order, addressed, row, { state: 'failed', reason });
          await tellFailure(transaction, order, 'failed', reason);
        }
        return failed('Permanent', reason);
      });
    },

    async markUnknown(order) {
      return transact(db, async (transaction) => {
        const row = await lockMessage(transaction, order.tenant, order.messageUid);
        const reason = 'delivery_unknown';
        if (row?.state === 'claimed') {
          await updateMessage(transaction, order.tenant, order.messageUid, {
            state: 'unknown',
            reason,
          });
          await tellFailure(transaction, order, 'unknown', reason);
          return failed('DeliveryUnknown', reason);
        }
        const known = row === undefined ? 'claim' : deliveryOf(row);
        return typeof known === 'string' ? failed('Transient', 'mail_in_progress') : known;
      });
    },

    async finish(order, sesId, remember) {
      return transact(db, async (transaction) => {
        const row = await lockMessage(transaction, order.tenant, order.messageUid);
        if (row === undefined) throw new Error('the row of a claimed mail is gone');
        let delivery = deliveryOf({ ...row, sesId });
        // SES's own word may have been quicker, in whatever sense.
        if (isOpen(row.state)) {
          await updateMessage(transaction, order.tenant, order.messageUid, {
            state: 'sent',
            reason: null,
            sesId,
          });
          await tellSent(transaction, row, sesId);
          delivery = { kind: 'sent', sesId };
        }
        if (typeof delivery === 'string')
          delivery = failed('Permanent', row.reason ?? 'mail_rejected');
        if (delivery.kind === 'sent') await remember(transaction, delivery);
        return delivery;
      });
    },
  };
}

class QuotaExceededError extends Error {
  override readonly name = 'QuotaExceededError';
}

function isSettled(row: StoredMessage): boolean {
  return row.state === 'sent' || row.state === 'delivered' || row.state === 'bounced';
}

/**
 * SES refused the mail, but its word took longer than the claim may last: others were told that
 * nobody knows. That it came back is what settles it there, whatever attempt they are at.
 */
async function settleRefused(
  transaction: Transaction,
  order: MailOrder,
  reason: DeliveryReason,
): Promise<void> {
  const { tenant, messageUid } = order;
  await updateMessage(transaction, tenant, messageUid, { state: 'bounced', reason });
  await tellFailure(transaction, order, 'bounced', reason);
}

async function put(
  transaction: Transaction,
  order: MailOrder,
  { mail, subject }: Addressed,
  row: StoredMessage | undefined,
  { state, reason }: Pick<StoredMessage, 'state' | 'reason'>,
): Promise<void> {
  const now = new Date();
  const values = {
    invoiceId: mail.invoice_id,
    state,
    recipient: mail.to.join(', ').slice(0, 254),
    subject,
    reason,
    sesId: null,
    execution: order.execution,
    claimedAt: state === 'claimed' ? now : null,
  };
  if (row !== undefined) {
    await updateMessage(transaction, order.tenant, order.messageUid, values);
    return;
  }
  const { tenant, messageUid, sendUid, invoiceUid, kind } = order;
  await insertMessage(transaction, {
    ...values,
    tenant,
    messageUid,
    sendUid,
    invoiceUid,
    kind,
    createdAt: now,
    updatedAt: now,
  });
}

type Told = Pick<
  MailOrder,
  'tenant' | 'messageUid' | 'sendUid' | 'invoiceUid' | 'kind' | 'execution'
>;

function named(message: Told): Omit<EventData<'EmailSent'>, 'ses_id' | 'recipient'> {
  return {
    message_uid: message.messageUid,
    send_uid: message.sendUid,
    invoice_uid: message.invoiceUid,
    kind: message.kind,
    execution: message.execution,
  };
}

/** EmailSent, in the transaction that makes it so. */
export async function tellSent(
  transaction: Transaction,
  row: StoredMessage,
  sesId: string,
): Promise<void> {
  await recordEvent(transaction, 'EmailSent', row.tenant, {
    ...named(row),
    ses_id: sesId,
    recipient: row.recipient,
  });
}

/** EmailFailed, in the transaction that makes it so. */
export async function tellFailure(
  transaction: Transaction,
  message: Told,
  outcome: EventData<'EmailFailed'>['outcome'],
  reason: DeliveryReason,
): Promise<void> {
  await recordEvent(transaction, 'EmailFailed', message.tenant, {
    ...named(message),
    outcome,
    reason,
  });
}
