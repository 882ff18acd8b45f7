import type { DeliveryReason } from '../../../../src/shared/contracts/delivery-reasons';
import { isDeliveryReason } from '../../../../src/shared/contracts/delivery-reasons';
import { documentKey } from '../../../../src/shared/contracts/events/document-key';
import type {
  MailPermit,
  PermitRequest,
} from '../../../../src/shared/contracts/internal/mail-permit';
import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import type { InvoicesContext } from '../context';
import { changing } from '../db/publishing';
import { readFrozenHead } from '../db/frozen-repository';
import { lockInvoiceByUid } from '../db/invoice-repository';
import { findBusiness, findClient } from '../db/projections';
import type { InvoiceRow, SendRow } from '../db/rows';
import { insertSend, lockSend, newSend, saveSend } from '../db/send-repository';
import { DUPLICATE } from '../domain/delivery';
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
  return changing(context.db, async (transaction) => {
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
      // What is held waits for a person, who may yet let it go.
      if (send.state !== 'held') {
        await settle(transaction, invoice, send, { kind: 'cancelled', reason }, today, now);
      }
      return refusal(reason);
    }
    const mail = await mailOf(transaction, invoice, send);
    if (mail === null) return refusal('document_missing');
    if (mail.to.length === 0) return refusal('recipient_missing');
    await saveSend(
      transaction,
      send,
      {
        mail: { ...send.mail, to: mail.to, replyTo: mail.reply_to },
        permitMessageUid: request.message_uid,
        permittedAt: now,
      },
      // The sweep looks at how long a send has been still.
      now,
    );
    return { granted: true, mail };
  });
}

function refusal(reason: DeliveryReason): MailPermit {
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
  const send = newSend(invoice, { sendUid, kind: 'receipt', wasSettled: true }, now);
  await insertSend(transaction, send);
  return send;
}

function knownReason({ reason }: SendRow, otherwise: DeliveryReason): DeliveryReason {
  return reason !== null && isDeliveryReason(reason) ? reason : otherwise;
}

/** Why a mail may not go out; null when it may. */
function reasonAgainst(invoice: InvoiceRow, send: SendRow): DeliveryReason | null {
  if (invoice.finalisedAt === null || invoice.deletedAt !== null) return 'invoice_deleted';
  if (send.state === 'cancelled') return knownReason(send, 'cancelled');
  if (send.state === 'held') return knownReason(send, DUPLICATE);
  if (send.kind === 'receipt') return isSettled(invoice) ? null : 'not_paid';
  if (send.wasSettled || !isSettled(invoice)) return null;
  return invoice.credited >= invoice.total ? 'credited' : 'paid';
}

/**
 * What a mail says: what a person wrote for it, else what the business writes to the client as he
 * is known now. Null where there is no paper to send.
 */
async function mailOf(transaction: Transaction, invoice: InvoiceRow, send: SendRow) {
  const { tenant, id, uid, number } = invoice;
  const frozen = await readFrozenHead(transaction, tenant, uid);
  if (frozen === null || number === null) return null;
  const { document } = frozen;
  const business = await findBusiness(transaction, tenant);
  const settings = business?.settings.mail;
  const { mail } = send;
  const isWorded = mail.body.trim() !== '';
  const isInvoiceMail = send.kind === 'invoice' && invoice.kind === 'invoice';
  return {
    to: mail.to.length > 0 ? mail.to : await recipientsOf(transaction, invoice, document),
    cc: mail.cc,
    bcc: mail.bcc,
    language: document.language,
    formats: document.formats,
    kind: send.kind,
    document_kind: invoice.kind,
    invoice_id: id,
    invoice_uid: uid,
    number,
    client_name: document.client.name,
    business_name: document.seller.name,
    reply_to: mail.replyTo || settings?.replyTo || document.seller.email,
    // The business wrote these for invoices; other mails have words of their own.
    subject: isWorded ? mail.subject : isInvoiceMail ? (settings?.subject ?? '') : '',
    body: isWorded ? mail.body : isInvoiceMail ? (settings?.body ?? '') : '',
    is_worded: isWorded,
    is_anyway: send.anywayAttempt === send.attempt,
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

/** The client's address as it is now; the one on the paper where the client is gone. */
async function recipientsOf(
  transaction: Transaction,
  { tenant, clientId }: InvoiceRow,
  document: FrozenDocument,
): Promise<string[]> {
  const client = clientId === null ? null : await findClient(transaction, tenant, clientId);
  const email = client === null || client.deleted ? document.client.email : client.email;
  return email === '' ? [] : [email];
}
