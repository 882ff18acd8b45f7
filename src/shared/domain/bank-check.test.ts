import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkBankDetails, groupIban } from './bank-check';
import type { BankDetails } from './party';

const names = { holder: '', bankName: '' };
const iban = (text: string, bic = ''): BankDetails => ({ kind: 'iban', ...names, iban: text, bic });
const codes = (details: BankDetails): string[] =>
  checkBankDetails(details).map(({ field, code }) => `${field}:${code}`);

describe('checkBankDetails', () => {
  // Examples published in the IBAN registry.
  it.each([
    'DE89370400440532013000',
    'GB29 NWBK 6016 1331 9268 19',
    'fr1420041010050500013m02606',
    'NO9386011117947',
    'MT84MALT011000012345MTLCAST001S',
    'PL61109010140000071219812874',
  ])('accepts %s', (text) => {
    expect(codes(iban(text))).toEqual([]);
  });

  it.each([
    ['DE89370400440532013001', 'iban:iban_check_digits'],
    ['DE8937040044053201300', 'iban:iban_length'],
    ['XX89370400440532013000', 'iban:iban_country_unknown'],
    ['89DE370400440532013000', 'iban:iban_invalid'],
    ['DE89', 'iban:iban_invalid'],
  ])('refuses %s', (text, expected) => {
    expect(codes(iban(text))).toEqual([expected]);
  });

  it('finds every single wrong digit and every swapped pair', () => {
    const good = 'DE89370400440532013000';
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const wrong =
          good.slice(0, at) + String((Number(good[at]) + shift) % 10) + good.slice(at + 1);
        expect(codes(iban(wrong))).toEqual(['iban:iban_check_digits']);
        const swapped =
          good.slice(0, at) + (good[at + 1] ?? '') + (good[at] ?? '') + good.slice(at + 2);
        if (swapped !== good) expect(codes(iban(swapped))).toEqual(['iban:iban_check_digits']);
      }),
    );
  });

  it('checks a BIC and its country', () => {
    expect(codes(iban('DE89370400440532013000', 'COBADEFFXXX'))).toEqual([]);
    expect(codes(iban('DE89370400440532013000', 'cobadeff'))).toEqual([]);
    expect(codes(iban('DE89370400440532013000', 'COBADEF'))).toEqual(['bic:bic_invalid']);
    expect(codes(iban('DE89370400440532013000', 'BNPAFRPP'))).toEqual(['bic:bic_country_mismatch']);
    expect(codes(iban('FR1420041010050500013M02606', 'CMCIMCM1'))).toEqual([]);
  });

  it('checks UK and US numbers', () => {
    const uk = (sortCode: string, accountNumber: string): BankDetails => ({
      kind: 'uk',
      ...names,
      sortCode,
      accountNumber,
    });
    const us = (routingNumber: string): BankDetails => ({
      kind: 'us',
      ...names,
      routingNumber,
      accountNumber: '1',
    });
    expect(codes(uk('12-34-56', '12345678'))).toEqual([]);
    expect(codes(uk('12-34-5', '12345'))).toEqual([
      'sortCode:sort_code_invalid',
      'accountNumber:account_number_invalid',
    ]);
    expect(codes(us('011000015'))).toEqual([]);
    expect(codes(us('011000016'))).toEqual(['routingNumber:routing_number_invalid']);
    expect(codes(us('000000000'))).toEqual(['routingNumber:routing_number_invalid']);
  });

  it('groups an IBAN in fours', () => {
    expect(groupIban('de89 370400440532013000')).toBe('DE89 3704 0044 0532 0130 00');
  });
});
