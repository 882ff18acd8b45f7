import { and, asc, eq, exists, isNull, max, ne, not, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/mysql-core';

import type { MembershipState } from '../../../../src/shared/contracts/events/events';
import type { Role } from '../../../../src/shared/contracts/rest-v1/route';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { recordEvent } from '../../../kit/messaging/outbox';
import {
  businesses,
  collectionHeads,
  devices,
  invitations,
  memberships,
  syncDevices,
  users,
} from './schema';
import type { User } from './user-repository';

export type Membership = typeof memberships.$inferSelect;

export function stateOf(membership: Membership): MembershipState {
  return {
    user: membership.userSub,
    user_id: membership.userId,
    business: membership.tenant,
    role: membership.role,
    position: membership.position,
    revision: membership.revision,
    removed: membership.removedAt !== null,
  };
}

/** All of a user's memberships, removed ones too, the first one first. */
export async function membershipsOf(db: Database, sub: string): Promise<readonly Membership[]> {
  return db
    .select()
    .from(memberships)
    .where(eq(memberships.userSub, sub))
    .orderBy(asc(memberships.position));
}

/** Those that stand, with the names of their businesses. */
export async function businessesOf(db: Database, sub: string) {
  return db
    .select({
      tenant: memberships.tenant,
      name: businesses.name,
      role: memberships.role,
      createdAt: memberships.createdAt,
      isPristine: sql<boolean>`${isPristine(db)}`.mapWith(Boolean),
    })
    .from(memberships)
    .innerJoin(businesses, eq(businesses.tenant, memberships.tenant))
    .where(and(eq(memberships.userSub, sub), isNull(memberships.removedAt)))
    .orderBy(asc(memberships.position));
}

/**
 * Whether the business of a membership is the one that registering made, and nobody has used it:
 * settings as they were, no devices, no records at any service, nobody else in it or invited.
 */
function isPristine(db: Database | Transaction) {
  const one = { one: sql`1` };
  const others = alias(memberships, 'others');
  const isOfBusiness = (
    table: typeof devices | typeof syncDevices | typeof collectionHeads | typeof invitations,
  ) => exists(db.select(one).from(table).where(eq(table.tenant, memberships.tenant)));
  const isShared = exists(
    db
      .select(one)
      .from(others)
      .where(and(eq(others.tenant, memberships.tenant), ne(others.userId, memberships.userId))),
  );
  const isUsed = or(
    isOfBusiness(devices),
    isOfBusiness(syncDevices),
    isOfBusiness(collectionHeads),
    isOfBusiness(invitations),
    isShared,
  );
  return and(
    eq(memberships.position, 1),
    eq(memberships.role, 'owner'),
    eq(businesses.revision, 1),
    isUsed === undefined ? undefined : not(isUsed),
  );
}

/**
 * Lets a user leave the business that registering made, if it is pristine: a business that he
 * brought along takes its place. Any other is left alone.
 */
export async function leavePristine(
  transaction: Transaction,
  tenant: BusinessUid,
  user: User,
): Promise<void> {
  // Its own row first, as who registers a device or changes the settings does.
  await transaction
    .select({ tenant: businesses.tenant })
    .from(businesses)
    .where(eq(businesses.tenant, tenant))
    .for('update');
  await lockMembers(transaction, tenant);
  const [found] = await transaction
    .select({ membership: memberships })
    .from(memberships)
    .innerJoin(businesses, eq(businesses.tenant, memberships.tenant))
    .where(
      and(
        eq(memberships.tenant, tenant),
        eq(memberships.userId, user.id),
        isNull(memberships.removedAt),
        isPristine(transaction),
      ),
    );
  if (found === undefined) return;
  await changeMembership(transaction, found.membership, { removedAt: new Date() });
}

/** Who is in a business, in the order of joining. */
export async function membersOf(db: Database, tenant: BusinessUid) {
  return db
    .select({
      userId: memberships.userId,
      email: users.email,
      role: memberships.role,
      createdAt: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenant, tenant), isNull(memberships.removedAt)))
    .orderBy(asc(memberships.createdAt), asc(memberships.userId));
}

/** All members of a business, held until the transaction ends: who stays is decided by all. */
export async function lockMembers(
  transaction: Transaction,
  tenant: BusinessUid,
): Promise<readonly Membership[]> {
  return transaction.select().from(memberships).where(eq(memberships.tenant, tenant)).for('update');
}

/** Makes a user a member, after all that he is already, and tells of it. */
export async function addMembership(
  transaction: Transaction,
  tenant: BusinessUid,
  user: User,
  role: Role,
): Promise<Membership> {
  const position = await nextPosition(transaction, user);
  const membership: Membership = {
    tenant,
    userId: user.id,
    userSub: user.cognitoSub,
    role,
    position,
    revision: 1,
    removedAt: null,
    createdAt: new Date(),
  };
  await transaction.insert(memberships).values(membership);
  await recordEvent(transaction, 'MembershipChanged', tenant, stateOf(membership));
  return membership;
}

/** Changes a membership that `lockMembers` has locked, and tells of it. */
export async function changeMembership(
  transaction: Transaction,
  membership: Membership,
  change: Partial<Pick<Membership, 'role' | 'removedAt' | 'createdAt'>>,
): Promise<Membership> {
  const changed = { ...membership, ...change, revision: membership.revision + 1 };
  await transaction
    .update(memberships)
    .set({ ...change, revision: changed.revision })
    .where(
      and(eq(memberships.tenant, membership.tenant), eq(memberships.userId, membership.userId)),
    );
  await recordEvent(transaction, 'MembershipChanged', membership.tenant, stateOf(changed));
  return changed;
}

/**
 * The next of a user's positions, without a gap; the user's row is held, so that no two get the
 * same.
 */
async function nextPosition(transaction: Transaction, user: User): Promise<number> {
  await transaction.select({ id: users.id }).from(users).where(eq(users.id, user.id)).for('update');
  const [row] = await transaction
    .select({ last: max(memberships.position) })
    .from(memberships)
    .where(eq(memberships.userSub, user.cognitoSub));
  return (row?.last ?? 0) + 1;
}
