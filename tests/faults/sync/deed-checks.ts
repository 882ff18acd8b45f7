import type { CloudRecords } from './cloud-contents';
import { type Quiet, refusedOn } from './quiet';

/** What a person was told to be done is there: records, papers, payments. */
export function findLostDeeds(
  { deeds, forgiven, devices }: Quiet,
  cloud: CloudRecords,
): readonly string[] {
  const invoices = [...(cloud.get('invoices')?.values() ?? [])].map(({ record }) => record);
  const refused = new Set(devices.flatMap((one) => [...refusedOn(one)]));
  const ledgerless = new Set(devices.filter((one) => one.hasLostLedger).map(({ name }) => name));
  return deeds.flatMap(({ collection, uid, issued, device }) => {
    if (issued !== undefined) {
      // What the cloud alone issued, or a machine that lost its ledger, no ledger remembers.
      const isRemembered = device !== 'rest' && !ledgerless.has(device);
      if (!isRemembered && forgiven.has(issued.number)) return [];
      const copies = invoices.filter(
        (one) => one['number'] === issued.number && one['pdfSha256'] === issued.sha256,
      );
      return copies.length === 1
        ? []
        : [`${issued.number} of ${device} is there ${copies.length} times`];
    }
    if (forgiven.has(uid) || refused.has(uid)) return [];
    return cloud.get(collection)?.has(uid) === true
      ? []
      : [`${collection} ${uid} of ${device} is lost`];
  });
}

/** What was paid is what was recorded, and nothing else. */
export function findPaymentFaults({ deeds }: Quiet, cloud: CloudRecords): readonly string[] {
  const recorded = new Map(deeds.map(({ uid, amount }) => [uid, amount]));
  return [...(cloud.get('payments') ?? [])].flatMap(([uid, { record }]) =>
    recorded.get(uid) === record['amount']
      ? []
      : [`payment ${uid} is ${String(record['amount'])}, not ${String(recorded.get(uid))}`],
  );
}
