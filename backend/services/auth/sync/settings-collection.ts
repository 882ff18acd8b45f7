import { isDeepStrictEqual } from 'node:util';

import type {
  Attempt,
  Decision,
  PushAuthor,
  SyncedCollection,
} from '../../../kit/sync/synced-collection';
import type { StoredBusiness } from '../db/business-repository';
import { lockBusiness, saveSettings } from '../db/business-repository';
import type { BusinessRecord } from '../domain/business-record';
import { businessIssues, settingsWith } from '../domain/business-record';

const ACCEPT = { kind: 'accept' } as const;

function reject(code: string, field = '') {
  return { kind: 'reject', code, field } as const;
}

/**
 * The business itself, its tax codes and its series. The first is kept in `businesses` too, for
 * REST and for the other services; the others live as records alone.
 */
export const settingsCollection: SyncedCollection<'settings', StoredBusiness> = {
  name: 'settings',

  async prepare(transaction, tenant) {
    const business = await lockBusiness(transaction, tenant);
    if (business === null) throw new Error('a member of no business');
    return business;
  },

  decide(attempt, business, author) {
    const { before, after } = attempt;
    if (before !== null && before.type !== after.type) return reject('type_fixed', 'type');
    return after.type === 'business'
      ? decideBusiness(attempt, after, business, author)
      : decideOther(attempt, business);
  },

  async apply(transaction, _tenant, changes, business) {
    for (const { after } of changes) {
      if (after.type !== 'business') continue;
      const settings = settingsWith(business.settings, after);
      if (isDeepStrictEqual(settings, business.settings)) continue;
      await saveSettings(transaction, business, settings);
    }
  },
};

/** The rules of PUT /business: owners alone, bank accounts and a logo that can be. */
function decideBusiness(
  { before, isDeleted }: Attempt<'settings'>,
  after: BusinessRecord,
  business: StoredBusiness,
  { role }: PushAuthor,
): Decision<'settings'> {
  if (after.uid !== business.tenant) return reject('business_unknown', 'uid');
  if (role !== null && role !== 'owner') return reject('forbidden');
  if (isDeleted) return reject('business_stays');
  const known = before?.type === 'business' ? before : null;
  // Accounts that stay were taken before.
  const isSame = isDeepStrictEqual(after.bankAccounts, known?.bankAccounts);
  const asked = isSame ? { ...after, bankAccounts: [] } : after;
  const [issue] = businessIssues(asked, known);
  if (issue !== undefined) return reject(issue.code, issue.field);
  // When it was made is known here.
  return { ...ACCEPT, record: { ...after, createdAt: business.createdAt.toISOString() } };
}

function decideOther(
  { after }: Attempt<'settings'>,
  business: StoredBusiness,
): Decision<'settings'> {
  // The name of the business's own record.
  return (after.uid as string) === business.tenant ? reject('uid_taken', 'uid') : ACCEPT;
}
