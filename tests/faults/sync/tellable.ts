import { adapterOf } from '../../../src/core/sync/adapters';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { COLLECTION_ORDER } from '../../../src/shared/contracts/sync/collections';
import type { Cloud } from './cloud';
import type { Device } from './device';
import { wordsIn } from './edit-log';

/**
 * Uids and words that the cloud holds or some device will tell it: changes that it made itself
 * (R61), records that the cloud lacks (R63), and what waits for its user. A backup that is put back
 * may take away the last that knew of something; that is then nobody's loss but the disaster's.
 */
export async function readTellable(
  cloud: Cloud,
  devices: readonly Device[],
): Promise<ReadonlySet<string>> {
  const known: Known[] = devices.flatMap(untold);
  for (const collection of COLLECTION_ORDER) {
    const there = await cloud.records(collection);
    for (const [uid, { record }] of there) known.push({ uid, text: JSON.stringify(record) });
    for (const device of devices) known.push(...recordsBeside(device, collection, there));
  }
  return new Set(known.flatMap(({ uid, text }) => [uid, ...wordsIn(text)]));
}

/** A record, or what somebody made of it. */
interface Known {
  readonly uid: string;
  readonly text: string;
}

function recordsBeside(
  { context }: Device,
  collection: SyncCollection,
  there: ReadonlyMap<string, unknown>,
): readonly Known[] {
  const adapter = adapterOf(collection);
  return context.replica.read((scope) =>
    adapter
      .uids(scope)
      .filter((uid) => !there.has(uid))
      .map((uid) => ({ uid, text: JSON.stringify(adapter.read(scope, uid)) })),
  );
}

function untold({ context }: Device): readonly Known[] {
  return context.replica.connection
    .prepare<[], Known>(
      `SELECT record_uid AS uid, body AS text FROM outbox
       UNION ALL SELECT record_uid, data FROM attention`,
    )
    .all();
}
