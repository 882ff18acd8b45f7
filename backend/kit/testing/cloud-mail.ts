import { createHash, randomUUID } from 'node:crypto';

import { expect, inject } from 'vitest';
import { z } from 'zod';

import type { InvoiceView } from '../../../src/shared/contracts/rest-v1/invoices';
import type { CloudUser } from './cloud-user';

const sentMail = z.object({
  To: z.array(z.string()),
  Subject: z.string(),
  BodyText: z.string(),
  /** The message as it was handed to SES, in base64. */
  Raw: z.string().optional(),
});
const sentMails = z.object({ messages: z.record(z.string(), z.array(sentMail)) });
export type SentMail = z.infer<typeof sentMail>;

/** What SES was handed for an address, the first mail first. */
export async function mailsTo(
  address: string,
  mailUrl = inject('cloud').mailUrl,
): Promise<readonly SentMail[]> {
  const answer = await fetch(mailUrl);
  const { messages } = sentMails.parse(await answer.json());
  return Object.values(messages)
    .flat()
    .filter(({ To }) => To.includes(address));
}

/** The PDF that a mail carries; throws when it carries none. */
export function attachmentOf(mail: SentMail): { readonly name: string; readonly sha256: string } {
  const part = rawOf(mail)
    .split(/\r\n--[^\r\n]+/u)
    .find((one) => one.includes('Content-Type: application/pdf'));
  const name = /filename="?([^"\r\n;]+)/u.exec(part ?? '')?.[1];
  if (part === undefined || name === undefined) throw new Error('the mail carries no PDF');
  const content = Buffer.from(part.slice(part.indexOf('\r\n\r\n')), 'base64');
  return { name, sha256: createHash('sha256').update(content).digest('hex') };
}

/** The message as it travels. */
export function rawOf(mail: SentMail): string {
  if (mail.Raw === undefined) throw new Error('the mail was not handed over as a whole');
  return Buffer.from(mail.Raw, 'base64').toString('latin1');
}

/** An address that nobody else's mail goes to; `local` may name one of SES's mailbox simulator. */
export function newAddress(local?: string): string {
  return local === undefined
    ? `accounts-${randomUUID()}@example.org`
    : `${local}+${randomUUID()}@simulator.amazonses.com`;
}

/** A client of the user's business. */
export async function createClient(user: CloudUser, email: string): Promise<number> {
  const created = await user.call<{ readonly id: number }>({
    method: 'POST',
    path: '/clients',
    body: { name: 'Zażółć sp. z o.o.', email, address: 'Example Street 1', phone: '555 0100' },
  });
  expect(created.status).toBe(201);
  return created.body.id;
}

/** An invoice over 171.00, which is numbered, printed and mailed unless told otherwise. */
export async function createInvoice(
  user: CloudUser,
  clientId: number,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<InvoiceView> {
  const created = await user.call<InvoiceView>({
    method: 'POST',
    path: '/invoices',
    body: {
      client_id: clientId,
      items: [{ description: 'Consulting', quantity: 2, unit_price: 85.5 }],
      ...fields,
    },
  });
  expect(created.status).toBe(201);
  return created.body;
}

/** The invoice as soon as its mail stands as wanted. */
export async function untilDelivery(
  user: CloudUser,
  invoiceId: number,
  state: NonNullable<InvoiceView['delivery']>['state'],
): Promise<InvoiceView> {
  let invoice: InvoiceView | undefined;
  await expect
    .poll(
      async () => {
        const path = `/invoices/${invoiceId}`;
        invoice = (await user.call<InvoiceView>({ method: 'GET', path })).body;
        return invoice.delivery?.state;
      },
      { timeout: 40_000, interval: 200 },
    )
    .toBe(state);
  if (invoice === undefined) throw new Error('nothing was polled');
  return invoice;
}
