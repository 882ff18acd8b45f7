import { and, eq, sql } from 'drizzle-orm';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { suppressions } from './schema';

/** Whether a tenant's mail to an address (in small letters) came back, or was complained of. */
export async function isSuppressed(
  db: Database,
  tenant: BusinessUid,
  address: string,
): Promise<boolean> {
  const rows = await db
    .select({ address: suppressions.address })
    .from(suppressions)
    .where(and(eq(suppressions.tenant, tenant), eq(suppressions.address, address)));
  return rows.length > 0;
}

export async function suppress(
  transaction: Transaction,
  tenant: BusinessUid,
  addresses: readonly string[],
  reason: 'bounce' | 'complaint',
): Promise<void> {
  if (addresses.length === 0) return;
  const createdAt = new Date();
  await transaction
    .insert(suppressions)
    .values(addresses.map((address) => ({ tenant, address, reason, createdAt })))
    .onDuplicateKeyUpdate({ set: { tenant: sql`${suppressions.tenant}` } });
}
