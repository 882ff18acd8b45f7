import type { DeliveryReason } from '../../../../src/shared/contracts/delivery-reasons';
import type { StepError } from '../../../../src/shared/contracts/events/workflow';
import type { MailKind } from '../../../../src/shared/contracts/internal/mail-permit';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { MessageState } from './message-state';
import { derivedUuid } from '../../../kit/derived-uuid';

/** A mail that is to go out: at most once for each send and kind (DOMAIN 18). */
export interface MailOrder {
  readonly tenant: BusinessUid;
  readonly messageUid: string;
  readonly sendUid: string;
  readonly invoiceUid: InvoiceUid;
  readonly kind: MailKind;
  /** The execution that asks; null for what comes without one. */
  readonly execution: string | null;
}

/** What became of an order. */
export type Delivery =
  | { readonly kind: 'sent'; readonly sesId: string }
  | { readonly kind: 'failed'; readonly error: StepError; readonly reason: DeliveryReason };

export function failed(error: StepError, reason: DeliveryReason): Delivery {
  return { kind: 'failed', error, reason };
}

/** The mail of a send that somebody asked for: the invoice itself, or a reminder of it. */
export function orderOfSend(order: Omit<MailOrder, 'messageUid'>): MailOrder {
  return { ...order, messageUid: derivedUuid(order.tenant, order.sendUid, order.kind) };
}

/** The receipt for an invoice that is paid as of `revision`: a send of its own. */
export function orderOfReceipt(
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
  revision: number,
): MailOrder {
  const uid = derivedUuid(tenant, invoiceUid, 'receipt', String(revision));
  return { tenant, messageUid: uid, sendUid: uid, invoiceUid, kind: 'receipt', execution: null };
}

/**
 * What a row that stands there already means for an order: its delivery, or what there is to do.
 * A claim belongs to whoever made it until its lease ends; then nobody can tell what SES got.
 */
export function deliveryOf(message: {
  readonly state: MessageState;
  readonly sesId: string | null;
}): Delivery | 'claim' | 'wait' {
  switch (message.state) {
    case 'sent':
    case 'delivered':
      return { kind: 'sent', sesId: message.sesId ?? '' };
    case 'bounced':
      return failed('Permanent', 'mail_bounced');
    case 'unknown':
      return failed('DeliveryUnknown', 'delivery_unknown');
    case 'claimed':
      return 'wait';
    case 'failed':
      return 'claim';
  }
}

type OfAttempt = Pick<MailOrder, 'execution'> & { readonly state: MessageState };

/** Nobody can tell of an attempt before this one: a person may want it sent all the same. */
export function isUnknownOfBefore(
  message: OfAttempt,
  { execution }: Pick<MailOrder, 'execution'>,
): boolean {
  return message.state === 'unknown' && execution !== null && message.execution !== execution;
}

/** Whether a mail that stands there may be claimed for an order. */
export function isClaimable(message: OfAttempt, order: MailOrder, isAnyway: boolean): boolean {
  return message.state === 'failed' || (isAnyway && isUnknownOfBefore(message, order));
}
