import MailComposer from 'nodemailer/lib/mail-composer';

import type { PermittedMail } from '../../../../src/shared/contracts/internal/mail-permit';
import { headerText } from '../domain/header-text';
import { htmlMail } from '../domain/html-mail';
import type { MailContent } from '../domain/mail-content';
import { plainMail } from '../domain/mail-content';

export interface ComposedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** On the envelope alone: nobody else may read of them. */
  readonly bcc: readonly string[];
  readonly raw: Uint8Array;
}

/**
 * The message as it travels. It comes from the one verified sender under the business's name;
 * replies go to the business.
 */
export async function composeMail(
  from: string,
  mail: Pick<PermittedMail, 'to' | 'cc' | 'bcc' | 'reply_to' | 'kind'>,
  content: MailContent,
  pdf: Uint8Array | null,
): Promise<ComposedMail> {
  const composer = new MailComposer({
    from: { name: headerText(content.business), address: from },
    to: mail.to.map(addressed),
    ...(mail.cc.length === 0 ? {} : { cc: mail.cc.map(addressed) }),
    ...(mail.reply_to === ''
      ? {}
      : { replyTo: { name: headerText(content.business), address: mail.reply_to } }),
    subject: content.subject,
    text: plainMail(content),
    html: htmlMail(content),
    attachments:
      pdf === null
        ? []
        : [
            {
              filename: content.fileName,
              content: Buffer.from(pdf),
              contentType: 'application/pdf',
            },
          ],
    // Nobody wrote these by hand: no answer of an absent person is wanted (RFC 3834).
    headers: mail.kind === 'invoice' ? {} : { 'Auto-Submitted': 'auto-generated' },
    newline: '\r\n',
    // Everything is at hand; nothing that a text holds is ever read from disk or network.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { to, cc, bcc } = mail;
  return { from, to, cc, bcc, raw: await composer.compile().build() };
}

function addressed(address: string) {
  return { name: '', address };
}
