import type { TaxSnapshot } from '../../../../src/shared/domain/tax';
import type { InvoiceRow, ItemRow } from './rows';

/** What of an invoice lists show. */
export type ListedInvoice = Omit<
  InvoiceRow,
  | 'tenant'
  | 'head'
  | 'clientId'
  | 'clientUid'
  | 'correctsUid'
  | 'clientName'
  | 'isImported'
  | 'duplicateOf'
  | 'numberClash'
  | 'orderUid'
  | 'orderNumber'
  | 'seriesUid'
  | 'period'
  | 'sequence'
  | 'reminderStep'
  | 'overdueNotedOn'
  | 'deletedAt'
> & { readonly clientId: number };
export type ListedItem = Pick<
  ItemRow,
  'id' | 'invoiceId' | 'description' | 'quantity' | 'unitPrice' | 'total' | 'unit' | 'tax'
>;

/** Rows as the driver gives them: columns by their own names, moments as text, flags as numbers. */
export interface RawInvoice {
  readonly id: number;
  readonly uid: InvoiceRow['uid'];
  readonly kind: InvoiceRow['kind'];
  readonly revision: number;
  readonly client_id: number;
  readonly order_id: number | null;
  readonly corrects_id: number | null;
  readonly currency: InvoiceRow['currency'];
  readonly exchange_rate: number | null;
  readonly issue_date: InvoiceRow['issueDate'];
  readonly due_date: InvoiceRow['dueDate'];
  readonly buyer_reference: string;
  readonly notes: string;
  readonly net: InvoiceRow['net'];
  readonly tax: InvoiceRow['tax'];
  readonly total: InvoiceRow['total'];
  readonly number: string | null;
  readonly finalised_at: string | null;
  readonly paid: InvoiceRow['paid'];
  readonly credited: InvoiceRow['credited'];
  readonly delivery_state: InvoiceRow['deliveryState'];
  readonly delivery_send_uid: string | null;
  readonly delivery_attempt: number | null;
  readonly delivery_reason: string | null;
  readonly delivery_at: string | null;
  readonly sent_at: string | null;
  readonly pdf_sha256: string | null;
  readonly reminders_paused: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface RawItem {
  readonly id: number;
  readonly invoice_id: number;
  readonly description: string;
  readonly quantity: number;
  readonly unit_price: number;
  readonly total: ItemRow['total'];
  readonly unit: string;
  readonly tax: string;
}

export function listedInvoice(row: RawInvoice): ListedInvoice {
  return {
    id: row.id,
    uid: row.uid,
    kind: row.kind,
    revision: row.revision,
    clientId: row.client_id,
    orderId: row.order_id,
    correctsId: row.corrects_id,
    currency: row.currency,
    exchangeRate: row.exchange_rate,
    issueDate: row.issue_date,
    dueDate: row.due_date,
    buyerReference: row.buyer_reference,
    notes: row.notes,
    net: row.net,
    tax: row.tax,
    total: row.total,
    number: row.number,
    finalisedAt: momentOrNull(row.finalised_at),
    paid: row.paid,
    credited: row.credited,
    deliveryState: row.delivery_state,
    deliverySendUid: row.delivery_send_uid,
    deliveryAttempt: row.delivery_attempt,
    deliveryReason: row.delivery_reason,
    deliveryAt: momentOrNull(row.delivery_at),
    sentAt: momentOrNull(row.sent_at),
    pdfSha256: row.pdf_sha256,
    remindersPaused: row.reminders_paused !== 0,
    createdAt: moment(row.created_at),
    updatedAt: moment(row.updated_at),
  };
}

/** `known` keeps taxes that were parsed before, by their text. */
export function listedItem(row: RawItem, known: Map<string, TaxSnapshot>): ListedItem {
  let tax = known.get(row.tax);
  if (tax === undefined) {
    tax = JSON.parse(row.tax) as TaxSnapshot;
    known.set(row.tax, tax);
  }
  return {
    id: row.id,
    invoiceId: row.invoice_id,
    description: row.description,
    quantity: row.quantity,
    unitPrice: row.unit_price,
    total: row.total,
    unit: row.unit,
    tax,
  };
}

/** `2026-06-01 12:00:00.000`, in UTC as every connection is. */
function moment(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`);
}

function momentOrNull(text: string | null): Date | null {
  return text === null ? null : moment(text);
}
