import { isDeepStrictEqual } from 'node:util';

import type { BusinessSettings } from '../../../../src/shared/contracts/events/events';
import { businessSettings } from '../../../../src/shared/contracts/events/events';
import type { authRoutes } from '../../../../src/shared/contracts/rest-v1/auth';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { isDuplicate } from '../../../kit/database/database-errors';
import type { Call, Handlers } from '../../../kit/http/handlers';
import { isRefusal, transactOnce } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, invalid, notFound, refusalOf, refuse } from '../../../kit/http/refusal';
import type { Memberships } from '../adapters/membership-source';
import type { StoredBusiness } from '../db/business-repository';
import {
  countFounded,
  findBusiness,
  insertBusiness,
  lockBusiness,
  publishSettings,
  saveSettings,
} from '../db/business-repository';
import { takeUpInvitations } from '../db/invitation-repository';
import { businessesOf, leavePristine, lockMembers } from '../db/membership-repository';
import type { User } from '../db/user-repository';
import { businessIssues, newTaxCodes } from '../domain/business-record';
import { MOST_BUSINESSES, settingsForNewBusiness } from '../domain/new-business';
import { businessViewOf, membershipViewOf } from './views';

type BusinessRoutes = Pick<
  typeof authRoutes,
  'listBusinesses' | 'createBusiness' | 'getBusiness' | 'updateBusiness'
>;

const NO_USER = refuse(401, 'token_invalid');

export function createBusinessHandlers(
  db: Database,
  memberships: Memberships,
): Handlers<BusinessRoutes> {
  return {
    async listBusinesses({ caller }) {
      const user = await memberships.userOf(caller.sub);
      if (user === null) return NO_USER;
      await takeUpInvitations(db, user);
      return { status: 200, body: (await businessesOf(db, caller.sub)).map(membershipViewOf) };
    },

    async createBusiness({ caller, body }) {
      const user = await memberships.userOf(caller.sub);
      if (user === null) return NO_USER;
      const business = await createOnce(db, user, body);
      return isRefusal(business) ? business : { status: 201, body: businessViewOf(business) };
    },

    async getBusiness({ member }) {
      const business = await findBusiness(db, member.tenant);
      return business === null ? notFound('business') : answerWith(business);
    },

    updateBusiness: ({ member, body, ifMatch }) =>
      transactOnce(db, member.tenant, null, async (transaction) => {
        const business = await lockBusiness(transaction, member.tenant);
        if (business === null) return notFound('business');
        if (ifMatch !== null && ifMatch !== business.revision) return conflict('stale_revision');
        const settings = businessSettings.parse({ ...business.settings, ...body });
        const issues = businessIssues(settings, business.settings);
        if (issues.length > 0) return refusalOf({ kind: 'refused', issues });
        if (isDeepStrictEqual(settings, business.settings)) return answerWith(business);
        const saved = await saveSettings(transaction, business, settings);
        await publishSettings(transaction, saved);
        return answerWith(saved);
      }),
  };
}

type Wishes = Call<typeof authRoutes.createBusiness>['body'];

/** Makes a business, or finds the one that an earlier call of its owner made under the same uid. */
async function createOnce(
  db: Database,
  user: User,
  wishes: Wishes,
): Promise<StoredBusiness | Refusal> {
  const settings =
    wishes.settings === undefined
      ? settingsForNewBusiness(wishes, user.email)
      : { ...wishes.settings, sendReceipts: false };
  const issues = businessIssues(settings, null);
  if (issues.length > 0) {
    return invalid(issues.map(({ field, code }) => ({ field: `settings.${field}`, code })));
  }
  try {
    return await makeBusiness(db, user, wishes, settings);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Another call for the same uid came first, and is through now.
    return makeBusiness(db, user, wishes, settings);
  }
}

function makeBusiness(
  db: Database,
  user: User,
  { uid, created_at: createdAt, replaces }: Wishes,
  settings: BusinessSettings,
): Promise<StoredBusiness | Refusal> {
  return transactOnce(db, uid ?? newUid<BusinessUid>(), null, async (transaction) => {
    const known = uid === undefined ? null : await lockBusiness(transaction, uid);
    if (known !== null) {
      const members = await lockMembers(transaction, known.tenant);
      const own = members.find((one) => one.userId === user.id && one.removedAt === null);
      return own?.role === 'owner' ? known : conflict('business_exists');
    }
    if ((await countFounded(transaction, user)) >= MOST_BUSINESSES) {
      return conflict('too_many_businesses');
    }
    if (replaces !== undefined) await leavePristine(transaction, replaces, user);
    return insertBusiness(transaction, user, {
      tenant: uid,
      settings,
      createdAt: createdAt === undefined ? undefined : new Date(createdAt),
      // A device brings its own.
      records: uid === undefined ? newTaxCodes(settings.address.country) : [],
    });
  });
}

function answerWith(business: StoredBusiness) {
  return {
    status: 200 as const,
    body: businessViewOf(business),
    revision: business.revision,
  };
}

/** What other services ask of a business of which no event has told them yet. */
export async function settingsAnswer(db: Database, tenant: BusinessUid) {
  const business = await findBusiness(db, tenant);
  return business === null ? null : { revision: business.revision, settings: business.settings };
}
