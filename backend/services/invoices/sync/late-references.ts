import { and, eq, inArray, isNull } from 'drizzle-orm';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { clientIdsOf } from '../db/references';
import { invoices } from '../db/schema';
import type { StoredDocument } from './changed-documents';

/**
 * Clients whose event came while a batch was being written: the event looked for documents before
 * these were there, so the documents look for the client once more (R20).
 */
export async function nameLateClients(
  transaction: Transaction,
  tenant: BusinessUid,
  stored: readonly StoredDocument[],
): Promise<void> {
  const nameless = stored.filter(({ row }) => row.clientUid !== null && row.clientId === null);
  const found = await clientIdsOf(
    transaction,
    tenant,
    nameless.map(({ row }) => row.clientUid),
  );
  for (const [uid, id] of found) {
    const own = nameless.filter(({ row }) => row.clientUid === uid).map(({ row }) => row.id);
    await transaction
      .update(invoices)
      .set({ clientId: id })
      .where(
        and(eq(invoices.tenant, tenant), inArray(invoices.id, own), isNull(invoices.clientId)),
      );
  }
}
