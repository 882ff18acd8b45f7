import { eq } from 'drizzle-orm';

import type { BusinessSettings } from '../../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { recordEvent } from '../../../kit/messaging/outbox';
import { addMembership } from './membership-repository';
import { businesses } from './schema';
import type { User } from './user-repository';

export type StoredBusiness = typeof businesses.$inferSelect;

export async function findBusiness(
  db: Database,
  tenant: BusinessUid,
): Promise<StoredBusiness | null> {
  const [row] = await db.select().from(businesses).where(eq(businesses.tenant, tenant));
  return row ?? null;
}

/** The same, held until the transaction ends. */
export async function lockBusiness(
  transaction: Transaction,
  tenant: BusinessUid,
): Promise<StoredBusiness | null> {
  const [row] = await transaction
    .select()
    .from(businesses)
    .where(eq(businesses.tenant, tenant))
    .for('update');
  return row ?? null;
}

/** A new business that the user owns; tells of both. */
export async function insertBusiness(
  transaction: Transaction,
  owner: User,
  settings: BusinessSettings,
): Promise<StoredBusiness> {
  const now = new Date();
  const business: StoredBusiness = {
    tenant: newUid(),
    revision: 1,
    name: settings.name,
    settings,
    createdAt: now,
    updatedAt: now,
  };
  await transaction.insert(businesses).values(business);
  await tell(transaction, business);
  await addMembership(transaction, business.tenant, owner, 'owner');
  return business;
}

/** Keeps new settings of a business that `lockBusiness` has locked, and tells of them. */
export async function saveSettings(
  transaction: Transaction,
  business: StoredBusiness,
  settings: BusinessSettings,
): Promise<StoredBusiness> {
  const changed: StoredBusiness = {
    ...business,
    settings,
    name: settings.name,
    revision: business.revision + 1,
    updatedAt: new Date(),
  };
  await transaction.update(businesses).set(changed).where(eq(businesses.tenant, business.tenant));
  await tell(transaction, changed);
  return changed;
}

async function tell(transaction: Transaction, business: StoredBusiness): Promise<void> {
  const { tenant, revision, settings } = business;
  await recordEvent(transaction, 'BusinessUpdated', tenant, { revision, settings });
}
