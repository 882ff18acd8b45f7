import {
  PROTOCOL_VERSION,
  type DeviceRegistration,
  type RegisteredDevice,
} from '../../shared/contracts/sync/protocol';
import type { DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { ok } from '../../shared/domain/result';
import { canNumberBy } from '../numbering/device-series';
import type { Replica } from '../replica/replica';
import { bind, readBinding, readOwnDevice } from './binding';

export interface DeviceParts {
  readonly replica: Replica;
  /** As other devices of the business see this one. */
  readonly name: string;
  /** Asks the cloud; rejects with a `SyncFailure`. The answer is the same whenever asked (R2). */
  readonly register: (registration: DeviceRegistration) => Promise<RegisteredDevice>;
}

/**
 * Makes the device of a replica known, by a letter that it can number by. A letter that an earlier,
 * closed series of the replica had (its ledger was lost) could print numbers a second time: the
 * device then takes a new uid, and gets the next letter, until one will do.
 */
export async function registerReplica(
  { replica, name, register }: DeviceParts,
  first: { readonly device: DeviceUid; readonly replaces: DeviceUid | null },
): Promise<RegisteredDevice> {
  let { device, replaces } = first;
  for (;;) {
    const answer = await register({ protocol: PROTOCOL_VERSION, device, name, replaces });
    if (replica.read((scope) => canNumberBy(scope, answer.letter))) return answer;
    replaces = device;
    device = newUid<DeviceUid>();
  }
}

/**
 * Sees to it that the cloud knows the device of a bound replica before it is told anything: after a
 * restore, and when a copy of the replica turned out to use the same uid (`isForked`), it registers
 * in the place of the one before and numbers by a new letter (R3). `renewed`: whoever has the
 * replica open has to open it again.
 */
export async function settleDevice(
  parts: DeviceParts,
  isForked: boolean,
): Promise<'known' | 'renewed'> {
  const { replica } = parts;
  const { binding, own } = replica.read((scope) => ({
    binding: readBinding(scope),
    own: readOwnDevice(scope),
  }));
  if (binding === null) throw new Error('only a bound replica has a device to settle');
  if (own === binding.device && !isForked) return 'known';
  const registered = await registerReplica(parts, {
    device: isForked ? newUid<DeviceUid>() : own,
    replaces: binding.device,
  });
  const bound = replica.write((scope) => {
    bind(scope, { ...binding, ...registered });
    return ok(undefined);
  });
  if (!bound.ok) throw new Error('a replica refused its device');
  return 'renewed';
}
