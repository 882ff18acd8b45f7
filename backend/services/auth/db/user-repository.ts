import { and, eq, isNull, sql } from 'drizzle-orm';

import type { Database, Transaction } from '../../../kit/database/database';
import { isDuplicate } from '../../../kit/database/database-errors';
import { signUps, users } from './schema';

export type User = typeof users.$inferSelect;

export async function findUser(db: Database | Transaction, sub: string): Promise<User | null> {
  const [row] = await db.select().from(users).where(eq(users.cognitoSub, sub));
  return row ?? null;
}

/** The user who registered with an address and has shown that it is his own. */
export async function findUserByEmail(
  transaction: Transaction,
  email: string,
): Promise<User | null> {
  const [row] = await transaction
    .select()
    .from(users)
    .where(eq(users.emailKey, email.toLowerCase()));
  return row === undefined || row.confirmedAt === null ? null : row;
}

export interface NewUser {
  readonly sub: string;
  readonly email: string;
  readonly isConfirmed: boolean;
  /** The pool has just said that nobody else has this address. */
  readonly isSignUp: boolean;
}

/** Keeps a user; null when the `sub` is known already, however close the other call came. */
export async function insertUser(
  transaction: Transaction,
  { sub, email, isConfirmed, isSignUp }: NewUser,
): Promise<User | null> {
  const now = new Date();
  const row = {
    cognitoSub: sub,
    email,
    emailKey: null,
    confirmedAt: isConfirmed ? now : null,
    createdAt: now,
  };
  const id = await insertUnlessThere(transaction, row);
  if (id === null) return null;
  // Somebody who was found by the address is not in the pool any more.
  if (isSignUp) {
    await transaction.update(users).set({ emailKey: null }).where(eq(users.emailKey, email));
  }
  const emailKey = await takeEmailKey(transaction, id, email);
  return { ...row, id, emailKey };
}

/**
 * Runs `work` while nobody else signs up with the address: the second of two at once begins when the
 * first is through, in whatever process, and finds the address taken.
 */
export async function aloneWithAddress<T>(
  transaction: Transaction,
  email: string,
  work: () => Promise<T>,
): Promise<T> {
  await transaction
    .insert(signUps)
    .values({ emailKey: email })
    // Has those who wait queue for the row: a plain insert would have them stand in each other's way.
    .onDuplicateKeyUpdate({ set: { emailKey: sql`${signUps.emailKey}` } });
  const outcome = await work();
  await transaction.delete(signUps).where(eq(signUps.emailKey, email));
  return outcome;
}

async function insertUnlessThere(
  transaction: Transaction,
  row: typeof users.$inferInsert,
): Promise<number | null> {
  try {
    const [{ insertId }] = await transaction.insert(users).values(row);
    return insertId;
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

/** Who has an address keeps it: a token's address is something that its user could write. */
async function takeEmailKey(
  transaction: Transaction,
  id: number,
  email: string,
): Promise<string | null> {
  try {
    await transaction.update(users).set({ emailKey: email }).where(eq(users.id, id));
    return email;
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

export async function markConfirmed(transaction: Transaction, user: User): Promise<void> {
  await transaction
    .update(users)
    .set({ confirmedAt: new Date() })
    .where(and(eq(users.id, user.id), isNull(users.confirmedAt)));
}
