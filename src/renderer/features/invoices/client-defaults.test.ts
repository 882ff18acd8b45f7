import { describe, expect, it } from 'vitest';

import { calendarDate } from '../../../shared/domain/calendar-date';
import { currencyCode } from '../../../shared/domain/currency';
import type { ClientUid, ProductUid, TaxCodeUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { DocumentContent } from '../../../shared/domain/invoice';
import type { TaxSnapshot } from '../../../shared/domain/tax';
import { blankLine } from '../documents/line-edits';
import type { ClientDefaults } from './client-defaults';
import { followClient } from './client-defaults';

function tax(name: string, rate: number): TaxSnapshot {
  return { uid: newUid<TaxCodeUid>(), name, category: 'standard', rate, reasons: {} };
}

const vat = tax('VAT', 20_000);
const reverse = tax('Reverse charge', 0);
const GBP = currencyCode.parse('GBP');
const EUR = currencyCode.parse('EUR');

const business: DocumentContent = {
  clientUid: null,
  currency: GBP,
  exchangeRate: null,
  issueDate: calendarDate.parse('2026-03-01'),
  terms: { kind: 'net_days', days: 30 },
  dueDate: calendarDate.parse('2026-03-31'),
  supply: null,
  buyerReference: '',
  notes: '',
  paymentReference: '',
  language: 'en',
  formats: 'en-GB',
  pricesIncludeTax: false,
  discount: null,
  bankAccountUid: null,
  lines: [],
};
const before: ClientDefaults = { content: business, tax: vat };
const after: ClientDefaults = {
  content: {
    ...business,
    clientUid: newUid<ClientUid>(),
    currency: EUR,
    language: 'de',
    formats: 'de-DE',
    terms: { kind: 'net_days', days: 14 },
  },
  tax: reverse,
};

describe('followClient', () => {
  it('takes what the new client has of its own, with the due date that follows', () => {
    expect(followClient({ ...business, lines: [blankLine(vat)] }, before, after)).toMatchObject({
      clientUid: after.content.clientUid,
      currency: EUR,
      language: 'de',
      formats: 'de-DE',
      dueDate: '2026-03-15',
      lines: [{ tax: { name: 'Reverse charge' } }],
    });
  });

  it('leaves what was chosen by hand', () => {
    const dueDate = calendarDate.parse('2026-06-01');
    const own: DocumentContent = { ...business, language: 'fr', terms: null, dueDate };
    expect(followClient(own, before, after)).toMatchObject({
      language: 'fr',
      terms: null,
      dueDate,
    });
  });

  it('leaves the currency once there are prices in it', () => {
    const lines = [{ ...blankLine(vat), unitPrice: 1 }];
    expect(followClient({ ...business, lines }, before, after).currency).toBe(GBP);
  });

  it('leaves the tax that a product or a person gave a line', () => {
    const other = tax('Reduced', 5_000);
    const lines = [
      { ...blankLine(vat), productUid: newUid<ProductUid>() },
      { ...blankLine(other), description: 'Books' },
    ];
    const next = followClient({ ...business, lines }, before, after);
    expect(next.lines.map((line) => line.tax.name)).toEqual(['VAT', 'Reduced']);
  });
});
