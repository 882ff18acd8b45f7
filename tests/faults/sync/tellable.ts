import { adapterOf } from '../../../src/core/sync/adapters';
import { COLLECTION_ORDER } from '../../../src/shared/contracts/sync/collections';
import { isIssued } from '../../../src/shared/sync/is-issued';
import type { Cloud } from './cloud';
import type { Device } from './device';
import { wordsIn } from './edit-log';

/**
 * Uids, words and numbers of documents that the cloud holds or some device will tell it: changes that
 * it made itself (R61), what waits for its user, and records that the cloud lacks (R63); of these the
 * uids alone, since devices may hold different versions and the first to tell one is heard. A backup
 * that is put back may take away the last that knew of something; that is then nobody's loss but the
 * disaster's.
 */
export async function readTellable(
  cloud: Cloud,
  devices: readonly Device[],
): Promise<ReadonlySet<string>> {
  const known = new Set(devices.flatMap(numbersOn));
  for (const { uid, text } of devices.flatMap(untold)) {
    for (const one of [uid, ...ownWordsIn(JSON.parse(text))]) known.add(one);
  }
  const held = await cloud.records();
  for (const collection of COLLECTION_ORDER) {
    const adapter = adapterOf(collection);
    for (const [uid, { record }] of held.get(collection) ?? []) {
      for (const one of [uid, ...ownWordsIn(record)]) known.add(one);
      if (isIssued(record)) known.add(String(record['number']));
    }
    for (const device of devices) {
      for (const uid of device.context.replica.read((scope) => adapter.uids(scope))) known.add(uid);
    }
  }
  return known;
}

/** A document prints words of its client and of the business, which are not its own. */
function ownWordsIn(value: unknown): readonly string[] {
  const isPrinted = (key: string) => key === 'frozen' || key === 'clientName';
  return wordsIn(JSON.stringify(value, (key, one: unknown) => (isPrinted(key) ? null : one)));
}

function numbersOn({ context }: Device): readonly string[] {
  return context.replica.connection
    .prepare<[], string>('SELECT number FROM invoices WHERE number IS NOT NULL')
    .pluck()
    .all();
}

/** A change, or what came of it. */
interface Untold {
  readonly uid: string;
  readonly text: string;
}

/** Of a conflict the own wish alone: what stood against it is the cloud's, and may be gone there. */
function untold({ context }: Device): readonly Untold[] {
  return context.replica.connection
    .prepare<[], Untold>(
      `SELECT record_uid AS uid, body AS text FROM outbox
       UNION ALL SELECT record_uid, json_extract(data, '$.body') FROM attention WHERE kind = 'rejection'
       UNION ALL SELECT record_uid, data FROM attention WHERE kind = 'notice'
       UNION ALL SELECT record_uid, json_object('mine', json_extract(value, '$.mine'))
                 FROM attention, json_each(data, '$.fields') WHERE kind = 'conflict'`,
    )
    .all();
}
