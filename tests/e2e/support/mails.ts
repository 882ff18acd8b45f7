import { z } from 'zod';

import { MAIL_VARIABLE } from './cloud-address';

const sentMail = z.object({
  To: z.array(z.string()),
  Subject: z.string(),
  BodyText: z.string(),
  /** The message as it was handed over, in base64; none of the account's own mails. */
  Raw: z.string().default(''),
});
const sentMails = z.object({ messages: z.record(z.string(), z.array(sentMail)) });

/** A mail as its recipient gets it. */
export interface ReadMail {
  readonly subject: string;
  readonly text: string;
  /** `Cc: …`, `Reply-To: …` and so on, one a line. */
  readonly headers: string;
}

/** The mails that the cloud sent to an address, the first one first. */
export async function mailsTo(address: string): Promise<readonly ReadMail[]> {
  const mailUrl = process.env[MAIL_VARIABLE];
  if (mailUrl === undefined) throw new Error(`${MAIL_VARIABLE} is not set`);
  const { messages } = sentMails.parse(await (await fetch(mailUrl)).json());
  return Object.values(messages)
    .flat()
    .filter(({ To }) => To.includes(address))
    .map(({ Subject, BodyText, Raw }) => {
      const [headers = ''] = Buffer.from(Raw, 'base64').toString('utf8').split('\r\n\r\n');
      return { subject: Subject, text: BodyText, headers };
    });
}
