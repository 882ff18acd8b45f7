import { expect, it } from 'vitest';

import { mailContent } from '../domain/mail-content';
import { permitted } from '../domain/testing/permitted';
import { composeMail } from './compose-mail';

const FROM = 'invoices@doccentr.example';

async function composed(fields: Parameters<typeof permitted>[0], pdf: Uint8Array | null = null) {
  const mail = permitted(fields);
  const { raw } = await composeMail(FROM, mail, mailContent(mail, pdf !== null), pdf);
  const text = Buffer.from(raw).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  // Unfolded: a line that begins with white space goes on with the one before.
  const headers = text
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/gu, ' ')
    .split('\r\n');
  return { headers, body: text.slice(end) };
}

it('comes from the verified sender under the name of the business, and replies go there', async () => {
  const { headers } = await composed({});
  expect(headers).toContain(`From: Northwind Studio <${FROM}>`);
  expect(headers).toContain('Reply-To: Northwind Studio <billing@example.com>');
  expect(headers).toContain('To: accounts@example.org');
  expect(headers).toContain('Subject: Invoice INV-2026-0001 from Northwind Studio');
});

it('lets no text begin a header', async () => {
  const evil = 'Evil\r\nBcc: victim@example.com\r\nX-Evil: 1';
  const { headers } = await composed({
    business_name: `${evil}" <spoof@example.com>`,
    subject: evil,
    number: evil,
    client_name: evil,
    kind: 'invoice',
  });
  const names = headers.map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
  expect(names.sort()).toEqual(
    [
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'reply-to',
      'subject',
      'to',
    ].sort(),
  );
  expect(headers.find((line) => line.startsWith('From:'))).toMatch(
    /<invoices@doccentr\.example>$/u,
  );
});

it('carries the PDF as it is, under the number', async () => {
  const pdf = new Uint8Array(3_000).map((_, index) => (index * 7) % 256);
  const { body } = await composed({ number: '2026/0001' }, pdf);
  expect(body).toContain('filename=2026-0001.pdf');
  const part = body.slice(body.indexOf('filename=2026-0001.pdf'));
  const base64 = part.slice(part.indexOf('\r\n\r\n') + 4, part.indexOf('\r\n--'));
  expect(Buffer.from(base64, 'base64').equals(Buffer.from(pdf))).toBe(true);
});

it('says of reminders and receipts that nobody wrote them by hand', async () => {
  const header = 'Auto-Submitted: auto-generated';
  expect((await composed({ kind: 'receipt' })).headers).toContain(header);
  expect((await composed({ kind: 'invoice' })).headers).not.toContain(header);
});
