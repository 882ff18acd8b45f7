import type { InvoiceKind, InvoiceStatus } from '../../../shared/domain/invoice';
import type { CurrencyCode } from '../../../shared/domain/currency';
import type { ClientChoice, DateRange } from '../documents/filter-choices';
import { NO_DATES } from '../documents/filter-choices';

export interface InvoiceFilters {
  readonly statuses: readonly InvoiceStatus[];
  readonly kind: InvoiceKind | null;
  readonly client: ClientChoice | null;
  readonly currency: CurrencyCode | null;
  readonly dates: DateRange;
  readonly mail: 'attention' | null;
}

export const INVOICE_LIST = 'invoices';

export const NO_INVOICE_FILTERS: InvoiceFilters = {
  statuses: [],
  kind: null,
  client: null,
  currency: null,
  dates: NO_DATES,
  mail: null,
};

/** How the list of invoices starts; for `useListState` and for ways into it (`presetList`). */
export const INVOICES_START = {
  filters: NO_INVOICE_FILTERS,
  sort: { by: 'issueDate', direction: 'desc' },
} as const;

export const INVOICE_SORTS = [
  'issueDate',
  'dueDate',
  'number',
  'clientName',
  'total',
  'balance',
] as const;
export type InvoiceSort = (typeof INVOICE_SORTS)[number];

/** The part of a list or count call that the filters make. */
export function invoiceQuery(search: string, filters: InvoiceFilters) {
  const { statuses, kind, client, currency, dates, mail } = filters;
  return {
    ...(search === '' ? {} : { search }),
    ...(statuses.length === 0 ? {} : { statuses: [...statuses] }),
    ...(kind === null ? {} : { kind }),
    ...(client === null ? {} : { clientUid: client.uid }),
    ...(currency === null ? {} : { currency }),
    ...(dates.from === null ? {} : { from: dates.from }),
    ...(dates.to === null ? {} : { to: dates.to }),
    ...(mail === null ? {} : { mailNeedsAttention: true as const }),
  };
}
