import type { authRoutes } from '../../../../src/shared/contracts/rest-v1/auth';
import type { Database } from '../../../kit/database/database';
import type { Handlers } from '../../../kit/http/handlers';
import { transactOnce } from '../../../kit/http/idempotency';
import { conflict, notFound } from '../../../kit/http/refusal';
import { invitationsOf, invite, withdraw } from '../db/invitation-repository';
import type { Membership } from '../db/membership-repository';
import { changeMembership, lockMembers, membersOf } from '../db/membership-repository';
import { findUserByEmail } from '../db/user-repository';
import { invitationViewOf, memberViewOf } from './views';

type MemberRoutes = Pick<
  typeof authRoutes,
  'listMembers' | 'putMember' | 'removeMember' | 'listInvitations' | 'withdrawInvitation'
>;

export function createMemberHandlers(db: Database): Handlers<MemberRoutes> {
  return {
    listMembers: async ({ member }) => ({
      status: 200,
      body: (await membersOf(db, member.tenant)).map(memberViewOf),
    }),

    // Answers the same whether there is an account or not: only who is a member already is known.
    putMember: ({ member, body }) =>
      transactOnce(db, member.tenant, null, async (transaction) => {
        const email = body.email.toLowerCase();
        const { role } = body;
        const members = await lockMembers(transaction, member.tenant);
        const user = await findUserByEmail(transaction, email);
        const known = members.find((one) => one.userId === user?.id && one.removedAt === null);
        if (known === undefined) await invite(transaction, member.tenant, email, role);
        else if (known.role !== role) {
          if (isLastOwner(members, known)) return conflict('last_owner_stays');
          await changeMembership(transaction, known, { role });
        }
        return { status: 200 as const, body: { email, role } };
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

    listInvitations: async ({ member }) => ({
      status: 200,
      body: (await invitationsOf(db, member.tenant)).map(invitationViewOf),
    }),

    withdrawInvitation: ({ member, params }) =>
      transactOnce(db, member.tenant, null, async (transaction) =>
        (await withdraw(transaction, member.tenant, params.invitationId))
          ? { status: 204 as const, body: undefined }
          : notFound('invitation'),
      ),
  };
}

/** Somebody has to be able to let others in. */
function isLastOwner(members: readonly Membership[], one: Membership): boolean {
  const owners = members.filter((member) => member.role === 'owner' && member.removedAt === null);
  return owners.length === 1 && owners[0]?.userId === one.userId;
}
