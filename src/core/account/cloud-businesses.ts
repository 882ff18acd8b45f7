import { authRoutes, type membershipView } from '../../shared/contracts/rest-v1/auth';
import { businessInput, type Business } from '../../shared/domain/business';
import type { BusinessUid } from '../../shared/domain/ids';
import type { z } from 'zod';

import type { Account } from './account';
import type { CloudResult } from './cloud-failure';

const memberships = authRoutes.listBusinesses.success[200].body;
const created = authRoutes.createBusiness.success[201].body;
const found = authRoutes.getBusiness.success[200].body;

export type CloudMembership = z.output<typeof membershipView>;
export type CloudBusiness = z.output<typeof found>;

/** The businesses of the account. */
export async function listCloudBusinesses(
  account: Account,
): Promise<CloudResult<readonly CloudMembership[]>> {
  return await account.call({ method: 'GET', path: '/businesses' }, memberships);
}

export async function readCloudBusiness(
  account: Account,
  business: BusinessUid,
): Promise<CloudResult<CloudBusiness>> {
  return await account.call({ method: 'GET', path: '/business', business }, found);
}

/**
 * Makes a business of this machine one of the account, under its own uid; `replaces` is the empty
 * one that signing up made. Asked again, it answers the same.
 */
export async function createCloudBusiness(
  account: Account,
  { uid, createdAt, ...profile }: Business,
  replaces: BusinessUid | null,
): Promise<CloudResult<CloudBusiness>> {
  return await account.call(
    {
      method: 'POST',
      path: '/businesses',
      body: {
        name: profile.name,
        uid,
        settings: businessInput.parse(profile),
        created_at: createdAt,
        ...(replaces === null ? {} : { replaces }),
      },
    },
    created,
  );
}
