import type { SyncedCollection } from '../../../kit/sync/synced-collection';
import { createInvoicesCollection } from './invoices-collection';
import { createAssetsCollection, createDocumentsCollection } from './papers-collections';
import { createPaymentsCollection } from './payments-collection';
import { createSendsCollection } from './sends-collection';

/** What this service keeps for devices. It needs nothing but the database and a clock. */
export function createSyncedCollections(clock: () => Date): readonly SyncedCollection[] {
  const collections = [
    createAssetsCollection(),
    createInvoicesCollection(clock),
    createPaymentsCollection(clock),
    createSendsCollection(clock),
    createDocumentsCollection(clock),
  ];
  return collections;
}
