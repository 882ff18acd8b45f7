import { beforeAll, describe, expect, it } from 'vitest';

import { loadPdfAssets } from './load-pdf-assets';
import type { Logo } from '../../shared/domain/business';
import type { FrozenDocument } from '../../shared/domain/frozen-document';
import { JPEG_LOGO, PNG_LOGO } from '../../shared/domain/testing/logos';
import { SAMPLES } from '../../shared/pdf/fixtures/samples';
import { day, frozen, line, manyLines, REVERSE_CHARGE } from '../../shared/pdf/fixtures/documents';
import { squeezed, squeezedText, textPages } from './fixtures/pdf-text';
import type { PdfRenderer } from '../../shared/pdf/renderer';
import { createPdfRenderer } from '../../shared/pdf/renderer';
import { UnprintableCharactersError } from '../../shared/pdf/unprintable-characters-error';

let renderer: PdfRenderer;

beforeAll(async () => {
  renderer = await createPdfRenderer(await loadPdfAssets());
});

function pagesOf(document: FrozenDocument): readonly string[] {
  return textPages(renderer.render(document));
}

describe('a rendered invoice', () => {
  it('gives back by pdftotext what the paper must say', () => {
    const text = pagesOf(SAMPLES.english).join('\n').replace(/ +/g, ' ');
    for (const expected of [
      'Invoice INV-2026-0001',
      'Issue date 3 March 2026',
      'Due date 2 April 2026',
      '1 February 2026 –',
      'PO-4711',
      'ORD-2026-0007',
      'DE123456789',
      'GERMANY',
      'Consulting 1.5 h 85.00 VAT 20% 127.50',
      'Net total 176.50',
      'Tax total 35.30',
      'Total EUR 211.80',
      '30 days net',
      'DE89 3704 0044 0532 0130 00',
      'Payment reference INV-2026-0001',
      'Thank you for your business.',
      'Northwind Studio Ltd',
      'Company number 123456',
      'VAT number IE1234567FA',
      '1 / 1',
    ]) {
      expect(text).toContain(expected);
    }
    expect(text).not.toContain('Draft');
  });

  it.each([
    ['Hebrew', 'חברת הדוגמה בע״מ'],
    ['pointed Hebrew', 'שָׁלוֹם עֲלֵיכֶם'],
    ['Arabic', 'شركة المثال المحدودة'],
    ['pointed Arabic', 'مُحَمَّد'],
    ['Japanese', '株式会社サンプル商事のコンサルティング'],
    ['Simplified Chinese', '示例科技有限公司咨询服务'],
    ['Korean', '주식회사 예제 컨설팅'],
    ['Greek', 'Ελληνικά τιμολόγια'],
    ['Cyrillic', 'Съешь ещё этих мягких булок'],
    ['Polish', 'Zażółć gęślą jaźń'],
    ['Devanagari', 'हिन्दी'],
    ['astral ideographs', '𠮷野家'],
    ['ligatures', 'office affluent first fjord'],
    ['compatibility ideographs', '\ufa19\ufa1b\ufa26'],
  ])('gives back %s', (_, text) => {
    const pdf = renderer.render(frozen({ lines: [line({ description: text })] }));
    expect(squeezedText(pdf)).toContain(squeezed(text));
  });

  it('joins separate marks and Korean letters', () => {
    const notes = 'Cafe\u0301 \u1112\u1161\u11ab';
    expect(squeezedText(renderer.render(frozen({ notes })))).toContain('Café한');
  });

  it('prints a draft with the word in place of the number and no code to pay', () => {
    const text = pagesOf(frozen({ issued: null, paymentReference: '' })).join('\n');
    expect(text).toContain('Invoice Draft');
    expect(text).not.toContain('INV-2026-0001');
    expect(text).not.toContain('Scan to pay');
  });

  it('prints a credit note without terms and account, naming what it corrects', () => {
    const text = pagesOf(SAMPLES.creditNote).join('\n');
    expect(text).toContain('Credit note CN-2026-0001');
    expect(text).toContain('Corrects invoice INV-2026-0001 of 3 March 2026');
    expect(text).not.toContain('Due date');
    expect(text).not.toContain('IBAN');
  });

  it('prints German wording, formats and gross prices', () => {
    const text = pagesOf(SAMPLES.german)
      .join('\n')
      .replace(/[ \u00a0]+/g, ' ');
    for (const expected of [
      'Rechnung INV-2026-0001',
      '3. März 2026',
      'Enthaltene Umsatzsteuer',
      'Rabatt 10 %',
      '1,5 Std.',
      'zweite Zeile',
    ]) {
      expect(text).toContain(expected);
    }
  });

  it('prints the reason of a tax code, negative amounts with a minus, the tax at home', () => {
    const text = pagesOf(
      frozen({
        exchangeRate: { to: 'GBP' as never, rate: 850_000_000, date: day('2026-03-02') },
        lines: [line(), line({ quantity: -500 }), line({ tax: REVERSE_CHARGE })],
      }),
    )
      .join('\n')
      .replace(/\s+/g, ' ');
    expect(text).toContain('Reverse charge: the customer accounts for the VAT');
    expect(text).toContain('−42.50');
    expect(text).toContain('Tax total in GBP 14.45');
    expect(text).toContain('1 EUR = 0.85 GBP, 2 March 2026');
  });
});

describe('pages', () => {
  it('hold the totals together with at least one line, and repeat the header', () => {
    for (let count = 14; count <= 46; count += 2) {
      const pages = pagesOf(frozen({ lines: [...manyLines(count)] }));
      pages.forEach((page, index) => {
        expect(page).toContain(`${index + 1} / ${pages.length}`);
        const hasItems = /item 1\d\d\d/.test(page);
        if (hasItems) expect(page).toContain('Unit price');
        if (page.includes('Total EUR')) expect(hasItems, `${count} lines`).toBe(true);
      });
      const items = pages.join('\n').match(/item 1\d\d\d/g) ?? [];
      expect(items).toHaveLength(count);
    }
  });

  it('break a line that is taller than a page and lose none of it', () => {
    const rows = Array.from({ length: 150 }, (_, index) => `part ${index} of it`);
    const document = frozen({ lines: [line({ description: rows.join('\n').slice(0, 1_999) })] });
    const pages = pagesOf(document);
    const printed = pages.join('\n').match(/part \d+ of it/g) ?? [];
    expect(printed).toEqual(document.lines[0]?.description.match(/part \d+ of it/g));
    const last = pages.find((page) => page.includes('Total EUR')) ?? '';
    expect(last).toMatch(/part \d+ of it/);
  });

  it('wrap words longer than their column and keep every character', () => {
    const description = `https://example.com/${'a1'.repeat(200)}`;
    const pdf = renderer.render(frozen({ lines: [line({ description, unit: '' })] }));
    const squeezedDescription = squeezedText(pdf).replace(/1\.5|85\.00|VAT20%|127\.50/g, '');
    expect(squeezedDescription).toContain(description);
  });
});

describe('missing characters', () => {
  const document = frozen({
    lines: [line(), line({ description: 'Fine, not fine ꧁' })],
    notes: 'Line one\nline\ttwo\u200b',
    client: { ...frozen().client, name: 'Acme 𓀀' },
  });

  it('are named with their field', () => {
    expect(renderer.missingCharacters(document)).toEqual([
      { field: 'client.name', characters: ['𓀀'] },
      { field: 'lines.1.description', characters: ['꧁'] },
    ]);
    expect(renderer.missingCharacters(SAMPLES.japanese)).toEqual([]);
  });

  it('are never dropped: rendering refuses', () => {
    expect(() => renderer.render(document)).toThrow(UnprintableCharactersError);
  });
});

describe('drafts', () => {
  it('print while they are still empty', () => {
    const base = frozen();
    const empty = { line1: '', line2: '', postalCode: '', city: '', region: '', country: 'DE' };
    const text = pagesOf(
      frozen({
        issued: null,
        paymentReference: '',
        notes: '',
        lines: [],
        client: { ...base.client, name: '', contactName: '', vatNumber: '', address: empty },
      }),
    ).join('\n');
    expect(text).toContain('Total EUR');
  });

  it('print with figures of a dozen digits', () => {
    const large = line({ unitPrice: 9_999_999_999_9999, quantity: 900, unit: 'a long unit name' });
    const text = pagesOf(frozen({ issued: null, lines: [large, large] })).join('\n');
    expect(text).toContain('9,000,000,000.00');
    expect(text).toContain('Consulting');
  });
});

describe('a logo', () => {
  const name = frozen().seller.name;
  const drawn = (logo: Logo | null) => {
    const bytes = renderer.render(frozen({ logo }));
    const [text = ''] = textPages(bytes);
    return {
      isPicture: Buffer.from(bytes).includes('/Subtype /Image'),
      names: text.split(name).length - 1,
    };
  };

  it.each([PNG_LOGO, JPEG_LOGO])('that passes the check is drawn in place of the name', (logo) => {
    expect(drawn(logo)).toEqual({ isPicture: true, names: drawn(null).names - 1 });
  });

  it.each([
    ['no picture', 'A'.repeat(400)],
    ['a header alone', Buffer.from(PNG_LOGO.base64, 'base64').subarray(0, 33).toString('base64')],
    ['nothing', ''],
  ])('that was kept before there was a check and is %s leaves the name', (_, base64) => {
    expect(drawn({ ...PNG_LOGO, base64 })).toEqual(drawn(null));
  });
});
