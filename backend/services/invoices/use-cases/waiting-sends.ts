import { and, asc, eq, inArray } from 'drizzle-orm';

import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { saveInvoice } from '../db/invoice-repository';
import type { InvoiceRow, SendRow } from '../db/rows';
import { sends } from '../db/schema';
import { saveSend } from '../db/send-repository';
import type { DeliveryFact } from '../domain/delivery';
import { DUPLICATE, PDF_DIFFERS } from '../domain/delivery';
import { isSettled } from '../domain/rest-status';
import { afterFactOf, deliveryColumns, retrySend, startAttempt } from './deliveries';
import { tellInvoice } from './tell-invoice';

/** Has the sends of a document go on that waited for its author's own PDF (R73). */
export async function releaseHeld(
  transaction: Transaction,
  invoice: InvoiceRow,
  today: CalendarDate,
  now: Date,
): Promise<void> {
  let current = invoice;
  for (const send of await lockSendsOf(transaction, invoice.tenant, [invoice.uid], 'held')) {
    if (send.reason !== PDF_DIFFERS) continue;
    current = await retrySend(transaction, current, send, today, now);
  }
}

/** Sends of some documents that stand in a state, held until the transaction ends. */
export async function lockSendsOf(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly InvoiceUid[],
  state: SendRow['state'],
): Promise<readonly SendRow[]> {
  if (uids.length === 0) return [];
  return transaction
    .select()
    .from(sends)
    .where(
      and(eq(sends.tenant, tenant), inArray(sends.invoiceUid, [...uids]), eq(sends.state, state)),
    )
    .orderBy(asc(sends.sendUid))
    .for('update');
}

/** What a send that a device asked for meets, once its document is there: it begins, or is held. */
export function firstFact(invoice: Pick<InvoiceRow, 'duplicateOf'>, attempt: number): DeliveryFact {
  return invoice.duplicateOf === null
    ? { kind: 'begun' }
    : { kind: 'held', attempt, reason: DUPLICATE };
}

/** Begins a send that waited for its document, which is here now and locked by the caller. */
export async function beginQueued(
  transaction: Transaction,
  invoice: InvoiceRow,
  send: SendRow,
  today: CalendarDate,
  now: Date,
): Promise<InvoiceRow> {
  const change = afterFactOf(send, firstFact(invoice, send.attempt), now);
  if (change === null) return invoice;
  const named = { invoiceId: invoice.id, wasSettled: isSettled(invoice) };
  const saved = await saveSend(transaction, send, { ...change, ...named }, now);
  if (saved.state === 'pending') await startAttempt(transaction, invoice, saved, now);
  return showLatest(transaction, invoice, saved, today, now);
}

/** An invoice shows the mail that was asked for last. */
export async function showLatest(
  transaction: Transaction,
  invoice: InvoiceRow,
  send: SendRow,
  today: CalendarDate,
  now: Date,
): Promise<InvoiceRow> {
  if (send.kind !== 'invoice') return invoice;
  const changed = await saveInvoice(transaction, invoice, deliveryColumns(send, now), now);
  await tellInvoice(transaction, 'InvoiceUpdated', changed, 'delivery', today);
  return changed;
}
