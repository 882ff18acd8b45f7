import type { RecordName, RejectionItem } from '../../../shared/contracts/app-api/sync';
import { rootOf } from '../../../shared/sync/field-paths';

interface Place extends Pick<RecordName, 'page'> {
  /** What is concerned of it: the settings of the business have pages by field. */
  readonly fields?: readonly { readonly path: string }[];
}

/** The page that shows a record, or the dialog on it; null for what has none. */
export function recordPath({ page, fields = [] }: Place): string | null {
  switch (page?.of) {
    case 'client':
      return `/clients/${page.uid}`;
    case 'product':
      return `/products/${page.uid}`;
    case 'order':
      return `/orders/${page.uid}`;
    case 'invoice':
      return `/invoices/${page.uid}`;
    case 'business':
      return `/settings/${businessPage(fields.map(({ path }) => rootOf(path)))}`;
    case 'tax_code':
      return `/settings/tax-codes?edit=${page.uid}`;
    case 'series':
      return `/settings/numbers?edit=${page.uid}`;
    case undefined:
      return null;
  }
}

/** Fields of the business by the page that has them; all others are on its first one. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  'bank-accounts': ['bankAccounts'],
  documents: ['language', 'formats', 'paper', 'terms', 'pricesIncludeTax', 'notes', 'mail'],
};

function businessPage(fields: readonly string[]): string {
  const found = Object.entries(PAGES).find(([, names]) =>
    fields.some((field) => names.includes(field)),
  );
  return found?.[0] ?? 'business';
}

/** Where what was refused can be put right, with the refused words laid over the record. */
export function editPath(rejection: RejectionItem): string | null {
  const path = recordPath(rejection);
  if (path === null) return null;
  const editor = rejection.page?.of === 'client' ? `${path}/edit` : path;
  if (rejection.fields.length === 0) return editor;
  return `${editor}${editor.includes('?') ? '&' : '?'}refused=${String(rejection.id)}`;
}

/** The place of a conflict or a rejection on the page of the cloud. */
export function itemPath(id: number): string {
  return `/cloud#${itemAnchor(id)}`;
}

export function itemAnchor(id: number): string {
  return `item-${String(id)}`;
}
