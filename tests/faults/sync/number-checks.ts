import { invoiceRecord } from '../../../src/shared/contracts/sync/records';
import type { Device } from './device';
import type { CloudRecords } from './cloud-contents';
import type { Quiet } from './quiet';

/** No number of a series is skipped, and none is used twice unless somebody is told of it (R44). */
export function findNumberFaults({ devices }: Quiet, cloud: CloudRecords): readonly string[] {
  const flagged = new Set(devices.flatMap(flaggedNumbers));
  const places = new Map<string, number[]>();
  const holders = new Map<string, string[]>();
  const printed = new Map<string, string[]>();
  for (const { record } of cloud.get('invoices')?.values() ?? []) {
    const { uid, kind, number, seriesUid, period, sequence } = invoiceRecord.parse(record);
    if (number !== null) note(printed, `${kind} ${number}`, uid);
    if (seriesUid === null || period === null || sequence === null) continue;
    const key = `${seriesUid} ${period}`;
    note(places, key, sequence);
    note(holders, `${key} ${sequence}`, uid);
  }
  const twice = [...holders, ...printed].flatMap(([place, uids]) =>
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

function note<T>(lists: Map<string, T[]>, key: string, item: T): void {
  lists.set(key, [...(lists.get(key) ?? []), item]);
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
