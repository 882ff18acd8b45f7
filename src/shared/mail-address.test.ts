import fc from 'fast-check';
import { expect, it } from 'vitest';

import { mailAddress } from './mail-address';

it('carries recipients, subject and body', () => {
  expect(
    mailAddress({ to: 'a@example.com, b+c@example.com', subject: 'Q&A?', body: 'Hi\nthere' }),
  ).toBe('mailto:a@example.com,b%2Bc@example.com?subject=Q%26A%3F&body=Hi%0D%0Athere');
});

it('lets nothing that is typed become another field', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (subject, body) => {
      const url = new URL(mailAddress({ to: 'a@example.com', subject, body }));
      expect([...url.searchParams.keys()]).toEqual(['subject', 'body']);
    }),
  );
});

it('survives half a character', () => {
  expect(mailAddress({ to: '', subject: 'a\ud800', body: '' })).toContain('subject=a%EF%BF%BD');
});
