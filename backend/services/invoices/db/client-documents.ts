import { and, eq, isNull, or, sql } from 'drizzle-orm';

import type { BusinessUid, ClientUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { creations, invoices } from './schema';

/** Whether an invoice, credit note or draft names the client, or one that is being made. */
export async function hasInvoices(
  db: Database,
  tenant: BusinessUid,
  client: { readonly id: number; readonly uid: ClientUid },
): Promise<boolean> {
  const [stored, begun] = await Promise.all([
    db
      .select({ id: invoices.id })
      .from(invoices)
      .where(
        and(
          eq(invoices.tenant, tenant),
          or(eq(invoices.clientId, client.id), eq(invoices.clientUid, client.uid)),
          isNull(invoices.deletedAt),
        ),
      )
      .limit(1),
    db
      .select({ uid: creations.invoiceUid })
      .from(creations)
      .where(
        and(
          eq(creations.tenant, tenant),
          isNull(creations.storedAt),
          sql`json_value(${creations.request}, '$.clientId') = ${client.id}`,
        ),
      )
      .limit(1),
  ]);
  return stored.length + begun.length > 0;
}
