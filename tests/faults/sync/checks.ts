import { adapterOf } from '../../../src/core/sync/adapters';
import {
  SYNC_COLLECTIONS,
  type SyncCollection,
} from '../../../src/shared/contracts/sync/collections';
import { isSameValue } from '../../../src/shared/sync/field-paths';
import type { Device } from './device';
import { findLostDeeds, findPaymentFaults } from './deed-checks';
import { findNumberFaults } from './number-checks';
import { findHiddenOutcomes, findUnapplied } from './outcome-checks';
import type { CloudRecord, CloudRecords } from './cloud-contents';
import { type Quiet, refusedOn } from './quiet';
import { findLostWords } from './word-checks';

const COLLECTIONS = Object.keys(SYNC_COLLECTIONS) as SyncCollection[];

/** Everything that must hold once all is quiet; each fault is a line. */
export async function findFaults(quiet: Quiet): Promise<readonly string[]> {
  const cloud = await quiet.cloud.records();
  const told = await quiet.cloud.told();
  return [
    ...quiet.devices.flatMap(findUntold),
    ...quiet.devices.flatMap((device) => findDifferences(device, cloud)),
    ...findUnapplied(quiet, told),
    ...findHiddenOutcomes(quiet, told),
    ...findLostDeeds(quiet, cloud),
    ...findNumberFaults(quiet, cloud),
    ...findPaymentFaults(quiet, cloud),
    ...quiet.cloud.early,
    ...(await findLostWords(quiet, cloud)),
  ];
}

/** Queues are empty. */
function findUntold(device: Device): readonly string[] {
  const rows = device.context.replica.connection
    .prepare<[], { collection: string; kind: string; state: string }>(
      `SELECT collection, kind, state FROM outbox WHERE state <> 'acknowledged'`,
    )
    .all();
  const waiting = device.context.replica.connection
    .prepare<[], { collection: string; uid: string }>('SELECT collection, uid FROM waiting_records')
    .all();
  return [
    ...rows.map(
      ({ collection, kind, state }) => `${device.name} has a ${kind} of ${collection} ${state}`,
    ),
    ...waiting.map(({ collection, uid }) => `${device.name} keeps ${collection} ${uid} waiting`),
  ];
}

/** Every replica shows what the cloud holds. */
function findDifferences(device: Device, cloud: CloudRecords): readonly string[] {
  const rejected = refusedOn(device);
  const faults: string[] = [];
  for (const collection of COLLECTIONS) {
    const there = cloud.get(collection) ?? new Map<string, CloudRecord>();
    const adapter = adapterOf(collection);
    const here = device.context.replica.read((scope) => new Set(adapter.uids(scope)));
    for (const [uid, { deleted, record }] of there) {
      const shown = device.context.replica.read((scope) => adapter.read(scope, uid));
      if (deleted) {
        if (here.has(uid)) faults.push(`${device.name} shows deleted ${collection} ${uid}`);
      } else if (shown === null || shown.deleted) {
        faults.push(`${device.name} lacks ${collection} ${uid}`);
      } else if (!isSameValue(shown.record, record)) {
        faults.push(
          `${device.name} differs in ${collection} ${uid}: ${differing(shown.record, record)}`,
        );
      }
    }
    for (const uid of here) {
      if (!there.has(uid) && !rejected.has(uid)) {
        faults.push(`${device.name} alone has ${collection} ${uid}`);
      }
    }
  }
  return faults;
}

function differing(here: object, there: object): string {
  const [one, other] = [here as Record<string, unknown>, there as Record<string, unknown>];
  return Object.keys({ ...one, ...other })
    .filter((field) => !isSameValue(one[field], other[field]))
    .map((field) => `${field} ${JSON.stringify(one[field])} <> ${JSON.stringify(other[field])}`)
    .join(', ');
}
