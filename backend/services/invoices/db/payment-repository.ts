import { and, asc, eq } from 'drizzle-orm';

import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { notePayment } from './changes';
import type { PaymentRow } from './rows';
import { payments } from './schema';

/** All payments of an invoice, reversals and refunds included, the earliest recorded first. */
export async function findPayments(
  scope: Database | Transaction,
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
): Promise<readonly PaymentRow[]> {
  return scope
    .select()
    .from(payments)
    .where(and(eq(payments.tenant, tenant), eq(payments.invoiceUid, invoiceUid)))
    .orderBy(asc(payments.id));
}

export async function insertPayment(
  transaction: Transaction,
  payment: Omit<PaymentRow, 'id'>,
): Promise<PaymentRow> {
  const [{ insertId }] = await transaction.insert(payments).values(payment);
  const inserted = { ...payment, id: insertId };
  notePayment(transaction, inserted);
  return inserted;
}
