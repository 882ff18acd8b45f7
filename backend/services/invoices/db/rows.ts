import type { invoiceItems, invoices, payments, sends } from './schema';

/** An invoice or credit note without its lines. */
export type InvoiceRow = Omit<typeof invoices.$inferSelect, 'isOpen'>;
export type ItemRow = typeof invoiceItems.$inferSelect;
/** What REST shows: not deleted, and of a client that is known here. */
export type ShownInvoice = InvoiceRow & { readonly clientId: number };
/** What a new row says; the id is the database's. */
export type NewInvoice = Omit<InvoiceRow, 'id'>;

export type PaymentRow = typeof payments.$inferSelect;

export type SendRow = typeof sends.$inferSelect;
