import type { InvoiceKind } from '../../shared/domain/invoice';
import type { WriteScope } from '../replica/replica';
import { invoices } from '../replica/schema';

interface BareInvoice {
  readonly uid: string;
  readonly kind: InvoiceKind;
  readonly issueDate: string;
  readonly number: string;
  readonly seriesUid: string;
  readonly period: number | null;
  readonly sequence: number | null;
}

/** A finalised document with nothing on it but its number, for tests of numbers alone. */
export function insertBareInvoice(scope: WriteScope, given: BareInvoice): void {
  scope.db
    .insert(invoices)
    .values({
      ...given,
      clientName: '',
      clientSort: '',
      numberSort: given.number,
      currency: 'EUR',
      dueDate: given.issueDate,
      buyerReference: '',
      notes: '',
      paymentReference: '',
      language: 'en',
      formats: 'en-GB',
      pricesIncludeTax: false,
      finalisedAt: scope.now,
      isImported: given.sequence === null,
      remindersPaused: false,
      subtotal: 0,
      discountAmount: 0,
      net: 0,
      tax: 0,
      total: 0,
      signedTotal: 0,
      paid: 0,
      credited: 0,
      balance: 0,
      settlement: 'paid',
      createdAt: scope.now,
      updatedAt: scope.now,
    })
    .run();
}
