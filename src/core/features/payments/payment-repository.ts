import { asc, eq, sql } from 'drizzle-orm';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { Payment } from '../../../shared/domain/payment';
import { payment as paymentSchema } from '../../../shared/domain/payment';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { payments } from '../../replica/schema';
import { preparedInsert } from '../documents/prepared-rows';
import { SumChanges } from '../documents/sums';

const ofInvoice = prepared((db) =>
  db
    .select()
    .from(payments)
    .where(eq(payments.invoiceUid, sql.placeholder('invoiceUid')))
    .orderBy(asc(payments.id))
    .prepare(),
);

const byUid = prepared((db) =>
  db
    .select()
    .from(payments)
    .where(eq(payments.uid, sql.placeholder('uid')))
    .prepare(),
);

/** The payments of an invoice with their reversals, in the order they were recorded. */
export function findPayments(scope: ReadScope, invoiceUid: string): Payment[] {
  return ofInvoice(scope.db)
    .all({ invoiceUid })
    .map((row) => paymentSchema.parse(row));
}

export function findPayment(scope: ReadScope, uid: string): Payment | null {
  const row = byUid(scope.db).get({ uid });
  return row === undefined ? null : paymentSchema.parse(row);
}

const insert = preparedInsert(payments);

/**
 * Adds payments and their sums, in the caller's transaction. What the invoices count as paid and
 * what outbox and activity hear of it is the caller's to write.
 */
export function insertPayments(
  scope: WriteScope,
  records: readonly { readonly payment: Payment; readonly currency: CurrencyCode }[],
): void {
  const sums = new SumChanges();
  for (const { payment, currency } of records) {
    insert(scope, { ...payment, currency });
    sums.payment({ currency, date: payment.date, amount: payment.amount });
  }
  sums.apply(scope);
}

/** Takes a payment out that the cloud refused, with its sums. What its invoice counts as paid is the caller's. */
export function deletePayment(scope: WriteScope, uid: string): void {
  const row = byUid(scope.db).get({ uid });
  if (row === undefined) return;
  scope.db.delete(payments).where(eq(payments.uid, uid)).run();
  const sums = new SumChanges();
  sums.withoutPayment(row);
  sums.apply(scope);
}
