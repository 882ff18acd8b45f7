import { add } from '../../../shared/domain/money';
import type { MinorUnits } from '../../../shared/domain/money';
import type { WriteScope } from '../../replica/replica';
import { findInvoice, saveInvoice } from './invoice-repository';

/**
 * Counts a credit note on the invoice that it corrects, in the transaction that finalised it. The
 * cloud derives this from the credit note as well, so no mutation tells it.
 */
export function applyCredit(scope: WriteScope, invoiceUid: string, total: MinorUnits): void {
  const stored = findInvoice(scope, invoiceUid);
  // Sync may bring a credit note before its invoice.
  if (stored === null) return;
  const { invoice } = stored;
  const credited = add(invoice.credited, total);
  saveInvoice(scope, stored, { ...stored, invoice: { ...invoice, credited } });
  scope.record({ collection: 'invoices', uid: invoiceUid, action: 'credited', mutation: null });
}
