import { and, asc, eq } from 'drizzle-orm';

import type { MailKind } from '../../../../src/shared/contracts/internal/mail-permit';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import type { StoredMessage } from './schema';
import { messages } from './schema';

export async function findMessageOfSend(
  db: Database,
  tenant: BusinessUid,
  sendUid: string,
  kind: MailKind,
): Promise<StoredMessage | undefined> {
  const [row] = await db
    .select()
    .from(messages)
    .where(
      and(eq(messages.tenant, tenant), eq(messages.sendUid, sendUid), eq(messages.kind, kind)),
    );
  return row;
}

/** A message, its row locked until the transaction ends. */
export async function lockMessage(
  transaction: Transaction,
  tenant: BusinessUid,
  messageUid: string,
): Promise<StoredMessage | undefined> {
  const [row] = await transaction
    .select()
    .from(messages)
    .where(isMessage(tenant, messageUid))
    .for('update');
  return row;
}

export async function insertMessage(transaction: Transaction, row: StoredMessage): Promise<void> {
  await transaction.insert(messages).values(row);
}

export async function updateMessage(
  transaction: Transaction,
  tenant: BusinessUid,
  messageUid: string,
  changes: Partial<Omit<StoredMessage, 'tenant' | 'messageUid'>>,
): Promise<void> {
  await transaction
    .update(messages)
    .set({ ...changes, updatedAt: new Date() })
    .where(isMessage(tenant, messageUid));
}

export async function deleteMessage(
  transaction: Transaction,
  tenant: BusinessUid,
  messageUid: string,
): Promise<void> {
  await transaction.delete(messages).where(isMessage(tenant, messageUid));
}

/** The mails of an invoice, the earliest first. */
export async function listMessages(
  db: Database,
  tenant: BusinessUid,
  invoiceId: number,
): Promise<readonly StoredMessage[]> {
  return db
    .select()
    .from(messages)
    .where(and(eq(messages.tenant, tenant), eq(messages.invoiceId, invoiceId)))
    .orderBy(asc(messages.createdAt), asc(messages.messageUid));
}

function isMessage(tenant: BusinessUid, messageUid: string) {
  return and(eq(messages.tenant, tenant), eq(messages.messageUid, messageUid));
}
