import type { SyncCollection } from '../../../../src/shared/contracts/sync/collections';
import type { Transaction } from '../../../kit/database/database';
import type { ApplyContext } from '../../../kit/sync/synced-collection';
import { collectChanges } from '../db/changes';
import { publicationsOf } from '../db/publishing';

/**
 * Does work by the same means as REST, in a batch of a device: what it changes of other collections
 * and tells other services goes with the batch. Records of the batch's own collection are the
 * engine's to write.
 */
export async function passingOn(
  transaction: Transaction,
  context: ApplyContext,
  own: SyncCollection,
  work: () => Promise<void>,
): Promise<void> {
  const { changes } = await collectChanges(transaction, work);
  for (const [tenant, changed] of changes) {
    const publications = await publicationsOf(transaction, tenant, changed, own);
    for (const { collection, changes: records } of publications) {
      context.publish(collection, records);
    }
    for (const { name, data } of changed.events) context.record(name, data);
  }
}
