import type { SyncedCollection } from '../../../kit/sync/synced-collection';
import { ordersCollection } from './orders-collection';
import { productsCollection } from './products-collection';

/** What this service keeps for devices. */
export const syncedCollections: readonly SyncedCollection[] = [
  productsCollection,
  ordersCollection,
];
