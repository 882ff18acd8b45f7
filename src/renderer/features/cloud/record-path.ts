import type { RejectionItem } from '../../../shared/contracts/app-api/sync';
import type { SyncCollection } from '../../../shared/contracts/sync/collections';

interface Place {
  readonly collection: SyncCollection;
  readonly uid: string;
  /** What is concerned of it: the settings have pages by field. */
  readonly fields?: readonly { readonly path: string }[];
}

/** The page of a record; null for what has none of its own. */
export function recordPath({ collection, uid, fields = [] }: Place): string | null {
  switch (collection) {
    case 'clients':
    case 'products':
    case 'orders':
    case 'invoices':
      return `/${collection}/${uid}`;
    case 'documents':
      return `/invoices/${uid}`;
    case 'settings':
      return `/settings/${settingsPage(fields.map(({ path }) => path.split('.')[0] ?? ''))}`;
    case 'payments':
    case 'sends':
    case 'assets':
      return null;
  }
}

/** Fields by the page of the settings that has them; all others are on that of the business. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  'bank-accounts': ['bankAccounts'],
  'tax-codes': ['category', 'rate', 'reasons', 'archivedAt'],
  numbers: ['pattern', 'resetsYearly'],
  documents: ['language', 'formats', 'paper', 'terms', 'pricesIncludeTax', 'notes', 'mail'],
};

function settingsPage(fields: readonly string[]): string {
  const found = Object.entries(PAGES).find(([, names]) =>
    fields.some((field) => names.includes(field)),
  );
  return found?.[0] ?? 'business';
}

/** Where what was refused can be put right, with the refused words laid over the record. */
export function editPath(rejection: RejectionItem): string | null {
  const path = recordPath(rejection);
  if (path === null) return null;
  const editor = rejection.collection === 'clients' ? `${path}/edit` : path;
  return rejection.kind === 'patch' ? `${editor}?refused=${String(rejection.id)}` : editor;
}

/** The place of a conflict or a rejection on the page of the cloud. */
export function itemPath(id: number): string {
  return `/cloud#${itemAnchor(id)}`;
}

export function itemAnchor(id: number): string {
  return `item-${String(id)}`;
}
