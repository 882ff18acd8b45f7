import { z } from 'zod';

import {
  assetRecord,
  clientRecord,
  documentRecord,
  invoiceRecord,
  orderRecord,
  paymentRecord,
  productRecord,
  sendRecord,
  settingsRecord,
} from './records';

/**
 * What is synced, in the order in which creates travel: whatever a record refers to comes before
 * it. `service` owns the collection and its change counter.
 */
export const SYNC_COLLECTIONS = {
  settings: { service: 'auth', record: settingsRecord },
  clients: { service: 'clients', record: clientRecord },
  products: { service: 'orders', record: productRecord },
  orders: { service: 'orders', record: orderRecord },
  assets: { service: 'invoices', record: assetRecord },
  invoices: { service: 'invoices', record: invoiceRecord },
  payments: { service: 'invoices', record: paymentRecord },
  sends: { service: 'invoices', record: sendRecord },
  /** Last: the papers are heavy, and nothing but printing needs them. */
  documents: { service: 'invoices', record: documentRecord },
} as const;

export type SyncCollection = keyof typeof SYNC_COLLECTIONS;
export type SyncRecord<C extends SyncCollection> = z.infer<(typeof SYNC_COLLECTIONS)[C]['record']>;

export const syncCollection = z.enum(
  Object.keys(SYNC_COLLECTIONS) as [SyncCollection, ...SyncCollection[]],
);

/** Every collection in the order of creates. */
export const COLLECTION_ORDER = syncCollection.options;
