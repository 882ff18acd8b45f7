import type { z } from 'zod';

import type { businessView, membershipView } from '../../../../src/shared/contracts/rest-v1/auth';
import type { StoredBusiness } from '../db/business-repository';
import type { Invitation } from '../db/invitation-repository';
import type { businessesOf, membersOf } from '../db/membership-repository';

type Place = Awaited<ReturnType<typeof businessesOf>>[number];
type MemberRow = Awaited<ReturnType<typeof membersOf>>[number];

export function membershipViewOf(place: Place): z.input<typeof membershipView> {
  return {
    business_id: place.tenant,
    name: place.name,
    role: place.role,
    created_at: place.createdAt.toISOString(),
    is_pristine: place.isPristine,
  };
}

export function memberViewOf(member: MemberRow) {
  return {
    user_id: member.userId,
    email: member.email,
    role: member.role,
    created_at: member.createdAt.toISOString(),
  };
}

export function invitationViewOf({ id, email, role, createdAt }: Invitation) {
  return { id, email, role, created_at: createdAt.toISOString() };
}

export function businessViewOf(business: StoredBusiness): z.input<typeof businessView> {
  return {
    id: business.tenant,
    revision: business.revision,
    settings: business.settings,
    created_at: business.createdAt.toISOString(),
    updated_at: business.updatedAt.toISOString(),
  };
}
