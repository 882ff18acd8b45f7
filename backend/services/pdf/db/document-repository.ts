import { and, eq, sql } from 'drizzle-orm';

import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import type { StoredDocument } from './schema';
import { documents } from './schema';

export async function findDocument(
  db: Database | Transaction,
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
): Promise<StoredDocument | undefined> {
  const [row] = await db
    .select()
    .from(documents)
    .where(and(eq(documents.tenant, tenant), eq(documents.invoiceUid, invoiceUid)));
  return row;
}

export async function findDocumentOfInvoice(
  db: Database | Transaction,
  tenant: BusinessUid,
  invoiceId: number,
): Promise<StoredDocument | undefined> {
  const [row] = await db
    .select()
    .from(documents)
    .where(and(eq(documents.tenant, tenant), eq(documents.invoiceId, invoiceId)))
    .limit(1);
  return row;
}

/** Keeps a document; when two were at it at once, the first one stays, which has the same bytes. */
export async function keepDocument(
  db: Database | Transaction,
  tenant: BusinessUid,
  document: Omit<StoredDocument, 'tenant'>,
): Promise<void> {
  await db
    .insert(documents)
    .values({ ...document, tenant })
    .onDuplicateKeyUpdate({ set: { tenant: sql`${documents.tenant}` } });
}
