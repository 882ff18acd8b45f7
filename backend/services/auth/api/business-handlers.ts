import { isDeepStrictEqual } from 'node:util';

import { businessSettings } from '../../../../src/shared/contracts/events/events';
import type { authRoutes } from '../../../../src/shared/contracts/rest-v1/auth';
import { checkBankDetails } from '../../../../src/shared/domain/bank-check';
import type { BusinessInput } from '../../../../src/shared/domain/business';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Issue } from '../../../../src/shared/domain/result';
import type { Database } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import type { Handlers } from '../../../kit/http/handlers';
import { transactOnce } from '../../../kit/http/idempotency';
import { conflict, notFound, refusalOf, refuse } from '../../../kit/http/refusal';
import type { Memberships } from '../adapters/membership-source';
import type { StoredBusiness } from '../db/business-repository';
import {
  findBusiness,
  insertBusiness,
  lockBusiness,
  saveSettings,
} from '../db/business-repository';
import type { Membership } from '../db/membership-repository';
import {
  addMembership,
  businessesOf,
  changeMembership,
  lockMembers,
  membersOf,
} from '../db/membership-repository';
import { findUserByEmail } from '../db/user-repository';
import { settingsForNewBusiness } from '../domain/new-business';
import { businessViewOf, memberViewOf, membershipViewOf } from './views';

type BusinessRoutes = Pick<
  typeof authRoutes,
  | 'listBusinesses'
  | 'createBusiness'
  | 'getBusiness'
  | 'updateBusiness'
  | 'listMembers'
  | 'putMember'
  | 'removeMember'
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
      return { status: 200, body: (await businessesOf(db, caller.sub)).map(membershipViewOf) };
    },

    async createBusiness({ caller, body }) {
      const user = await memberships.userOf(caller.sub);
      if (user === null) return NO_USER;
      const settings = settingsForNewBusiness(body, user.email);
      const business = await transact(db, (transaction) =>
        insertBusiness(transaction, user, settings),
      );
      return { status: 201, body: businessViewOf(business) };
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
        const issues = bankIssues(settings.bankAccounts);
        if (issues.length > 0) return refusalOf({ kind: 'refused', issues });
        if (isDeepStrictEqual(settings, business.settings)) return answerWith(business);
        return answerWith(await saveSettings(transaction, business, settings));
      }),

    listMembers: async ({ member }) => ({
      status: 200,
      body: (await membersOf(db, member.tenant)).map(memberViewOf),
    }),

    putMember: ({ member, body }) =>
      transactOnce(db, member.tenant, null, async (transaction) => {
        const members = await lockMembers(transaction, member.tenant);
        const user = await findUserByEmail(transaction, body.email);
        if (user === null) return notFound('user');
        const known = members.find((one) => one.userId === user.id);
        if (known === undefined) {
          const added = await addMembership(transaction, member.tenant, user, body.role);
          return memberAnswer(added, user.email);
        }
        if (known.removedAt !== null) {
          const back = await changeMembership(transaction, known, {
            role: body.role,
            removedAt: null,
            createdAt: new Date(),
          });
          return memberAnswer(back, user.email);
        }
        if (known.role === body.role) return memberAnswer(known, user.email);
        if (isLastOwner(members, known)) return conflict('last_owner_stays');
        const changed = await changeMembership(transaction, known, { role: body.role });
        return memberAnswer(changed, user.email);
      }),

    removeMember: ({ member, params }) =>
      transactOnce(db, member.tenant, null, async (transaction) => {
        const members = await lockMembers(transaction, member.tenant);
        const known = members.find((one) => one.userId === params.userId);
        if (known === undefined || known.removedAt !== null) return notFound('member');
        if (isLastOwner(members, known)) return conflict('last_owner_stays');
        await changeMembership(transaction, known, { removedAt: new Date() });
        return { status: 204 as const, body: undefined };
      }),
  };
}

/** Somebody has to be able to let others in. */
function isLastOwner(members: readonly Membership[], one: Membership): boolean {
  const owners = members.filter((member) => member.role === 'owner' && member.removedAt === null);
  return owners.length === 1 && owners[0]?.userId === one.userId;
}

function bankIssues(accounts: BusinessInput['bankAccounts']): readonly Issue[] {
  return accounts.flatMap((account, index) =>
    checkBankDetails(account.details).map((found) => ({
      ...found,
      field: `bankAccounts.${index}.details.${found.field}`,
    })),
  );
}

function answerWith(business: StoredBusiness) {
  return {
    status: 200 as const,
    body: businessViewOf(business),
    revision: business.revision,
  };
}

function memberAnswer({ userId, role, createdAt }: Membership, email: string) {
  return { status: 200 as const, body: memberViewOf({ userId, role, createdAt, email }) };
}

/** What other services ask of a business of which no event has told them yet. */
export async function settingsAnswer(db: Database, tenant: BusinessUid) {
  const business = await findBusiness(db, tenant);
  return business === null ? null : { revision: business.revision, settings: business.settings };
}
