import {
  boolean,
  customType,
  date,
  index,
  int,
  mysqlTable,
  primaryKey,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';

import type { DeliveryReason } from '../../../../src/shared/contracts/delivery-reasons';
import type { MailKind } from '../../../../src/shared/contracts/internal/mail-permit';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import { momentColumn, uuidColumn } from '../../../kit/database/columns';
import type { MessageState } from '../domain/message-state';

export {
  idempotencyKeys,
  memberships,
  outbox,
  stepOutcomes,
} from '../../../kit/database/kit-tables';

/** An address in small letters, compared as it is. */
function addressColumn(name: string) {
  return customType<{ data: string }>({
    dataType: () => 'varchar(254) collate utf8mb4_bin',
  })(name);
}

/** Every mail that was to go out, one for each send and kind (DOMAIN 18). */
export const messages = mysqlTable(
  'messages',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    /** Follows from send and kind, so that it is the same whoever asks, and however often. */
    messageUid: uuidColumn('message_uid').notNull(),
    sendUid: uuidColumn('send_uid').notNull(),
    invoiceUid: uuidColumn('invoice_uid').$type<InvoiceUid>().notNull(),
    invoiceId: int('invoice_id').notNull(),
    kind: varchar('kind', { length: 20 }).$type<MailKind>().notNull(),
    state: varchar('state', { length: 20 }).$type<MessageState>().notNull(),
    recipient: varchar('recipient', { length: 254 }).notNull(),
    subject: varchar('subject', { length: 300 }).notNull(),
    /** Stable code of why it failed. */
    reason: varchar('reason', { length: 60 }).$type<DeliveryReason>(),
    /** SES's own id. */
    sesId: varchar('ses_id', { length: 200 }),
    execution: varchar('execution', { length: 80 }),
    /** When it was claimed last: the one who claims it has until then plus a lease to finish. */
    claimedAt: momentColumn('claimed_at'),
    createdAt: momentColumn('created_at').notNull(),
    updatedAt: momentColumn('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.messageUid] }),
    uniqueIndex('messages_send').on(table.tenant, table.sendUid, table.kind),
    index('messages_invoice').on(table.tenant, table.invoiceId, table.createdAt),
  ],
);
export type StoredMessage = typeof messages.$inferSelect;

/** Addresses that mail of a tenant came back from, or whose owner complained. */
export const suppressions = mysqlTable(
  'suppressions',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    address: addressColumn('address').notNull(),
    reason: varchar('reason', { length: 20 }).$type<'bounce' | 'complaint'>().notNull(),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.address] })],
);

/** How many mails a tenant has handed to SES on a day (UTC). */
export const dailyUsage = mysqlTable(
  'daily_usage',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    mails: int('mails').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.day] })],
);

/** What of the auth service's businesses is needed here, applied only when newer. */
export const businesses = mysqlTable('businesses', {
  tenant: uuidColumn('tenant').$type<BusinessUid>().primaryKey(),
  revision: int('revision').notNull(),
  sendReceipts: boolean('send_receipts').notNull(),
});
