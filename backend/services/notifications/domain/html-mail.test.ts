import fc from 'fast-check';
import { expect, it } from 'vitest';

import { escapeHtml, htmlMail } from './html-mail';
import { mailContent } from './mail-content';
import { permitted } from './testing/permitted';

const HOSTILE = `"><script>alert('1')</script><img src=x onerror=alert(1)>&amp;`;

it('shows hostile names as text', () => {
  const mail = permitted({
    business_name: HOSTILE,
    client_name: HOSTILE,
    number: HOSTILE,
    subject: `${HOSTILE} {client}`,
    body: `${HOSTILE}\n\n{client}`,
  });
  const html = htmlMail(mailContent(mail, true));
  expect(html).not.toMatch(/<script|<img/iu);
  expect(html).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;');
});

it('has the same elements whatever its texts are', () => {
  const tags = (text: string) =>
    htmlMail(mailContent(permitted({ body: text }), true)).match(/<[a-z]+/gu);
  const plain = tags('x');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      fc.pre(text.trim() !== '' && !/[\r\n]/u.test(text));
      expect(tags(text)).toEqual(plain);
    }),
  );
});

it('keeps paragraphs and lines', () => {
  const html = htmlMail(mailContent(permitted({ body: 'One\ntwo\n\nthree' }), true));
  expect(html.match(/<p dir="auto" style="margin:0 0 16px/gu)).toHaveLength(2);
  expect(html).toContain('One<br>\ntwo</p>');
});

it('escapes for text and for attributes', () => {
  expect(escapeHtml(`<a href='x' title="&">`)).toBe(
    '&lt;a href=&#39;x&#39; title=&quot;&amp;&quot;&gt;',
  );
});
