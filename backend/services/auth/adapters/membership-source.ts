import type { Database } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import type { MembershipSource } from '../../../kit/identity/membership';
import type { MembershipState } from '../../../../src/shared/contracts/events/events';
import { ensureAccount } from '../db/accounts';
import { membershipsOf, stateOf } from '../db/membership-repository';
import type { User } from '../db/user-repository';
import { findUser } from '../db/user-repository';
import type { UserPool } from './user-pool';

export interface Memberships extends MembershipSource {
  /** All of a user's memberships, removed ones too. */
  all(sub: string): Promise<readonly MembershipState[]>;
  /** The user whom a good token names; null when the pool does not know him any more. */
  userOf(sub: string): Promise<User | null>;
}

/**
 * The memberships themselves. A user of the pool who has no account yet, because he signed up with
 * Cognito directly or because a call was cut off between the two, gets it when he is first asked for.
 */
export function createMemberships(db: Database, pool: Pick<UserPool, 'find'>): Memberships {
  async function userOf(sub: string): Promise<User | null> {
    const known = await findUser(db, sub);
    if (known?.confirmedAt) return known;
    const found = await pool.find(sub);
    if (found?.sub !== sub || !found.isConfirmed) return known;
    const { user } = await transact(db, (transaction) =>
      ensureAccount(transaction, { ...found, isSignUp: false }),
    );
    return user;
  }

  async function all(sub: string): Promise<readonly MembershipState[]> {
    const stored = await membershipsOf(db, sub);
    if (stored.length > 0) return stored.map(stateOf);
    if ((await userOf(sub)) === null) return [];
    return (await membershipsOf(db, sub)).map(stateOf);
  }

  return {
    all,
    userOf,
    find: async (sub) => (await all(sub)).filter((one) => !one.removed),
  };
}
