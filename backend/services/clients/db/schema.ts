import {
  boolean,
  char,
  customType,
  index,
  int,
  mysqlTable,
  primaryKey,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';

import type { ClientUid } from '../../../../src/shared/domain/ids';
import type { Address } from '../../../../src/shared/domain/party';
import type { DocumentLanguage } from '../../../../src/shared/domain/tax';
import { jsonColumn, momentColumn, uuidColumn } from '../../../kit/database/columns';

export {
  idempotencyKeys,
  memberships,
  outbox,
  stepOutcomes,
  syncDevices,
  syncHeads,
  syncMutations,
  syncRecords,
} from '../../../kit/database/kit-tables';

/** Text that is compared as it is: folded already, so that no collation has a say. */
function exactText(name: string, length: number) {
  return customType<{ data: string }>({
    dataType: () => `varchar(${length}) collate utf8mb4_bin`,
  })(name);
}

/** An e-mail address as it was typed; capitals make no difference in finding it. */
function emailColumn(name: string) {
  return customType<{ data: string }>({
    dataType: () => 'varchar(254) collate utf8mb4_unicode_ci',
  })(name);
}

export const clients = mysqlTable(
  'clients',
  {
    tenant: uuidColumn('tenant').notNull(),
    id: int('id').autoincrement().notNull(),
    uid: uuidColumn('uid').$type<ClientUid>().notNull(),
    revision: int('revision').notNull(),
    name: varchar('name', { length: 200 }).notNull(),
    contactName: varchar('contact_name', { length: 120 }).notNull(),
    email: emailColumn('email').notNull(),
    /**
     * Who of the tenant's clients holds this address: lower case, and null for deleted ones and
     * for duplicates that come by other ways than REST.
     */
    emailKey: exactText('email_key', 254),
    phone: varchar('phone', { length: 40 }).notNull(),
    /** As shown; composed where `postal_address` is known. */
    address: varchar('address', { length: 1000 }).notNull(),
    postalAddress: jsonColumn<Address>('postal_address'),
    vatNumber: varchar('vat_number', { length: 40 }).notNull(),
    companyNumber: varchar('company_number', { length: 40 }).notNull(),
    language: varchar('language', { length: 2 }).$type<DocumentLanguage>(),
    remindersPaused: boolean('reminders_paused').notNull(),
    /** Folded name, contact and e-mail address (a letter may fold into several). */
    search: exactText('search', 4000).notNull(),
    archivedAt: momentColumn('archived_at'),
    deletedAt: momentColumn('deleted_at'),
    createdAt: momentColumn('created_at').notNull(),
    updatedAt: momentColumn('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    uniqueIndex('clients_id').on(table.id),
    uniqueIndex('clients_uid').on(table.tenant, table.uid),
    uniqueIndex('clients_email_key').on(table.tenant, table.emailKey),
    index('clients_email').on(table.tenant, table.email),
  ],
);

/** Businesses as the auth service tells, as far as their clients need them. */
export const businesses = mysqlTable(
  'businesses',
  {
    tenant: uuidColumn('tenant').notNull(),
    revision: int('revision').notNull(),
    country: char('country', { length: 2 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant] })],
);
