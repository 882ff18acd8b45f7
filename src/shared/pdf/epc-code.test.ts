import { describe, expect, it } from 'vitest';

import { currencyCode } from '../domain/currency';
import { qrModules } from './qr-modules';
import { epcPayload } from './epc-code';
import { frozen, line } from './fixtures/documents';

describe('the payment code', () => {
  it('holds a SEPA transfer as EPC069-12 version 2 lays it out', () => {
    expect(epcPayload(frozen())).toBe(
      [
        'BCD',
        '002',
        '1',
        'SCT',
        'COBADEFFXXX',
        'Northwind Studio Ltd',
        'DE89370400440532013000',
        'EUR211.80',
        '',
        '',
        'INV-2026-0001',
      ].join('\n'),
    );
  });

  it('puts a creditor reference in the field for structured ones', () => {
    const payload = epcPayload(frozen({ paymentReference: 'RF18 5390 0754 7034' }));
    expect(payload?.split('\n').slice(9)).toEqual(['RF18539007547034']);
  });

  it('is left out where no SEPA transfer can be made', () => {
    const base = frozen();
    const account = base.bankAccount;
    if (account === null) throw new Error('the sample has an account');
    const usd = currencyCode.parse('USD');
    const uk = {
      kind: 'uk' as const,
      holder: '',
      bankName: '',
      sortCode: '20-00-00',
      accountNumber: '12345678',
    };
    for (const document of [
      frozen({ currency: usd }),
      frozen({ bankAccount: null }),
      frozen({ bankAccount: { ...account, details: uk } }),
      frozen({ kind: 'credit_note' }),
      frozen({ issued: null }),
      frozen({ lines: [line({ quantity: -1_000 })] }),
      frozen({ lines: [] }),
    ]) {
      expect(epcPayload(document)).toBeNull();
    }
  });

  it('draws a square of modules with its three finder patterns', () => {
    const modules = qrModules(epcPayload(frozen()) ?? '');
    const side = modules.length;
    expect((side - 17) % 4).toBe(0);
    expect(side).toBeLessThanOrEqual(69);
    const finder = (top: number, left: number): string =>
      modules
        .slice(top, top + 7)
        .map((row) =>
          row
            .slice(left, left + 7)
            .map(Number)
            .join(''),
        )
        .join(' ');
    const pattern = '1111111 1000001 1011101 1011101 1011101 1000001 1111111';
    expect(finder(0, 0)).toBe(pattern);
    expect(finder(0, side - 7)).toBe(pattern);
    expect(finder(side - 7, 0)).toBe(pattern);
  });
});
