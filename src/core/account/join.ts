import { PROTOCOL_VERSION } from '../../shared/contracts/sync/protocol';
import type { BusinessUid, DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import type { DomainError, Result } from '../../shared/domain/result';
import { err, ok, refused } from '../../shared/domain/result';
import type { AccountParts } from './adopt';
import { createAccountTransport } from './account-transport';
import { bind, readBinding } from './binding';
import { listCloudBusinesses, readCloudBusiness } from './cloud-businesses';
import { registering, toDomainError } from './cloud-failure';

type Outcome = Promise<Result<void, DomainError>>;

/**
 * Brings a business of the account to this machine and opens it at once; its records come with the
 * first pull. In its turn (`Session.inTurn`).
 */
export async function join(parts: AccountParts, uid: BusinessUid): Outcome {
  const { account, session } = parts;
  const accountId = account.known?.id;
  if (account.kind !== 'signed_in' || accountId === undefined) return refused('', 'sign_in_needed');
  if (session.registry.all().some((one) => one.uid === uid)) {
    return await openAgain(parts, uid, accountId);
  }
  const all = await listCloudBusinesses(account);
  if (!all.ok) return err(toDomainError(all.error));
  const membership = all.value.find((one) => one.business_id === uid);
  if (membership === undefined) return refused('uid', 'business_not_in_account');
  if (membership.role === 'viewer') return refused('uid', 'role_too_low');
  const profile = await readCloudBusiness(account, uid);
  if (!profile.ok) return err(toDomainError(profile.error));
  const device = await registering(() =>
    createAccountTransport(account, uid).register({
      protocol: PROTOCOL_VERSION,
      device: newUid<DeviceUid>(),
      name: account.deviceName,
      replaces: null,
    }),
  );
  if (!device.ok) return device;
  const { settings, created_at: createdAt } = profile.value;
  await session.join(
    { ...settings, uid, isDemo: false, createdAt },
    device.value.device,
    accountId,
    (scope) => bind(scope, { accountId, ...device.value }),
  );
  return ok(undefined);
}

/** It is here: as this account's own, or as nobody else's. */
async function openAgain(parts: AccountParts, uid: BusinessUid, accountId: string): Outcome {
  const { session } = parts;
  await session.open(uid);
  const { context } = session;
  if (context === null) return refused('uid', 'business_not_open');
  const boundTo = context.replica.read(readBinding)?.accountId ?? null;
  if (boundTo === null) return refused('uid', 'business_is_here');
  if (boundTo !== accountId) return refused('uid', 'belongs_to_other_account');
  session.registry.bind(uid, accountId);
  return ok(undefined);
}
