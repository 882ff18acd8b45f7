import {
  SYNC_COLLECTIONS,
  type SyncCollection,
} from '../../../src/shared/contracts/sync/collections';
import { invoiceRecord } from '../../../src/shared/contracts/sync/records';
import { adapterOf } from '../../../src/core/sync/adapters';
import { isSameValue } from '../../../src/shared/sync/field-paths';
import type { Deed } from './actions';
import type { Cloud, CloudRecord } from './cloud';
import type { Device } from './device';
import type { EditLog } from './edit-log';

export interface Quiet {
  readonly cloud: Cloud;
  readonly devices: readonly Device[];
  readonly deeds: readonly Deed[];
  readonly edits: EditLog;
  readonly forgiven: ReadonlySet<string>;
}

const COLLECTIONS = Object.keys(SYNC_COLLECTIONS) as SyncCollection[];

/** Everything that must hold once all is quiet; each fault is a line. */
export async function findFaults(quiet: Quiet): Promise<readonly string[]> {
  const cloud = new Map<SyncCollection, ReadonlyMap<string, CloudRecord>>();
  for (const collection of COLLECTIONS) {
    cloud.set(collection, await quiet.cloud.records(collection));
  }
  return [
    ...quiet.devices.flatMap(findUntold),
    ...quiet.devices.flatMap((device) => findDifferences(device, cloud)),
    ...(await findUnapplied(quiet)),
    ...findLostDeeds(quiet, cloud),
    ...findNumberFaults(quiet, cloud),
    ...findPaymentFaults(quiet, cloud),
    ...quiet.cloud.early,
    ...findLostWords(quiet, cloud),
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
function findDifferences(
  device: Device,
  cloud: ReadonlyMap<SyncCollection, ReadonlyMap<string, CloudRecord>>,
): readonly string[] {
  const rejected = new Set(
    device.context.replica.connection
      .prepare<[], { uid: string }>(
        `SELECT record_uid AS uid FROM attention WHERE kind = 'rejection' AND settled_at IS NULL`,
      )
      .all()
      .map(({ uid }) => uid),
  );
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

/** What a device takes for told was applied (and once: the log's key sees to that). */
async function findUnapplied({ cloud, devices }: Quiet): Promise<readonly string[]> {
  const applied = await cloud.applied();
  return devices.flatMap((device) =>
    device.context.replica.connection
      .prepare<[], { uuid: string; collection: string; kind: string }>(
        `SELECT uuid, collection, kind FROM outbox WHERE state = 'acknowledged'`,
      )
      .all()
      .filter(({ uuid }) => !applied.has(uuid))
      .map(({ collection, kind }) => `${device.name}: a told ${kind} of ${collection} is unknown`),
  );
}

/** What a person was told to be done is there: records, papers, payments. */
function findLostDeeds(
  { deeds, forgiven }: Quiet,
  cloud: ReadonlyMap<SyncCollection, ReadonlyMap<string, CloudRecord>>,
): readonly string[] {
  const invoices = [...(cloud.get('invoices')?.values() ?? [])].map(({ record }) => record);
  return deeds.flatMap(({ collection, uid, issued, device }) => {
    if (issued !== undefined) {
      // What the cloud alone issued, no ledger of a device remembers.
      if (device === 'rest' && forgiven.has(issued.number)) return [];
      const copies = invoices.filter(
        (one) => one['number'] === issued.number && one['pdfSha256'] === issued.sha256,
      );
      return copies.length === 1
        ? []
        : [`${issued.number} of ${device} is there ${copies.length} times`];
    }
    if (forgiven.has(uid)) return [];
    return cloud.get(collection)?.has(uid) === true
      ? []
      : [`${collection} ${uid} of ${device} is lost`];
  });
}

/** No number of a series is skipped, and none is used twice unless somebody is told of it (R44). */
function findNumberFaults(
  { devices }: Quiet,
  cloud: ReadonlyMap<SyncCollection, ReadonlyMap<string, CloudRecord>>,
): readonly string[] {
  const flagged = new Set(devices.flatMap(flaggedNumbers));
  const places = new Map<string, number[]>();
  const holders = new Map<string, string[]>();
  for (const { record } of cloud.get('invoices')?.values() ?? []) {
    const { uid, seriesUid, period, sequence } = invoiceRecord.parse(record);
    if (seriesUid === null || period === null || sequence === null) continue;
    const key = `${seriesUid} ${period}`;
    places.set(key, [...(places.get(key) ?? []), sequence]);
    const place = `${key} ${sequence}`;
    holders.set(place, [...(holders.get(place) ?? []), uid]);
  }
  const twice = [...holders].flatMap(([place, uids]) =>
    uids.length === 1 || uids.some((uid) => flagged.has(uid))
      ? []
      : [`the number ${place} is used ${uids.length} times, and nobody is told`],
  );
  const skipped = [...places].flatMap(([key, sequences]) => {
    const sorted = sequences.toSorted((a, b) => a - b);
    const distinct = [...new Set(sorted)];
    const isGapless = distinct.every((sequence, index) => sequence === index + 1);
    return isGapless ? [] : [`series ${key} has ${sorted.join(' ')}`];
  });
  return [...twice, ...skipped];
}

/** The documents that a device has told its user share their number with another one. */
function flaggedNumbers({ context }: Device): readonly string[] {
  return context.replica.connection
    .prepare<[], string>(
      `SELECT record_uid FROM attention
       WHERE kind = 'notice' AND json_extract(data, '$.code') = 'number_used_twice'`,
    )
    .pluck()
    .all();
}

/** What was paid is what was recorded, and nothing else. */
function findPaymentFaults(
  { deeds }: Quiet,
  cloud: ReadonlyMap<SyncCollection, ReadonlyMap<string, CloudRecord>>,
): readonly string[] {
  const recorded = new Map(deeds.map(({ uid, amount }) => [uid, amount]));
  return [...(cloud.get('payments') ?? [])].flatMap(([uid, { record }]) =>
    recorded.get(uid) === record['amount']
      ? []
      : [`payment ${uid} is ${String(record['amount'])}, not ${String(recorded.get(uid))}`],
  );
}

const EDITED = ['clients', 'products', 'orders', 'invoices', 'settings'] as const;

/** Nothing that somebody typed is gone without a word. */
function findLostWords(
  { devices, edits, forgiven }: Quiet,
  cloud: ReadonlyMap<SyncCollection, ReadonlyMap<string, CloudRecord>>,
): readonly string[] {
  const told = devices
    .flatMap((device) =>
      device.context.replica.connection
        .prepare<[], string>('SELECT data FROM attention')
        .pluck()
        .all(),
    )
    .join('\n');
  const valuesOf = (uid: string, path: string): readonly string[] => {
    const record = EDITED.map((one) => cloud.get(one)?.get(uid)).find((one) => one !== undefined);
    if (record === undefined || record.deleted) return [];
    // Of two documents that a draft became, each has the words of its own device (R42).
    const others = [...(cloud.get('invoices')?.values() ?? [])].filter(
      (one) => one.record['duplicateOf'] === uid,
    );
    return [record, ...others].flatMap((one) => valueAt(one.record, path) ?? []);
  };
  return edits
    .lost(valuesOf, told, (word) => forgiven.has(word))
    .map((word) => `silently lost: ${word}`);
}

/** Null for a line that is gone: somebody who saw it so took it out. */
function valueAt(record: CloudRecord['record'], path: string): string | null {
  const [field = '', line] = path.split('.');
  if (line === undefined) return String(record[field]);
  const lines = record['lines'] as readonly { uid: string; description: string }[];
  return lines.find((one) => one.uid === line)?.description ?? null;
}
