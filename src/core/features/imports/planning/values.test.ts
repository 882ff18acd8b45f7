import { describe, expect, it } from 'vitest';

import { inferRate, taxWish } from './tax-wish';
import { firstEmail, parseCountry, parseStatus, parseTerms, parseType } from './values';

describe('values as programs write them', () => {
  it.each([
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['de', 'DE'],
    ['Royaume-Uni', 'GB'],
    ['USA', 'US'],
    ['日本', 'JP'],
    ['Polska', 'PL'],
    ['Atlantis', null],
  ])('country %s', (text, code) => {
    expect(parseCountry(text)).toBe(code);
  });

  it.each([
    ['Net 30', { kind: 'net_days', days: 30 }],
    ['15', { kind: 'net_days', days: 15 }],
    ['14 Tage netto', { kind: 'net_days', days: 14 }],
    ['2/10 Net 30', { kind: 'net_days', days: 30 }],
    ['Due on receipt', { kind: 'on_receipt' }],
    ['0', { kind: 'on_receipt' }],
    ['30 days end of month', { kind: 'end_of_month', days: 30 }],
    ['by agreement', null],
    ['', null],
  ])('terms %s', (text, terms) => {
    expect(parseTerms(text)).toEqual(terms);
  });

  it.each([
    ['Paid', 'paid'],
    ['Closed', 'paid'],
    ['bezahlt', 'paid'],
    ['Unpaid', 'open'],
    ['Partially Paid', 'open'],
    ['Awaiting Payment', 'open'],
    ['Overdue 12 days', 'open'],
    ['uncollectible', 'open'],
    ['Voided', 'void'],
    ['Storniert', 'void'],
    ['Draft', 'draft'],
    ['', null],
  ])('status %s', (text, status) => {
    expect(parseStatus(text)).toBe(status);
  });

  it.each([
    ['Invoice', 'invoice'],
    ['', 'invoice'],
    ['Sales credit note', 'credit_note'],
    ['Credit Memo', 'credit_note'],
    ['Sales Receipt', 'paid_invoice'],
    ['Payment', 'other'],
    ['Bill', 'other'],
  ])('type %s', (text, type) => {
    expect(parseType(text)).toBe(type);
  });

  it('takes the first of several e-mail addresses', () => {
    expect(firstEmail('a@x.example; <b@x.example>, c@x.example')).toEqual({
      email: 'a@x.example',
      others: 'b@x.example, c@x.example',
    });
  });
});

describe('taxes', () => {
  it.each([
    [10_000, 1_900, 19_000],
    [10_000, 2_000, 20_000],
    [103, 21, 20_000],
    [10_000, 888, 8_880],
    [10_000, 0, 0],
  ])('infers the rate of %i and %i', (net, tax, rate) => {
    expect(inferRate(net, tax, [])).toBe(rate);
  });

  it('knows the rates of the business first', () => {
    expect(inferRate(10, 2, [23_000])).toBe(23_000);
    expect(inferRate(-100, 20, [])).toBeNull();
  });

  it.each([
    ['20% (VAT on Income)', null, { category: 'standard', rate: 20_000 }],
    ['Zero Rated Income', null, { category: 'zero', rate: 0 }],
    ['Tax Exempt (0%)', null, { category: 'exempt', rate: 0 }],
    ['Reverse Charge', 0, { category: 'reverse_charge', rate: 0 }],
    ['No VAT', null, { category: 'outside_scope', rate: 0 }],
    ['', 8_875, { category: 'standard', rate: 8_875 }],
  ])('understands %s', (name, rate, wish) => {
    expect(taxWish(name, rate)).toMatchObject(wish);
  });
});
