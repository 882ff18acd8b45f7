import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { creditableLines } from '../../../shared/domain/credit-rules';
import type { Invoice } from '../../../shared/domain/invoice';
import { signedTotal, statusOf } from '../../../shared/domain/invoice-status';
import type { ReadScope } from '../../replica/replica';
import { readClient } from '../documents/parties';
import { findOrder } from '../orders/order-repository';
import { findPayments } from '../payments/payment-repository';
import { deliveriesOf } from '../sends/send-repository';
import { openBalance } from './invoice-mapping';
import type { StoredInvoice } from './invoice-repository';
import { findCreditNotes, findInvoice } from './invoice-repository';

type RelatedDocument = InvoiceView['credits'][number];

export function relatedDocument(invoice: Invoice): RelatedDocument {
  const { uid, kind, number, content, finalisedAt, totals } = invoice;
  const total = signedTotal(kind, totals.total);
  return { uid, number, issueDate: content.issueDate, finalisedAt, total };
}

/** Everything that a page about one document shows. */
export function viewOf(
  scope: ReadScope,
  { invoice, clientName }: StoredInvoice,
  today: CalendarDate,
): InvoiceView {
  const { content, totals, paid, credited, kind, finalisedAt } = invoice;
  const client = readClient(scope, content.clientUid);
  const order = invoice.orderUid === null ? null : findOrder(scope, invoice.orderUid);
  const corrected = invoice.correctsUid === null ? null : findInvoice(scope, invoice.correctsUid);
  const credits = findCreditNotes(scope, invoice.uid).map((stored) => stored.invoice);
  const isCreditable = kind === 'invoice' && finalisedAt !== null;
  return {
    invoice,
    status: statusOf({
      kind,
      finalisedAt,
      total: totals.total,
      paid,
      credited,
      dueDate: content.dueDate,
      today,
    }),
    balance: openBalance(invoice),
    delivery: deliveriesOf(scope, [invoice.uid]).get(invoice.uid) ?? null,
    clientName: client?.name ?? (clientName === '' ? null : clientName),
    clientEmail: client?.email ?? '',
    orderNumber: order?.order.number ?? null,
    corrects: corrected === null ? null : relatedDocument(corrected.invoice),
    credits: credits.map(relatedDocument),
    payments: findPayments(scope, invoice.uid),
    creditable: isCreditable ? [...creditableLines(invoice, credits)] : [],
  };
}
