import { and, asc, eq, isNull, max } from 'drizzle-orm';

import type { MembershipState } from '../../../../src/shared/contracts/events/events';
import type { Role } from '../../../../src/shared/contracts/rest-v1/route';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { recordEvent } from '../../../kit/messaging/outbox';
import { businesses, memberships, users } from './schema';
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
    })
    .from(memberships)
    .innerJoin(businesses, eq(businesses.tenant, memberships.tenant))
    .where(and(eq(memberships.userSub, sub), isNull(memberships.removedAt)))
    .orderBy(asc(memberships.position));
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
