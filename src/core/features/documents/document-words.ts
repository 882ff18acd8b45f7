import type { Invoice } from '../../../shared/domain/invoice';
import type { Order } from '../../../shared/domain/order';
import { searchWords } from '../../listing/search-words';

/** What an invoice or credit note is found by. */
export function invoiceWords(invoice: Invoice, clientName: string): string {
  const { content } = invoice;
  return searchWords(
    invoice.number ?? '',
    clientName,
    content.buyerReference,
    content.paymentReference,
    ...content.lines.map((line) => line.description),
  );
}

/** What an order is found by. */
export function orderWords(order: Order, clientName: string): string {
  const { content } = order;
  return searchWords(
    order.number,
    clientName,
    content.buyerReference,
    ...content.lines.map((line) => line.description),
  );
}
