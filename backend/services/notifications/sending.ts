import { setTimeout as pause } from 'node:timers/promises';

import { z } from 'zod';

import type { DeliveryReason } from '../../../src/shared/contracts/delivery-reasons';
import type { PermittedMail } from '../../../src/shared/contracts/internal/mail-permit';
import type { Result } from '../../../src/shared/domain/result';
import { err, ok } from '../../../src/shared/domain/result';
import { checkpoint } from '../../kit/checkpoint';
import type { Database } from '../../kit/database/database';
import { isUnavailable } from '../../kit/database/database-errors';
import { inSpan } from '../../kit/telemetry/telemetry';
import type { ComposedMail } from './adapters/compose-mail';
import { composeMail } from './adapters/compose-mail';
import type { InvoiceQuestions } from './adapters/invoice-questions';
import type { MailService } from './adapters/mail-service';
import { SEND_TIMEOUT_MS } from './adapters/mail-service';
import type { PdfSource } from './adapters/pdf-source';
import type { SenderCheck } from './adapters/sender-check';
import { findMessageOfSend } from './db/message-repository';
import { isSuppressed } from './db/suppression-repository';
import type { Delivery, MailOrder } from './domain/delivery';
import { deliveryOf, failed, isUnknownOfBefore } from './domain/delivery';
import type { MailContent } from './domain/mail-content';
import { mailContent } from './domain/mail-content';
import { normalAddress } from './domain/ses-event';
import type { Claim, MessageLedger, Remember } from './message-ledger';

/** Whoever claims a mail has this long to finish, SES's time and the record of it included. */
const LEASE_MS = SEND_TIMEOUT_MS + 5_000;
const LOOK_AGAIN_MS = 250;

interface SendingParts {
  readonly db: Database;
  readonly ledger: MessageLedger;
  readonly invoices: InvoiceQuestions;
  readonly pdfs: PdfSource;
  readonly service: MailService;
  readonly sender: SenderCheck;
  /** The one address that all mail comes from. */
  readonly from: string;
}

/**
 * Sends an invoice, a reminder or a receipt, at most once for each order. The claim is committed
 * before SES is called, SES is called once, and its answer is recorded after; whoever finds a claim
 * whose lease is over cannot tell what SES got, and says so instead of sending again.
 */
export type Sending = (order: MailOrder, remember: Remember) => Promise<Delivery>;

interface Prepared {
  readonly mail: PermittedMail;
  readonly subject: string;
  readonly composed: ComposedMail;
}

export function createSending(parts: SendingParts): Sending {
  const { db, ledger, invoices, pdfs, service, sender, from } = parts;

  /**
   * What an earlier call, or one that is at it now, has made of the order. `ask`: nobody can tell
   * of an earlier attempt, and whoever permits this one has to say whether it is wanted all the same.
   */
  async function knownDelivery(order: MailOrder): Promise<Delivery | 'ask' | null> {
    for (;;) {
      const row = await findMessageOfSend(db, order.tenant, order.sendUid, order.kind);
      const known = row === undefined ? 'claim' : deliveryOf(row);
      if (known === 'claim') return null;
      if (known !== 'wait') {
        return row !== undefined && isUnknownOfBefore(row, order) ? 'ask' : known;
      }
      const end = (row?.claimedAt?.getTime() ?? 0) + LEASE_MS;
      if (Date.now() >= end) return ledger.markUnknown(order);
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Everything that can be known, refused and made before the claim. */
  async function prepare(order: MailOrder): Promise<Result<Prepared, Delivery>> {
    if (!(await sender.isAllowed())) return err(failed('Transient', 'sender_unverified'));
    const permit = await invoices.permit(order.tenant, order.sendUid, {
      message_uid: order.messageUid,
      invoice_uid: order.invoiceUid,
      kind: order.kind,
    });
    if (permit === null) return err(failed('Permanent', 'send_unknown'));
    if (!permit.granted) return err(failed('Permanent', permit.reason));
    const { mail } = permit;
    const draft = mailContent(mail, false);
    const addressed = { mail, subject: draft.subject };

    const refusal = await recipientRefusal(order, mail);
    if (refusal !== null) return err(await ledger.fail(order, addressed, refusal, null));

    const pdf = await pdfOf(order, mail);
    if (!pdf.ok) return err(await ledger.fail(order, addressed, pdf.error, null));
    const content: MailContent = pdf.value === null ? draft : mailContent(mail, true);
    const composed = await composeMail(from, mail, content, pdf.value);
    return ok({ mail, subject: content.subject, composed });
  }

  /** One that mail cannot go to keeps it from all: nobody is left out without being told. */
  async function recipientRefusal(
    order: MailOrder,
    { to, cc, bcc }: PermittedMail,
  ): Promise<DeliveryReason | null> {
    if (to.length === 0) return 'recipient_missing';
    for (const address of [...to, ...cc, ...bcc]) {
      if (!z.email().safeParse(address).success) return 'recipient_invalid';
      if (await isSuppressed(db, order.tenant, normalAddress(address))) {
        return 'recipient_suppressed';
      }
    }
    return null;
  }

  /** A receipt needs no paper, and a reminder goes out without one that cannot be had. */
  async function pdfOf(
    order: MailOrder,
    mail: PermittedMail,
  ): Promise<Result<Uint8Array | null, DeliveryReason>> {
    if (order.kind === 'receipt') return ok(null);
    const pdf = await pdfs.fetch(order.tenant, mail);
    return !pdf.ok && pdf.error === 'pdf_missing' && order.kind === 'reminder' ? ok(null) : pdf;
  }

  /** The one call of SES, and the record of what it answered. */
  async function handOver(
    order: MailOrder,
    prepared: Prepared,
    claim: Claim,
    remember: Remember,
  ): Promise<Delivery> {
    const handover = await inSpan({ name: 'send mail', kind: 'client' }, () =>
      service.send(order.tenant, order.messageUid, prepared.composed),
    );
    switch (handover.kind) {
      case 'accepted':
        return persist(() => ledger.finish(order, handover.sesId, remember));
      case 'unknown':
        return persist(() => ledger.markUnknown(order));
      case 'refused':
        if (handover.reason === 'sender_unverified') sender.doubt();
        if (!handover.isTransient) {
          return persist(() => ledger.fail(order, prepared, handover.reason, claim));
        }
        await persist(() => ledger.release(order, handover.reason, claim));
        return failed('Transient', handover.reason);
    }
  }

  return async (order, remember) => {
    for (;;) {
      const known = await knownDelivery(order);
      if (known !== null && known !== 'ask') return known;
      const prepared = await prepare(order);
      if (!prepared.ok) return prepared.error;
      // Only a person may have sent again what may have gone out.
      if (known === 'ask' && !prepared.value.mail.is_anyway) {
        return failed('DeliveryUnknown', 'delivery_unknown');
      }
      const claim = await ledger.claim(order, prepared.value, prepared.value.mail.is_anyway);
      if (claim === 'taken') continue;
      if (claim === 'quota_exceeded') {
        return ledger.fail(order, prepared.value, 'quota_exceeded', null);
      }
      checkpoint('claim_mail', 'after-commit');
      return handOver(order, prepared.value, claim, remember);
    }
  };
}

/**
 * What SES answered must not be lost to a database that is away for a moment: without it, nobody
 * could tell any more whether the mail went out.
 */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + SEND_TIMEOUT_MS;
  for (let wait = 100; ; wait = Math.min(wait * 2, 1_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error) || Date.now() > until) throw error;
      await pause(wait);
    }
  }
}
