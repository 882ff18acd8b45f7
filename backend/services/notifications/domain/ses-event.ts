import { z } from 'zod';

import type { DeliveryReason } from '../../../../src/shared/contracts/delivery-reasons';
import { businessUid } from '../../../../src/shared/domain/ids';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { MailFate } from './message-state';

/** The tags that every mail carries, so that SES's word about it finds its row. */
export const TENANT_TAG = 'tenant';
export const MESSAGE_TAG = 'message_uid';

const recipients = z.array(z.object({ emailAddress: z.string() }));

const detail = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    tags: z.record(z.string(), z.array(z.string())).optional(),
  }),
  bounce: z.object({ bounceType: z.string(), bouncedRecipients: recipients }).optional(),
  complaint: z.object({ complainedRecipients: recipients }).optional(),
});

export interface MailEvent {
  readonly tenant: BusinessUid;
  readonly messageUid: string;
  readonly sesId: string;
  readonly fate: MailFate;
  /** Stable code; null for good news. */
  readonly reason: DeliveryReason | null;
  /** Addresses that get no more mail. */
  readonly suppress: readonly string[];
  readonly suppressReason: 'bounce' | 'complaint';
}

const FATES: Readonly<
  Record<string, { readonly fate: MailFate; readonly reason: DeliveryReason | null }>
> = {
  Send: { fate: 'sent', reason: null },
  Delivery: { fate: 'delivered', reason: null },
  Bounce: { fate: 'bounced', reason: 'mail_bounced' },
  Complaint: { fate: 'bounced', reason: 'mail_complaint' },
  // It took the mail, looked into it and will not pass it on.
  Reject: { fate: 'bounced', reason: 'mail_rejected' },
};

/**
 * Reads what SES published about a mail. Null for mails that are not ours (the pool's own carry no
 * tags) and for news that changes nothing, such as a delay. Throws for what is malformed.
 */
export function readMailEvent(value: unknown): MailEvent | null {
  const { eventType, mail, bounce, complaint } = detail.parse(value);
  const known = FATES[eventType];
  const tenant = businessUid.safeParse(mail.tags?.[TENANT_TAG]?.[0]);
  const messageUid = z.uuid().safeParse(mail.tags?.[MESSAGE_TAG]?.[0]);
  if (known === undefined || !tenant.success || !messageUid.success) return null;
  // A full mailbox may have room tomorrow; an address that does not exist never will.
  const bounced = bounce?.bounceType === 'Permanent' ? bounce.bouncedRecipients : [];
  const suppressed = complaint?.complainedRecipients ?? bounced;
  return {
    tenant: tenant.data,
    messageUid: messageUid.data,
    sesId: mail.messageId,
    ...known,
    suppress: suppressed.map(({ emailAddress }) => normalAddress(emailAddress)),
    suppressReason: complaint === undefined ? 'bounce' : 'complaint',
  };
}

/** How addresses are compared: SES may add a name and brackets. */
export function normalAddress(address: string): string {
  const bare = /<([^<>]+)>\s*$/u.exec(address)?.[1] ?? address;
  return bare.trim().toLowerCase();
}
