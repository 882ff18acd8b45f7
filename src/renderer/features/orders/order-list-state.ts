import type { OrderStatus } from '../../../shared/domain/order';
import type { ClientChoice, DateRange } from '../documents/filter-choices';
import { NO_DATES } from '../documents/filter-choices';

export interface OrderFilters {
  readonly statuses: readonly OrderStatus[];
  readonly client: ClientChoice | null;
  readonly dates: DateRange;
}

export const ORDER_LIST = 'orders';

export const NO_ORDER_FILTERS: OrderFilters = { statuses: [], client: null, dates: NO_DATES };

/** How the list of orders starts; for `useListState` and for ways into it (`presetList`). */
export const ORDERS_START = {
  filters: NO_ORDER_FILTERS,
  sort: { by: 'orderDate', direction: 'desc' },
} as const;

export const ORDER_SORTS = ['orderDate', 'number', 'clientName', 'total'] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

/** The part of a list or count call that the filters make. */
export function orderQuery(search: string, { statuses, client, dates }: OrderFilters) {
  return {
    ...(search === '' ? {} : { search }),
    ...(statuses.length === 0 ? {} : { statuses: [...statuses] }),
    ...(client === null ? {} : { clientUid: client.uid }),
    ...(dates.from === null ? {} : { from: dates.from }),
    ...(dates.to === null ? {} : { to: dates.to }),
  };
}
