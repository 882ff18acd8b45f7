import type { EventData } from '../../../../src/shared/contracts/events/events';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { Transaction } from '../../../kit/database/database';
import { noteEvent } from '../db/changes';
import { findItems } from '../db/invoice-repository';
import type { InvoiceRow, ItemRow } from '../db/rows';
import { orderLinesOf } from '../domain/order-lines';
import { openBalance, restStatusOf } from '../domain/rest-status';

export type InvoiceChangeKind = EventData<'InvoiceUpdated'>['change'];

/** Tells the whole state of an invoice with what changed it, in the transaction of the change. */
export async function tellInvoice(
  transaction: Transaction,
  name: 'InvoiceCreated' | 'InvoiceUpdated',
  invoice: InvoiceRow,
  change: InvoiceChangeKind,
  today: CalendarDate,
): Promise<void> {
  const isTaking = invoice.orderUid !== null && invoice.finalisedAt !== null;
  const items = isTaking ? await findItems(transaction, invoice.tenant, [invoice.id]) : [];
  noteEvent(transaction, invoice.tenant, name, stateOf(invoice, items, change, today));
}

/** An invoice as other services know it; `items` are needed where it takes of an order. */
export function stateOf(
  invoice: InvoiceRow,
  items: readonly Pick<ItemRow, 'orderItemId' | 'orderLineUid' | 'quantity'>[],
  change: InvoiceChangeKind,
  today: CalendarDate,
): EventData<'InvoiceUpdated'> {
  return {
    id: invoice.id,
    uid: invoice.uid,
    revision: invoice.revision,
    kind: invoice.kind,
    number: invoice.number,
    client_id: invoice.clientId,
    order_id: invoice.orderId,
    order_uid: invoice.orderUid,
    status: restStatusOf(invoice, today),
    change,
    currency: invoice.currency,
    total: invoice.total,
    balance: openBalance(invoice),
    due_date: invoice.dueDate,
    order_lines: orderLinesOf(invoice.kind, items),
    deleted: invoice.deletedAt !== null,
  };
}
