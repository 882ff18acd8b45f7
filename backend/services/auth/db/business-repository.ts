import { count, eq } from 'drizzle-orm';

import type { BusinessSettings } from '../../../../src/shared/contracts/events/events';
import type { SettingsRecord } from '../../../../src/shared/contracts/sync/records';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { recordEvent } from '../../../kit/messaging/outbox';
import { publishRecords } from '../../../kit/sync/publish-records';
import { businessRecordOf } from '../domain/business-record';
import { addMembership } from './membership-repository';
import { businesses, users } from './schema';
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

/**
 * How many businesses a user has made, those that he left or gave away too. His row is held until
 * the transaction ends: two that are made at once are counted one after the other.
 */
export async function countFounded(transaction: Transaction, user: User): Promise<number> {
  await transaction.select({ id: users.id }).from(users).where(eq(users.id, user.id)).for('update');
  const [row] = await transaction
    .select({ founded: count() })
    .from(businesses)
    .where(eq(businesses.founderId, user.id));
  return row?.founded ?? 0;
}

export interface NewBusiness {
  /** Of a business that was made on a device; a new one otherwise. */
  readonly tenant?: BusinessUid | undefined;
  readonly settings: BusinessSettings;
  readonly createdAt?: Date | undefined;
  /** What its devices find besides the business itself. */
  readonly records: readonly SettingsRecord[];
}

/** A new business that the user owns; tells services and devices of it. */
export async function insertBusiness(
  transaction: Transaction,
  owner: User,
  { tenant = newUid<BusinessUid>(), settings, createdAt, records }: NewBusiness,
): Promise<StoredBusiness> {
  const now = new Date();
  const business: StoredBusiness = {
    tenant,
    founderId: owner.id,
    revision: 1,
    name: settings.name,
    settings,
    createdAt: createdAt ?? now,
    updatedAt: now,
  };
  await transaction.insert(businesses).values(business);
  await tell(transaction, business);
  await addMembership(transaction, business.tenant, owner, 'owner');
  await publishSettings(transaction, business, records);
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

/** Tells devices what the business is now: the last thing in a transaction. */
export async function publishSettings(
  transaction: Transaction,
  business: StoredBusiness,
  others: readonly SettingsRecord[] = [],
): Promise<void> {
  const changes = [businessRecordOf(business), ...others].map((record) => ({
    uid: record.uid,
    record,
    deleted: false,
  }));
  await publishRecords(transaction, business.tenant, 'settings', changes);
}

async function tell(transaction: Transaction, business: StoredBusiness): Promise<void> {
  const { tenant, revision, settings } = business;
  await recordEvent(transaction, 'BusinessUpdated', tenant, { revision, settings });
}
