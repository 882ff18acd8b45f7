import { documentKey } from '../../../../src/shared/contracts/events/document-key';
import type {
  MailPermit,
  PermitRequest,
} from '../../../../src/shared/contracts/internal/mail-permit';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import type { InvoicesContext } from '../context';
import { readFrozenHead } from '../db/frozen-repository';
import type { InvoiceRow } from '../db/invoice-repository';
import { lockInvoiceByUid } from '../db/invoice-repository';
import { findBusiness, findClient } from '../db/projections';
import type { SendRow } from '../db/send-repository';
import { insertSend, lockSend, newSend, saveSend } from '../db/send-repository';
import { isSettled, openBalance } from '../domain/rest-status';
import { settle } from './deliveries';

/**
 * Whether a mail may go out, and all that it says, under the invoice's row lock: after a payment or
 * a credit that stands when this is asked, it may not. Who was refused is not asked for again: the
 * send is cancelled.
 */
export async function permitMail(
  context: InvoicesContext,
  tenant: BusinessUid,
  sendUid: string,
  request: PermitRequest,
): Promise<MailPermit> {
  const today = await context.directory.today(tenant);
  return transact(context.db, async (transaction) => {
    const now = context.now();
    const invoice = await lockInvoiceByUid(transaction, tenant, request.invoice_uid);
    if (invoice === null) return refusal('invoice_unknown');
    const send =
      (await lockSend(transaction, tenant, sendUid)) ??
      (await beginReceipt(transaction, invoice, sendUid, request, now));
    if (send === null || send.invoiceId !== invoice.id || send.kind !== request.kind) {
      return refusal('send_unknown');
    }
    const reason = reasonAgainst(invoice, send);
    if (reason !== null) {
      await settle(transaction, invoice, send, { kind: 'cancelled', reason }, today, now);
      return refusal(reason);
    }
    const mail = await mailOf(transaction, invoice, send);
    if (mail.to === '') return refusal('recipient_missing');
    await saveSend(
      transaction,
      send,
      { permitMessageUid: request.message_uid, permittedAt: now },
      // The sweep looks at how long a send has been still.
      now,
    );
    return { granted: true, mail };
  });
}

function refusal(reason: string): MailPermit {
  return { granted: false, reason };
}

/** A receipt is nobody's request but the payment's: its send begins here. */
async function beginReceipt(
  transaction: Transaction,
  invoice: InvoiceRow,
  sendUid: string,
  request: PermitRequest,
  now: Date,
): Promise<SendRow | null> {
  if (request.kind !== 'receipt') return null;
  const { tenant, id: invoiceId } = invoice;
  const send = newSend({ tenant, sendUid, invoiceId, kind: 'receipt', wasSettled: true }, now);
  await insertSend(transaction, send);
  return send;
}

/** Why a mail may not go out; null when it may. */
function reasonAgainst(invoice: InvoiceRow, send: SendRow): string | null {
  if (invoice.finalisedAt === null || invoice.deletedAt !== null) return 'invoice_deleted';
  if (send.state === 'cancelled') return send.reason ?? 'cancelled';
  if (send.kind === 'receipt') return isSettled(invoice) ? null : 'not_paid';
  if (send.wasSettled || !isSettled(invoice)) return null;
  return invoice.credited >= invoice.total ? 'credited' : 'paid';
}

async function mailOf(transaction: Transaction, invoice: InvoiceRow, send: SendRow) {
  const { tenant, id, uid, number } = invoice;
  const frozen = await readFrozenHead(transaction, tenant, id);
  if (frozen === null || number === null) throw new Error(`invoice ${uid} has no paper`);
  const { document } = frozen;
  const business = await findBusiness(transaction, tenant);
  const client = await findClient(transaction, tenant, invoice.clientId);
  const isInvoiceMail = send.kind === 'invoice' && invoice.kind === 'invoice';
  const mail = business?.settings.mail;
  return {
    to: client === null || client.deleted ? document.client.email : client.email,
    language: document.language,
    formats: document.formats,
    kind: send.kind,
    document_kind: invoice.kind,
    invoice_id: id,
    invoice_uid: uid,
    number,
    client_name: document.client.name,
    business_name: document.seller.name,
    reply_to:
      mail?.replyTo === undefined || mail.replyTo === '' ? document.seller.email : mail.replyTo,
    // The business wrote these for invoices; other mails have words of their own.
    subject: isInvoiceMail ? (mail?.subject ?? '') : '',
    body: isInvoiceMail ? (mail?.body ?? '') : '',
    total: invoice.total,
    balance: openBalance(invoice),
    currency: invoice.currency,
    issue_date: invoice.issueDate,
    due_date: invoice.dueDate,
    document:
      invoice.pdfSha256 === null
        ? null
        : { sha256: invoice.pdfSha256, key: documentKey(tenant, uid, invoice.pdfSha256) },
    reminder_step: send.reminderStep,
  };
}
