import { and, asc, eq } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import { COLLECTION_ORDER } from '../../shared/contracts/sync/collections';
import { deviceUid, type DeviceUid } from '../../shared/domain/ids';
import { numberBy } from '../numbering/device-series';
import type { ReadScope, WriteScope } from '../replica/replica';
import { meta, outbox } from '../replica/schema';
import { readFact, saveFact, saveState } from '../sync/sync-state';

/** Whose replica this is, and as which device the cloud knows it. */
export interface Binding {
  /** The account that brought it into the cloud: it goes up in nobody else's name. */
  readonly accountId: string;
  /** The device that was registered: not the replica's own any more after a restore (R3). */
  readonly device: DeviceUid;
  readonly letter: string;
}

/** Null while the business is on this machine alone. */
export function readBinding(scope: ReadScope): Binding | null {
  const [accountId, device] = [readFact(scope, 'account'), readFact(scope, 'registered_device')];
  if (accountId === null || device === null) return null;
  return { accountId, device: deviceUid.parse(device), letter: readFact(scope, 'letter') ?? '' };
}

/** The device that the replica takes itself for. */
export function readOwnDevice(scope: ReadScope): DeviceUid {
  const row = scope.db
    .select({ value: meta.value })
    .from(meta)
    .where(eq(meta.key, 'device_uid'))
    .get();
  return deviceUid.parse(row?.value);
}

/**
 * Binds the replica to an account and to the device that was registered, which from now on numbers
 * by its letter. Whoever has it open opens it again: the device may be another one.
 */
export function bind(scope: WriteScope, { accountId, device, letter }: Binding): void {
  const before = readOwnDevice(scope);
  const known = readBinding(scope);
  if (before !== device) {
    scope.db.update(meta).set({ value: device }).where(eq(meta.key, 'device_uid')).run();
  }
  numberBy(scope, device, letter);
  if (known !== null && known.device !== device) countAnew(scope);
  saveFact(scope, 'account', accountId);
  saveFact(scope, 'registered_device', device);
  saveFact(scope, 'letter', letter);
}

/** Of mutations that another device was answered for: higher than any number of this one. */
const OF_ANOTHER_DEVICE = Number.MAX_SAFE_INTEGER;

/**
 * A new device counts its mutations from one (R12). What was on its way keeps its UUID and its body,
 * since the cloud may have it already (R15); what was acknowledged counts as newer than any backup
 * of the cloud, so that a new epoch is told it again (R61).
 */
function countAnew(scope: WriteScope): void {
  scope.db
    .update(outbox)
    .set({ seq: OF_ANOTHER_DEVICE })
    .where(eq(outbox.state, 'acknowledged'))
    .run();
  for (const collection of COLLECTION_ORDER) {
    const lastSeq = renumberSent(scope, collection);
    saveState(scope, collection, { lastSeq });
  }
}

function renumberSent(scope: WriteScope, collection: SyncCollection): number {
  const sent = scope.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.state, 'sent'), eq(outbox.collection, collection)))
    .orderBy(asc(outbox.seq))
    .all();
  for (const [index, { id }] of sent.entries()) {
    scope.db
      .update(outbox)
      .set({ seq: index + 1 })
      .where(eq(outbox.id, id))
      .run();
  }
  return sent.length;
}
