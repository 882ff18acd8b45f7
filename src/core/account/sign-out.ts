import type { AccountParts } from './adopt';
import { countUnsent } from '../replica/peek';

/** The businesses on this machine that belong to the account, also when its sign-in has expired. */
export function boundBusinesses({ account, session }: Pick<AccountParts, 'account' | 'session'>) {
  const id = account.known?.id;
  return id === undefined ? [] : session.registry.all().filter((one) => one.accountId === id);
}

/** What signing out would leave untold. */
export function previewSignOut(parts: Pick<AccountParts, 'account' | 'session'>) {
  const bound = boundBusinesses(parts);
  const unsent = bound.map(({ uid }) => countUnsent(parts.session.pathsOf(uid).replica));
  return { unsent: unsent.reduce((sum, one) => sum + one, 0), businesses: bound.length };
}

/**
 * Signs out. Copies that are kept stay readable and can be worked on; they stay bound, so that they
 * go on when the same user signs in and never go up for another. The ledgers stay in either case:
 * no number is issued twice.
 */
export async function signOut(parts: AccountParts, keepsCopies: boolean): Promise<void> {
  const { account, session } = parts;
  const bound = boundBusinesses(parts);
  await account.signOut();
  if (keepsCopies) return;
  const current = session.registry.currentUid();
  for (const { uid } of bound) session.remove(uid);
  if (session.registry.currentUid() !== null || current === null) return;
  const [next] = session.registry.all();
  if (next !== undefined) await session.open(next.uid);
}
