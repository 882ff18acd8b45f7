import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { CollectionAdapter } from './collection-adapter';
import { assetsAdapter } from './collections/assets';
import { clientsAdapter } from './collections/clients';
import { documentsAdapter } from './collections/documents';
import { invoicesAdapter } from './collections/invoices';
import { ordersAdapter } from './collections/orders';
import { paymentsAdapter } from './collections/payments';
import { productsAdapter } from './collections/products';
import { sendsAdapter } from './collections/sends';
import { settingsAdapter } from './collections/settings';

const ADAPTERS = {
  settings: settingsAdapter,
  clients: clientsAdapter,
  products: productsAdapter,
  orders: ordersAdapter,
  assets: assetsAdapter,
  invoices: invoicesAdapter,
  payments: paymentsAdapter,
  sends: sendsAdapter,
  documents: documentsAdapter,
} as const;

/** How the records of a collection lie in the replica. */
export function adapterOf(collection: SyncCollection): CollectionAdapter {
  return ADAPTERS[collection];
}
