import { char, index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core';

import type { InvoiceUid } from '../../../../src/shared/domain/ids';
import { momentColumn, uuidColumn } from '../../../kit/database/columns';

export {
  idempotencyKeys,
  memberships,
  outbox,
  stepOutcomes,
} from '../../../kit/database/kit-tables';

/** The PDF of each finalised document: one, for ever (DOMAIN 3). */
export const documents = mysqlTable(
  'documents',
  {
    tenant: uuidColumn('tenant').notNull(),
    invoiceUid: uuidColumn('invoice_uid').$type<InvoiceUid>().notNull(),
    /** The invoices service's integer id, by which clients ask. */
    invoiceId: int('invoice_id').notNull(),
    /** Names the file that a person downloads. */
    number: varchar('number', { length: 100 }).notNull(),
    sha256: char('sha256', { length: 64 }).notNull(),
    bytes: int('bytes').notNull(),
    /** In the bucket. */
    storageKey: varchar('storage_key', { length: 200 }).notNull(),
    rendererVersion: varchar('renderer_version', { length: 40 }).notNull(),
    fontSet: varchar('font_set', { length: 40 }).notNull(),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.invoiceUid] }),
    index('documents_invoice_id').on(table.tenant, table.invoiceId),
  ],
);
export type StoredDocument = typeof documents.$inferSelect;
