import type { EventData } from '../../../../src/shared/contracts/events/events';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { Transaction } from '../../../kit/database/database';
import { recordEvent } from '../../../kit/messaging/outbox';
import type { InvoiceRow } from '../db/invoice-repository';
import { findItems } from '../db/invoice-repository';
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
  const isTaking = invoice.orderId !== null && invoice.finalisedAt !== null;
  const items = isTaking ? await findItems(transaction, invoice.tenant, [invoice.id]) : [];
  await recordEvent(transaction, name, invoice.tenant, {
    id: invoice.id,
    uid: invoice.uid,
    revision: invoice.revision,
    kind: invoice.kind,
    number: invoice.number,
    client_id: invoice.clientId,
    order_id: invoice.orderId,
    status: restStatusOf(invoice, today),
    change,
    currency: invoice.currency,
    total: invoice.total,
    balance: openBalance(invoice),
    due_date: invoice.dueDate,
    order_lines: orderLinesOf(invoice.kind, items),
    deleted: invoice.deletedAt !== null,
  });
}
