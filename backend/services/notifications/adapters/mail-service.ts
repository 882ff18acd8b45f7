import type { SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { GetEmailIdentityCommand, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';

import type { DeliveryReason } from '../../../../src/shared/contracts/delivery-reasons';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { MESSAGE_TAG, TENANT_TAG } from '../domain/ses-event';
import type { ComposedMail } from './compose-mail';

/** SES gets this long to answer; after that nobody can tell whether it took the mail. */
export const SEND_TIMEOUT_MS = 10_000;

/**
 * Every mail has a connection of its own. One that is used again may have been closed at the other
 * end just then, and nobody could tell whether the mail still got through.
 */
const CONNECTIONS = {
  httpAgent: { keepAlive: false },
  httpsAgent: { keepAlive: false },
  connectionTimeout: 2_000,
} as const;

/**
 * What came of handing a mail over. `refused`: it certainly did not go out, now (`isTransient`) or
 * ever. `unknown`: it may have.
 */
export type Handover =
  | { readonly kind: 'accepted'; readonly sesId: string }
  | { readonly kind: 'refused'; readonly reason: DeliveryReason; readonly isTransient: boolean }
  | { readonly kind: 'unknown'; readonly reason: DeliveryReason };

export interface MailService {
  /** Hands a mail over once: SES is never asked a second time by itself. */
  send(tenant: BusinessUid, messageUid: string, mail: ComposedMail): Promise<Handover>;
  /** Whether SES lets the sender send; null when it does not say. */
  isSenderVerified(): Promise<boolean | null>;
  stop(): Promise<void>;
}

export function createMailService(from: string, configurationSet: string): MailService {
  const ses = new SESv2Client({ maxAttempts: 1, requestHandler: CONNECTIONS });
  return {
    async send(tenant, messageUid, mail) {
      try {
        await ses.config.credentials();
      } catch {
        return NOT_REACHED;
      }
      try {
        const answer = await ses.send(
          new SendEmailCommand({
            FromEmailAddress: mail.from,
            Destination: {
              ToAddresses: [...mail.to],
              CcAddresses: [...mail.cc],
              BccAddresses: [...mail.bcc],
            },
            Content: { Raw: { Data: mail.raw } },
            ConfigurationSetName: configurationSet,
            EmailTags: [
              { Name: TENANT_TAG, Value: tenant },
              { Name: MESSAGE_TAG, Value: messageUid },
            ],
          }),
          { abortSignal: AbortSignal.timeout(SEND_TIMEOUT_MS) },
        );
        return answer.MessageId === undefined
          ? { kind: 'unknown', reason: 'mail_unanswered' }
          : { kind: 'accepted', sesId: answer.MessageId };
      } catch (error) {
        return handoverOf(error);
      }
    },
    async isSenderVerified() {
      const domain = from.slice(from.lastIndexOf('@') + 1);
      // The domain is what the stack has verified; an address by itself may stand in for it.
      for (const identity of [domain, from]) {
        try {
          const answer = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: identity }));
          return answer.VerifiedForSendingStatus === true;
        } catch (error) {
          // Who may not ask does not know.
          if (!(error instanceof Error) || error.name !== 'NotFoundException') return null;
        }
      }
      return false;
    },
    async stop() {
      ses.destroy();
    },
  };
}

/** Refusals that another try may not meet again: SES asks for patience, or the account is full. */
const TRANSIENT = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'LimitExceededException',
  'RequestLimitExceeded',
  'ServiceQuotaExceededException',
]);

/** SES never saw the mail. */
const NOT_REACHED: Handover = {
  kind: 'refused',
  reason: 'mail_service_unreachable',
  isTransient: true,
};

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Nothing of the mail was written yet. */
function isUnconnected({ code, syscall, message }: NodeJS.ErrnoException): boolean {
  return (
    NO_CONNECTION.has(String(code)) ||
    (code === 'ETIMEDOUT' && syscall === 'connect') ||
    // The SDK's own limit on connecting; its errors of that name are of all kinds.
    message.includes('did not establish a connection')
  );
}

/**
 * What an error of SES means. Only an answer with a 4xx status says that the mail was not taken;
 * time-outs, resets and 5xx leave it open.
 */
export function handoverOf(error: unknown): Handover {
  if (error instanceof Error && isUnconnected(error)) return NOT_REACHED;
  const { name, $metadata } = error as Partial<SESv2ServiceException>;
  const status = $metadata?.httpStatusCode;
  if (status === undefined || status < 400 || status >= 500) {
    return { kind: 'unknown', reason: 'mail_unanswered' };
  }
  if (status === 429 || TRANSIENT.has(name ?? '')) {
    return { kind: 'refused', reason: 'mail_throttled', isTransient: true };
  }
  // A role that is being changed, or a clock that is off: nothing about this mail.
  if (status === 401 || status === 403) {
    return { kind: 'refused', reason: 'mail_service_refused', isTransient: true };
  }
  const isUnverified =
    name === 'MailFromDomainNotVerifiedException' ||
    /not verified/iu.test(error instanceof Error ? error.message : '');
  return {
    kind: 'refused',
    reason: isUnverified ? 'sender_unverified' : 'mail_rejected',
    isTransient: false,
  };
}
