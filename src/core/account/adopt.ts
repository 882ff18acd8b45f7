import { and, eq } from 'drizzle-orm';

import type { Business } from '../../shared/domain/business';
import type { BusinessUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import type { DomainError, Result } from '../../shared/domain/result';
import { err, notFound, ok, refused } from '../../shared/domain/result';
import { readBusiness } from '../businesses/business-repository';
import type { Session } from '../businesses/session';
import type { BusinessContext } from '../context';
import type { Replica, WriteScope } from '../replica/replica';
import { outbox } from '../replica/schema';
import { rebuildOutbox } from '../sync/rebuild-outbox';
import type { Account } from './account';
import { createAccountTransport } from './account-transport';
import { bind, type Binding, readBinding } from './binding';
import { createCloudBusiness, listCloudBusinesses } from './cloud-businesses';
import type { CloudFailure, CloudResult } from './cloud-failure';
import { registering, toDomainError } from './cloud-failure';
import { registerReplica } from './register-device';

export interface AccountParts {
  readonly account: Account;
  readonly session: Session;
}

type Outcome<T> = Promise<Result<T, DomainError>>;

/**
 * Takes a business of this machine into the account: as one of its own, or into one that the account
 * has. What was begun and cut off is taken up by asking again: each step answers the same. In its
 * turn (`Session.inTurn`).
 */
export async function adopt(
  parts: AccountParts,
  uid: BusinessUid,
  into: BusinessUid | null,
): Outcome<{ readonly uid: BusinessUid }> {
  const { session } = parts;
  const before = session.registry.currentUid();
  if (before !== uid) {
    if (!session.registry.all().some((one) => one.uid === uid)) return notFound('business', uid);
    await session.open(uid);
  }
  try {
    const place = await upload(parts, uid, into);
    return place.ok ? ok({ uid: place.value }) : place;
  } finally {
    const current = session.registry.currentUid();
    if (before !== null && before !== uid && before !== current) await session.open(before);
  }
}

async function upload(
  parts: AccountParts,
  uid: BusinessUid,
  into: BusinessUid | null,
): Outcome<BusinessUid> {
  const { account, session } = parts;
  const { context } = session;
  const accountId = account.known?.id;
  if (account.kind !== 'signed_in' || accountId === undefined) return refused('', 'sign_in_needed');
  if (context === null) return refused('uid', 'business_not_open');
  const { profile, boundTo } = context.replica.read((scope) => ({
    profile: readBusiness(scope),
    boundTo: readBinding(scope)?.accountId ?? null,
  }));
  if (profile.isDemo) return refused('uid', 'demo_not_uploaded');
  if (boundTo !== null && boundTo !== accountId) {
    return refused('uid', 'belongs_to_other_account');
  }
  // Bound and queued in one transaction: it is done already.
  if (boundTo !== null)
    return into === null || into === uid ? ok(uid) : refused('into', 'business_bound');
  const place =
    into === null ? await createPlace(account, profile) : await findPlace(parts, uid, into);
  if (!place.ok) return err(toDomainError(place.error));

  const moved = await moveTo(session, context, uid, place.value);
  if (moved === null) return refused('uid', 'business_not_open');
  const device = await registering(() =>
    registerReplica(
      {
        replica: moved.replica,
        name: account.deviceName,
        register: (registration) =>
          createAccountTransport(account, place.value).register(registration),
      },
      { device: moved.deviceUid, replaces: null },
    ),
  );
  if (!device.ok) return device;
  takeUp(moved.replica, { accountId, ...device.value }, into);
  session.registry.bind(place.value, accountId);
  await session.open(place.value);
  return ok(place.value);
}

/**
 * Binds a replica and queues all that it has for the cloud, in one transaction. `into`: a business
 * that is there already, whose profile stands.
 */
export function takeUp(replica: Replica, binding: Binding, into: BusinessUid | null): void {
  const bound = replica.write((scope) => {
    bind(scope, binding);
    rebuildOutbox(scope);
    if (into !== null) unqueue(scope, into);
    return ok(undefined);
  });
  if (!bound.ok) throw new Error('the binding was refused');
}

function unqueue(scope: WriteScope, business: BusinessUid): void {
  scope.db
    .delete(outbox)
    .where(and(eq(outbox.collection, 'settings'), eq(outbox.recordUid, business)))
    .run();
}

/** The business as one of its own; under another uid when its own is somebody else's already. */
async function createPlace(account: Account, profile: Business): Promise<CloudResult<BusinessUid>> {
  const all = await listCloudBusinesses(account);
  if (!all.ok) return all;
  if (all.value.some((one) => one.business_id === profile.uid)) return ok(profile.uid);
  const pristine = all.value.find((one) => one.is_pristine)?.business_id ?? null;
  const first = await createCloudBusiness(account, profile, pristine);
  const isTaken =
    !first.ok && first.error.kind === 'refused' && first.error.issue.code === 'business_exists';
  const made = isTaken
    ? await createCloudBusiness(account, { ...profile, uid: newUid<BusinessUid>() }, pristine)
    : first;
  return made.ok ? ok(made.value.id) : made;
}

/** A business that the account has, as long as no other copy of it is here. */
async function findPlace(
  { account, session }: AccountParts,
  uid: BusinessUid,
  into: BusinessUid,
): Promise<CloudResult<BusinessUid>> {
  const all = await listCloudBusinesses(account);
  if (!all.ok) return all;
  const membership = all.value.find((one) => one.business_id === into);
  if (membership === undefined) return refusal('business_not_in_account');
  if (membership.role === 'viewer') return refusal('role_too_low');
  const isHere = into !== uid && session.registry.all().some((one) => one.uid === into);
  return isHere ? refusal('business_is_here') : ok(into);
}

function refusal(code: string): { readonly ok: false; readonly error: CloudFailure } {
  return err({ kind: 'refused', status: 409, issue: { field: 'into', code } });
}

/** The open business, under the uid that it has in the cloud. */
async function moveTo(
  session: Session,
  context: BusinessContext,
  from: BusinessUid,
  to: BusinessUid,
): Promise<BusinessContext | null> {
  if (from === to) return context;
  session.move(from, to);
  await session.open(to);
  return session.context;
}
