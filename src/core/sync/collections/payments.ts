import { asc } from 'drizzle-orm';

import { add, ZERO } from '../../../shared/domain/money';
import { findInvoice, saveInvoice } from '../../features/invoices/invoice-repository';
import {
  findPayment,
  findPayments,
  insertPayments,
} from '../../features/payments/payment-repository';
import type { WriteScope } from '../../replica/replica';
import { payments } from '../../replica/schema';
import type { CollectionAdapter, SyncedRecord } from '../collection-adapter';
import { titleOf } from './orders';

/** Append-only: what is here stays as it is, what is new is added. */
export const paymentsAdapter: CollectionAdapter<'payments'> = {
  collection: 'payments',

  read(scope, uid) {
    const payment = findPayment(scope, uid);
    return payment === null ? null : { record: payment, deleted: false };
  },

  store(scope, records) {
    const waiting: SyncedRecord<'payments'>[] = [];
    const changed = new Set<string>();
    for (const pulled of records) {
      const { record } = pulled;
      if (findPayment(scope, record.uid) !== null) continue;
      const invoice = findInvoice(scope, record.invoiceUid);
      if (invoice === null) {
        waiting.push(pulled);
        continue;
      }
      insertPayments(scope, [{ payment: record, currency: invoice.invoice.content.currency }]);
      changed.add(record.invoiceUid);
    }
    for (const uid of changed) recountPaid(scope, uid);
    scope.touch(['payments', 'invoices']);
    return waiting;
  },

  referencesOf({ invoiceUid, reverses }) {
    const invoice = { collection: 'invoices', uid: invoiceUid } as const;
    return reverses === null ? [invoice] : [invoice, { collection: 'payments', uid: reverses }];
  },
  title(scope, uid) {
    const payment = findPayment(scope, uid);
    const stored = payment === null ? null : findInvoice(scope, payment.invoiceUid);
    return stored === null ? '' : titleOf(stored.invoice.number, stored.clientName);
  },
  uids: (scope) =>
    scope.db
      .select({ uid: payments.uid })
      .from(payments)
      .orderBy(asc(payments.id))
      .all()
      .map(({ uid }) => uid),
};

/** What an invoice counts as paid follows from its payments, whoever recorded them. */
export function recountPaid(scope: WriteScope, uid: string): void {
  const stored = findInvoice(scope, uid);
  if (stored === null) return;
  const paid = findPayments(scope, uid).reduce((sum, { amount }) => add(sum, amount), ZERO);
  if (paid === stored.invoice.paid) return;
  saveInvoice(scope, stored, { ...stored, invoice: { ...stored.invoice, paid } });
}
