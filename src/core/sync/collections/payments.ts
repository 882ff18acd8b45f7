import { asc, sql } from 'drizzle-orm';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { Payment } from '../../../shared/domain/payment';
import { findInvoice } from '../../features/invoices/invoice-repository';
import { findPayment, insertPayments } from '../../features/payments/payment-repository';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import { invoices, payments } from '../../replica/schema';
import type { CollectionAdapter, SyncedRecord } from '../collection-adapter';
import { titleOf } from './orders';
import { recountPaid } from './settled-amounts';

/** Append-only: what is here stays as it is, what is new is added. */
export const paymentsAdapter: CollectionAdapter<'payments'> = {
  collection: 'payments',

  read(scope, uid) {
    const payment = findPayment(scope, uid);
    return payment === null ? null : { record: payment, deleted: false };
  },

  store(scope, records) {
    const waiting: SyncedRecord<'payments'>[] = [];
    const added = new Map<string, { payment: Payment; currency: CurrencyCode }>();
    const known = knownPayments(
      scope,
      records.map(({ record }) => record.uid),
    );
    const currencies = currenciesOf(
      scope,
      records.map(({ record }) => record.invoiceUid),
    );
    for (const pulled of records) {
      const { record: payment } = pulled;
      const currency = currencies.get(payment.invoiceUid);
      if (known.has(payment.uid)) continue;
      if (currency === undefined) waiting.push(pulled);
      else added.set(payment.uid, { payment, currency });
    }
    const fresh = [...added.values()];
    insertPayments(scope, fresh);
    recountPaid(scope, [...new Set(fresh.map(({ payment }) => payment.invoiceUid))]);
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

const selectKnown = prepared((db) =>
  db
    .select({ uid: payments.uid })
    .from(payments)
    .where(sql`${payments.uid} IN (SELECT value FROM json_each(${sql.placeholder('uids')}))`)
    .prepare(),
);

function knownPayments(scope: ReadScope, uids: readonly string[]): ReadonlySet<string> {
  const rows = selectKnown(scope.db).all({ uids: JSON.stringify(uids) });
  return new Set(rows.map(({ uid }) => uid));
}

const selectCurrencies = prepared((db) =>
  db
    .select({ uid: invoices.uid, currency: invoices.currency })
    .from(invoices)
    .where(sql`${invoices.uid} IN (SELECT value FROM json_each(${sql.placeholder('uids')}))`)
    .prepare(),
);

/** The currencies of the invoices that are here. */
function currenciesOf(
  scope: ReadScope,
  uids: readonly string[],
): ReadonlyMap<string, CurrencyCode> {
  const rows = selectCurrencies(scope.db).all({ uids: JSON.stringify([...new Set(uids)]) });
  // Parsed when the invoice was stored.
  return new Map(rows.map(({ uid, currency }) => [uid, currency as CurrencyCode]));
}
