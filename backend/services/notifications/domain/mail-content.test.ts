import { describe, expect, it } from 'vitest';

import { documentLanguage } from '../../../../src/shared/domain/tax';
import { htmlMail } from './html-mail';
import { mailContent, plainMail } from './mail-content';
import { permitted } from './testing/permitted';

const KINDS = [
  ['an invoice', { kind: 'invoice' }],
  ['a credit note', { kind: 'invoice', document_kind: 'credit_note' }],
  ['the first reminder', { kind: 'reminder', reminder_step: 1 }],
  ['the second reminder', { kind: 'reminder', reminder_step: 2 }],
  ['the third reminder', { kind: 'reminder', reminder_step: 3 }],
  ['a receipt', { kind: 'receipt' }],
] as const;

describe.each(documentLanguage.options)('in %s', (language) => {
  it.each(KINDS)('%s names the document and leaves nothing to be filled in', (_, fields) => {
    const content = mailContent(permitted({ ...fields, language }), true);
    const text = plainMail(content);
    for (const said of [content.subject, text, htmlMail(content)]) {
      expect(said).not.toMatch(/\{\w+\}|undefined/u);
      expect(said).toContain('INV-2026-0001');
    }
    expect(text).toContain('Northwind Studio');
    expect(text).toMatch(/2,118\.00 EUR|1,118\.00 EUR/u);
    expect(text).toContain('INV-2026-0001.pdf');
    expect(content.facts.every(({ label, value }) => label !== '' && value !== '')).toBe(true);
  });

  it('words every mail differently', () => {
    const bodies = KINDS.map(([, fields]) => mailContent(permitted({ ...fields, language }), true));
    expect(new Set(bodies.map(({ body }) => body)).size).toBe(KINDS.length);
    expect(new Set(bodies.map(({ subject }) => subject)).size).toBe(KINDS.length);
  });

  it('asks for what is still open in a reminder, and for the whole in an invoice', () => {
    const reminder = mailContent(permitted({ language, kind: 'reminder' }), false);
    expect(reminder.amount.value).toBe('1,118.00 EUR');
    expect(reminder.body).toContain('1,118.00 EUR');
    const invoice = mailContent(permitted({ language }), false);
    expect(invoice.amount.value).toBe('2,118.00 EUR');
  });
});

describe('the texts', () => {
  it("writes amounts and days as the document's formats want them", () => {
    const german = mailContent(permitted({ language: 'de', formats: 'de-DE' }), true);
    expect(german.body).toContain('über 2.118,00 EUR, fällig am 2. April 2026');
    expect(mailContent(permitted({ formats: 'en-US' }), true).body).toContain('April 2, 2026');
  });

  it('takes the words of the business for an invoice, filled in, and ours for a reminder', () => {
    const words = {
      subject: 'Your {number}: {total}',
      body: 'Hello {client},\r\ndue {due}. {unknown} stays.',
    };
    const invoice = mailContent(permitted(words), true);
    expect(invoice.subject).toBe('Your INV-2026-0001: 2,118.00 EUR');
    expect(invoice.body).toBe('Hello Acme GmbH,\ndue 2 April 2026. {unknown} stays.');
    expect(mailContent(permitted({ ...words, kind: 'reminder' }), true).subject).toBe(
      'Reminder: invoice INV-2026-0001 from Northwind Studio',
    );
  });

  it('never fills a value into a value', () => {
    const mail = permitted({ client_name: '{total}', body: 'Dear {client}' });
    expect(mailContent(mail, true).body).toBe('Dear {total}');
  });

  it('keeps the last wording for every further reminder', () => {
    const third = mailContent(permitted({ kind: 'reminder', reminder_step: 3 }), true);
    const ninth = mailContent(permitted({ kind: 'reminder', reminder_step: 9 }), true);
    expect(ninth.body).toBe(third.body);
  });
});
