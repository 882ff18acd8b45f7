import type { Logger } from '../../../kit/telemetry/log';
import { describeError } from '../../../kit/telemetry/log';
import type { MailService } from './mail-service';

/** How long a refusal by SES is believed before it is asked again. */
const RECHECK_MS = 30_000;

export interface SenderCheck {
  /** False only when SES said that the sender may not send. */
  isAllowed(): Promise<boolean>;
  /** SES refused the sender: look again. */
  doubt(): void;
}

/** Watches over the one sender of all mail: looked up at the start, and when SES refuses it. */
export function startSenderCheck(service: MailService, log: Logger): SenderCheck {
  let known: { readonly at: number; readonly isVerified: boolean | null } | undefined;

  async function look(): Promise<boolean | null> {
    const isVerified = await service.isSenderVerified();
    known = { at: Date.now(), isVerified };
    if (isVerified === false) log.error('the sender of mails is not verified');
    if (isVerified === null) log.warn('SES does not say whether the sender is verified');
    return isVerified;
  }

  look().catch((error: unknown) => log.warn(describeError(error), 'SES could not be asked'));
  return {
    async isAllowed() {
      if (known === undefined || known.isVerified !== false) return true;
      if (Date.now() - known.at < RECHECK_MS) return false;
      return (await look()) !== false;
    },
    doubt() {
      known = { at: 0, isVerified: false };
    },
  };
}
