import type { MembershipState } from '../../../src/shared/contracts/events/events';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import { ROLES } from '../../../src/shared/contracts/rest-v1/route';
import { businessUid } from '../../../src/shared/domain/ids';
import type { Caller, Member } from '../http/handlers';
import type { Refusal } from '../http/refusal';
import { refuse } from '../http/refusal';

/** Where the memberships of a user are known: a projection, or the auth service's own table. */
export interface MembershipSource {
  /** Those that stand, the first one first. */
  find(sub: string): Promise<readonly MembershipState[]>;
  /** The same, where its owner can be asked whether there is more than was told of so far. */
  findAnew?(sub: string): Promise<readonly MembershipState[]>;
}

/** The header by which a call names its business. */
export const BUSINESS_HEADER = 'x-business-id';

export const ROLE_INSUFFICIENT = refuse(403, 'role_insufficient');

/** Whether a role may do what another one may. */
export function isAtLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/**
 * The one place that decides which tenant a call sees: the business that its header names, or the
 * caller's first, and only if the caller is a member with the needed role. Nothing that a user can
 * write about himself takes part. Someone else's business is not found, like one that is none.
 */
export async function memberOf(
  source: MembershipSource,
  caller: Caller,
  header: string | undefined,
  needed: Role,
): Promise<Member | Refusal> {
  const isChosen = (one: MembershipState) => header === undefined || one.business === header;
  const known = (await source.find(caller.sub)).find(isChosen);
  // A business that was made a moment ago may not have been told of yet.
  const chosen = known ?? (await source.findAnew?.(caller.sub))?.find(isChosen);
  if (chosen === undefined) return refuse(404, 'business_not_found');
  if (!isAtLeast(chosen.role, needed)) return ROLE_INSUFFICIENT;
  return {
    tenant: businessUid.parse(chosen.business),
    userId: chosen.user_id,
    role: chosen.role,
  };
}
