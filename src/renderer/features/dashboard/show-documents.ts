import type { OrderStatus } from '../../../shared/domain/order';
import { presetList } from '../../ui/list-state';
import type { InvoiceFilters } from '../invoices/invoice-list-state';
import { INVOICE_LIST, INVOICES_START, NO_INVOICE_FILTERS } from '../invoices/invoice-list-state';
import { NO_ORDER_FILTERS, ORDER_LIST, ORDERS_START } from '../orders/order-list-state';

/** The list of invoices opens with these filters and no others. */
export function showInvoices(filters: Partial<InvoiceFilters>): void {
  presetList(INVOICE_LIST, INVOICES_START, { filters: { ...NO_INVOICE_FILTERS, ...filters } });
}

/** The list of orders opens with these. */
export function showOrders(statuses: readonly OrderStatus[]): void {
  presetList(ORDER_LIST, ORDERS_START, { filters: { ...NO_ORDER_FILTERS, statuses } });
}
