import { COLLECTION_ORDER } from '../../shared/contracts/sync/collections';
import type { WriteScope } from '../replica/replica';
import { outbox, syncCollections } from '../replica/schema';
import { adapterOf } from './adapters';
import { tellAgain } from './tell-again';

/**
 * Queues every record of the replica in place of what was queued, for a cloud that knows none of
 * them: one mutation each, however long their history. A cut-off upload goes on where it was, since
 * this happens once, in the transaction that binds the replica.
 */
export function rebuildOutbox(scope: WriteScope): void {
  scope.db.delete(outbox).run();
  scope.db.delete(syncCollections).run();
  for (const collection of COLLECTION_ORDER) {
    const adapter = adapterOf(collection);
    for (const uid of adapter.uids(scope)) {
      const state = adapter.read(scope, uid);
      if (state !== null && !state.deleted) tellAgain(scope, collection, state);
    }
  }
}
