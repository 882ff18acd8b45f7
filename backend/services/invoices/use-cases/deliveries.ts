import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { recordWorkflowStart } from '../../../kit/messaging/outbox';
import { rememberOutcome } from '../../../kit/messaging/workflow-steps';
import { noteEvent } from '../db/changes';
import { lockInvoiceByUid, saveInvoice } from '../db/invoice-repository';
import type { InvoiceRow, SendRow } from '../db/rows';
import { insertSend, lockSend, newSend, saveSend } from '../db/send-repository';
import { addEntry } from '../db/timeline-repository';
import type { Delivery, DeliveryFact } from '../domain/delivery';
import { afterFact, isSettledState } from '../domain/delivery';
import { isSettled } from '../domain/rest-status';
import { startOf } from '../domain/timeline';
import { tellInvoice } from './tell-invoice';

/** What an invoice's row shows of its last mail. */
export function deliveryColumns(send: SendRow, now: Date) {
  return {
    deliveryState: send.state === 'queued' ? ('pending' as const) : send.state,
    deliverySendUid: send.sendUid,
    deliveryAttempt: send.attempt,
    deliveryReason: send.reason,
    deliveryAt: now,
  };
}

/**
 * Begins another mail with a stored document: the workflow finds the invoice made already. The
 * invoice is locked, and saved by the caller with the columns that this returns.
 */
export async function beginSend(
  transaction: Transaction,
  invoice: InvoiceRow,
  sendUid: string,
  now: Date,
): Promise<ReturnType<typeof deliveryColumns>> {
  const wasSettled = isSettled(invoice);
  const send = newSend(invoice, { sendUid, kind: 'invoice', wasSettled }, now);
  await insertSend(transaction, send);
  await startAttempt(transaction, invoice, send, now);
  return deliveryColumns(send, now);
}

/** Asks for a reminder of a locked invoice; `reminderStep` is its rung of the ladder, from 1. */
export async function beginReminder(
  transaction: Transaction,
  invoice: InvoiceRow,
  { sendUid, reminderStep }: { readonly sendUid: string; readonly reminderStep: number },
  now: Date,
): Promise<void> {
  const wish = { sendUid, kind: 'reminder', wasSettled: false, reminderStep } as const;
  const send = newSend(invoice, wish, now);
  await insertSend(transaction, send);
  await addEntry(transaction, invoice, {
    key: `reminder:started:${sendUid}`,
    step: 'reminder',
    state: 'started',
    at: now,
    sendUid,
  });
  await startAttempt(transaction, invoice, send, now);
}

/** Has whoever delivers a send begin its attempt. */
export async function startAttempt(
  transaction: Transaction,
  invoice: Pick<InvoiceRow, 'tenant' | 'id' | 'uid'>,
  { sendUid, kind, attempt, reminderStep }: SendRow,
  now: Date,
): Promise<void> {
  const { tenant, uid } = invoice;
  if (kind === 'reminder') {
    const step = reminderStep ?? 1;
    noteEvent(transaction, tenant, 'ReminderRequested', {
      send_uid: sendUid,
      invoice_uid: uid,
      step,
    });
    return;
  }
  // The workflow's first step finds the document stored.
  await rememberOutcome(
    transaction,
    { tenant, step: 'create_invoice', send_uid: sendUid, execution: '' },
    { invoice_uid: uid },
  );
  const start = startOf('generate_pdf', { sendUid, attempt });
  await addEntry(transaction, invoice, { ...start, at: now, sendUid });
  await recordWorkflowStart(transaction, {
    tenant,
    send_uid: sendUid,
    invoice_uid: uid,
    attempt,
  });
}

/** Has a send tried again under its own uid; the invoice is locked by the caller. */
export async function retrySend(
  transaction: Transaction,
  invoice: InvoiceRow,
  send: SendRow,
  today: CalendarDate,
  now: Date,
): Promise<InvoiceRow> {
  const retried = await settle(transaction, invoice, send, { kind: 'retried' }, today, now);
  await startAttempt(transaction, invoice, { ...send, attempt: send.attempt + 1 }, now);
  return retried;
}

/** A send with its invoice, both held until the transaction ends. */
export async function lockDelivery(
  transaction: Transaction,
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
  sendUid: string,
): Promise<{ readonly invoice: InvoiceRow; readonly send: SendRow } | null> {
  // Everything is locked by way of the invoice.
  const invoice = await lockInvoiceByUid(transaction, tenant, invoiceUid);
  const send = invoice === null ? null : await lockSend(transaction, tenant, sendUid);
  return invoice === null || send?.invoiceId !== invoice.id ? null : { invoice, send };
}

/** The columns of a send after a fact; null when it changes nothing. */
export function afterFactOf(send: SendRow, fact: DeliveryFact, now: Date): Partial<SendRow> | null {
  const { state, attempt, reason, isMailed } = send;
  const before: Delivery = { state, attempt, reason, isMailed };
  const after = afterFact(before, fact);
  if (after === before || isSame(before, after)) return null;
  const settledAt = isSettledState(after.state) ? (send.settledAt ?? now) : null;
  if (fact.kind !== 'retried') return { ...after, settledAt };
  const anywayAttempt = state === 'unknown' ? after.attempt : null;
  return { ...after, settledAt, anywayAttempt, permitMessageUid: null, permittedAt: null };
}

/** Applies what became known of a send, to the send and to what its invoice shows of it. */
export async function settle(
  transaction: Transaction,
  invoice: InvoiceRow,
  send: SendRow,
  fact: DeliveryFact,
  today: CalendarDate,
  now: Date,
): Promise<InvoiceRow> {
  const change = afterFactOf(send, fact, now);
  if (change === null) return invoice;
  const saved = await saveSend(transaction, send, change, now);
  return showSend(transaction, invoice, send, saved, today, now);
}

/** Brings what an invoice shows of its mail in line with a send that has changed. */
export async function showSend(
  transaction: Transaction,
  invoice: InvoiceRow,
  before: SendRow,
  after: SendRow,
  today: CalendarDate,
  now: Date,
): Promise<InvoiceRow> {
  if (after.kind !== 'invoice') return invoice;
  const isShown = invoice.deliverySendUid === after.sendUid && !isSame(before, after, 'shown');
  const isFirstOut = after.state === 'sent' && invoice.sentAt === null;
  if (!isShown && !isFirstOut) return invoice;
  const changed = await saveInvoice(
    transaction,
    invoice,
    {
      ...(isShown ? deliveryColumns(after, now) : {}),
      ...(isFirstOut ? { sentAt: now } : {}),
    },
    now,
  );
  const change = after.state === 'sent' ? 'sent' : 'delivery';
  await tellInvoice(transaction, 'InvoiceUpdated', changed, change, today);
  return changed;
}

function isSame(a: Delivery, b: Delivery, what: 'all' | 'shown' = 'all'): boolean {
  const isShownSame = a.state === b.state && a.attempt === b.attempt && a.reason === b.reason;
  return isShownSame && (what === 'shown' || a.isMailed === b.isMailed);
}
