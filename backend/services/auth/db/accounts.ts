import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import { recordEvent } from '../../../kit/messaging/outbox';
import { newTaxCodes } from '../domain/business-record';
import type { BusinessWishes } from '../domain/new-business';
import { settingsForNewBusiness } from '../domain/new-business';
import { insertBusiness } from './business-repository';
import { takeUpInvitations } from './invitation-repository';
import type { NewUser, User } from './user-repository';
import { findUser, insertUser, markConfirmed } from './user-repository';

export interface Account {
  readonly user: User;
  /** The first business, when it was made just now. */
  readonly business: BusinessUid | null;
}

/**
 * Sees to it that a user of the pool has a row, a first business and the membership that makes it
 * his: all at once or nothing, and once, however often and from how many sides it is asked for.
 */
export async function ensureAccount(
  transaction: Transaction,
  account: NewUser,
  wishes: BusinessWishes = {},
): Promise<Account> {
  const known = await findUser(transaction, account.sub);
  if (known !== null) return confirmed(transaction, known, account);
  const user = await insertUser(transaction, account);
  if (user === null) {
    const other = await findUser(transaction, account.sub);
    if (other === null) throw new Error('a user is neither new nor known');
    return confirmed(transaction, other, account);
  }
  const settings = settingsForNewBusiness(wishes, user.email);
  const records = newTaxCodes(settings.address.country);
  const business = await insertBusiness(transaction, user, { settings, records });
  await recordEvent(transaction, 'UserRegistered', null, {
    user_id: user.id,
    business: business.tenant,
  });
  return { user, business: business.tenant };
}

async function confirmed(
  transaction: Transaction,
  user: User,
  { isConfirmed }: Pick<NewUser, 'isConfirmed'>,
): Promise<Account> {
  if (isConfirmed && user.confirmedAt === null) await markConfirmed(transaction, user);
  return { user, business: null };
}

/**
 * Tells that a user has signed in, whose account is made good first where it has to be. What he is
 * invited into is his from here on.
 */
export async function recordLogin(
  db: Database,
  user: { readonly sub: string; readonly email: string },
): Promise<void> {
  const signedIn = await transact(db, async (transaction) => {
    const account = await ensureAccount(transaction, {
      ...user,
      isConfirmed: true,
      isSignUp: false,
    });
    await recordEvent(transaction, 'UserLoggedIn', null, { user_id: account.user.id });
    return account.user;
  });
  await takeUpInvitations(db, signedIn);
}
