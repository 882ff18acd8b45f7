import type { SyncCollection } from '../../../shared/contracts/sync/collections';

/** The page of a record; null for what has none of its own. */
export function recordPath(record: {
  readonly collection: SyncCollection;
  readonly uid: string;
}): string | null {
  switch (record.collection) {
    case 'clients':
    case 'products':
    case 'orders':
    case 'invoices':
      return `/${record.collection}/${record.uid}`;
    case 'documents':
      return `/invoices/${record.uid}`;
    case 'settings':
      return '/settings';
    case 'payments':
    case 'sends':
    case 'assets':
      return null;
  }
}
