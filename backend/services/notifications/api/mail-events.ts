import type { Database } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import { PoisonMessageError } from '../../../kit/messaging/message-errors';
import type { Logger } from '../../../kit/telemetry/log';
import { lockMessage, updateMessage } from '../db/message-repository';
import { suppress } from '../db/suppression-repository';
import { settle } from '../domain/message-state';
import type { MailEvent } from '../domain/ses-event';
import { readMailEvent } from '../domain/ses-event';
import { tellFailure, tellSent } from '../message-ledger';

/**
 * What SES tells of a mail: settles what was unknown, and turns bounces and complaints into
 * EmailFailed and the suppression list. In any order, any number of times.
 */
export function createMailEvents(db: Database, log: Logger): (detail: unknown) => Promise<void> {
  return async (detail) => {
    const event = read(detail);
    if (event === null) return;
    const isKnown = await transact(db, async (transaction) => {
      const { tenant, messageUid } = event;
      const row = await lockMessage(transaction, tenant, messageUid);
      if (row === undefined) return false;
      await suppress(transaction, tenant, event.suppress, event.suppressReason);
      const settlement = settle(row.state, event.fate);
      if (settlement === null) return true;
      const { state, tell } = settlement;
      const { reason, sesId } = event;
      await updateMessage(transaction, tenant, messageUid, { state, reason, sesId });
      if (tell === 'sent') await tellSent(transaction, row, sesId);
      else if (tell !== null) await tellFailure(transaction, row, tell, reason ?? 'mail_rejected');
      return true;
    });
    if (!isKnown) log.warn({ message_uid: event.messageUid }, 'SES told of an unknown mail');
  };
}

function read(detail: unknown): MailEvent | null {
  try {
    return readMailEvent(detail);
  } catch (cause) {
    throw new PoisonMessageError('what SES told is malformed', { cause });
  }
}
