import { and, asc, eq, isNotNull } from 'drizzle-orm';

import type { Role } from '../../../../src/shared/contracts/rest-v1/route';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import { addMembership, changeMembership, lockMembers } from './membership-repository';
import { invitations, users } from './schema';
import type { User } from './user-repository';

export type Invitation = typeof invitations.$inferSelect;

/** Invites an address, in lower case; one that is invited already has the new role from here on. */
export async function invite(
  transaction: Transaction,
  tenant: BusinessUid,
  email: string,
  role: Role,
): Promise<void> {
  await transaction
    .insert(invitations)
    .values({ tenant, email, role, createdAt: new Date() })
    .onDuplicateKeyUpdate({ set: { role } });
}

/** Who is invited into a business, the first one first. */
export async function invitationsOf(
  db: Database,
  tenant: BusinessUid,
): Promise<readonly Invitation[]> {
  return db
    .select()
    .from(invitations)
    .where(eq(invitations.tenant, tenant))
    .orderBy(asc(invitations.id));
}

/** False where there is none of this id in the business. */
export async function withdraw(
  transaction: Transaction,
  tenant: BusinessUid,
  id: number,
): Promise<boolean> {
  const own = and(eq(invitations.tenant, tenant), eq(invitations.id, id));
  const [{ affectedRows }] = await transaction.delete(invitations).where(own);
  return affectedRows > 0;
}

/**
 * Makes a user a member wherever his address is invited, which he has shown to be his own. He asks
 * for it by signing in or by asking which businesses he has: nobody else can tell when that is.
 */
export async function takeUpInvitations(db: Database, user: User): Promise<void> {
  const open = await db
    .select({ id: invitations.id, tenant: invitations.tenant })
    .from(invitations)
    .innerJoin(users, eq(users.emailKey, invitations.email))
    .where(and(eq(users.id, user.id), isNotNull(users.confirmedAt)))
    .orderBy(asc(invitations.id));
  for (const { id, tenant } of open) {
    await transact(db, (transaction) => takeUp(transaction, tenant, id, user));
  }
}

async function takeUp(
  transaction: Transaction,
  tenant: BusinessUid,
  id: number,
  user: User,
): Promise<void> {
  const members = await lockMembers(transaction, tenant);
  const [invitation] = await transaction
    .select()
    .from(invitations)
    .where(eq(invitations.id, id))
    .for('update');
  // Withdrawn, or taken up by another call of his.
  if (invitation === undefined) return;
  await transaction.delete(invitations).where(eq(invitations.id, id));
  const { role } = invitation;
  const known = members.find((one) => one.userId === user.id);
  if (known === undefined) await addMembership(transaction, tenant, user, role);
  else if (known.removedAt !== null) {
    await changeMembership(transaction, known, { role, removedAt: null, createdAt: new Date() });
  }
}
