import { and, eq } from 'drizzle-orm';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { noteSend } from './changes';
import type { InvoiceRow, SendRow } from './rows';
import type { SendMail } from './schema';
import { sends } from './schema';

/** A mail that nobody wrote: the permit says to whom it goes, the business's settings what it says. */
const NO_MAIL: SendMail = {
  to: [],
  cc: [],
  bcc: [],
  replyTo: '',
  subject: '',
  body: '',
  attachmentHashes: [],
};

/** A new send, pending its first attempt. */
export function newSend(
  invoice: Pick<InvoiceRow, 'tenant' | 'id' | 'uid'>,
  send: Pick<SendRow, 'sendUid' | 'kind' | 'wasSettled'> & { readonly reminderStep?: number },
  now: Date,
): SendRow {
  return {
    ...send,
    tenant: invoice.tenant,
    invoiceId: invoice.id,
    invoiceUid: invoice.uid,
    mail: NO_MAIL,
    requestedAt: now,
    cancelledAt: null,
    wantedAttempt: 1,
    state: 'pending',
    attempt: 1,
    reason: null,
    settledAt: null,
    isMailed: false,
    reminderStep: send.reminderStep ?? null,
    anywayAttempt: null,
    permitMessageUid: null,
    permittedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

export async function findSend(
  scope: Database | Transaction,
  tenant: BusinessUid,
  sendUid: string,
): Promise<SendRow | null> {
  const [row] = await scope.select().from(sends).where(isSend(tenant, sendUid));
  return row ?? null;
}

/**
 * The send as it is committed now. Its invoice is locked first, always: so the send needs no order
 * of locks of its own.
 */
export async function lockSend(
  transaction: Transaction,
  tenant: BusinessUid,
  sendUid: string,
): Promise<SendRow | null> {
  const [row] = await transaction.select().from(sends).where(isSend(tenant, sendUid)).for('update');
  return row ?? null;
}

export async function insertSend(transaction: Transaction, send: SendRow): Promise<void> {
  await transaction.insert(sends).values(send);
  noteSend(transaction, send.tenant, send.sendUid, send);
}

export async function saveSend(
  transaction: Transaction,
  send: SendRow,
  change: Partial<SendRow>,
  now: Date,
): Promise<SendRow> {
  const changed = { ...change, updatedAt: now };
  await transaction.update(sends).set(changed).where(isSend(send.tenant, send.sendUid));
  const saved = { ...send, ...changed };
  noteSend(transaction, send.tenant, send.sendUid, saved);
  return saved;
}

function isSend(tenant: BusinessUid, sendUid: string) {
  return and(eq(sends.tenant, tenant), eq(sends.sendUid, sendUid));
}
