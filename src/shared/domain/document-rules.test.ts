import { describe, expect, it } from 'vitest';

import { addDays } from './calendar-date';
import type { CurrencyCode } from './currency';
import type { DuplicateCandidate, FinaliseInput } from './document-rules';
import { checkDraft, checkFinalise, isDuplicateOf } from './document-rules';
import type { BankAccountUid, ClientUid, InvoiceUid } from './ids';
import { newUid } from './ids';
import type { DocumentContent } from './invoice';
import { MAX_QUANTITY, MAX_UNIT_PRICE, minor } from './money';
import { contentOf, day, EUR, lineOf, VAT_20 } from './testing/arbitraries';

const CLIENT = newUid<ClientUid>();
const USD = 'USD' as CurrencyCode;
const TODAY = day('2026-03-10');

function finalise(change: Partial<DocumentContent>, input: Partial<FinaliseInput> = {}) {
  return checkFinalise({
    uid: newUid<InvoiceUid>(),
    kind: 'invoice',
    content: contentOf({ clientUid: CLIENT, ...change }),
    business: { currency: EUR, bankAccounts: [] },
    today: TODAY,
    previous: null,
    others: [],
    ...input,
  });
}

const found = (issues: readonly { field: string; code: string }[]): string[] =>
  issues.map(({ field, code }) => `${field}:${code}`);

describe('checkDraft', () => {
  it('lets half-done drafts be', () => {
    const odd = lineOf({
      quantity: 0,
      description: '',
      discount: { kind: 'amount', amount: minor(500) },
    });
    expect(checkDraft(contentOf({ lines: [odd], dueDate: day('2020-01-01') }))).toEqual([]);
  });

  it('refuses what cannot be computed or kept', () => {
    const line = lineOf();
    const exempt = lineOf({ tax: { ...VAT_20, category: 'exempt' } });
    const huge = lineOf({ quantity: MAX_QUANTITY, unitPrice: MAX_UNIT_PRICE });
    expect(found(checkDraft(contentOf({ lines: [line, line, exempt, huge] })))).toEqual([
      'lines.3.unitPrice:amount_too_large',
      'lines.1.uid:line_repeated',
      'lines.2.tax:tax_rate_not_allowed',
    ]);
  });
});

describe('checkFinalise, blockers', () => {
  it('finds none in a complete document', () => {
    expect(finalise({})).toEqual({ blockers: [], warnings: [] });
  });

  it.each<[string, Partial<DocumentContent>, string]>([
    ['no client', { clientUid: null }, 'clientUid:required'],
    ['no lines', { lines: [] }, 'lines:required'],
    [
      'no description',
      { lines: [lineOf(), lineOf({ description: ' \n' })] },
      'lines.1.description:required',
    ],
    [
      'a line discount beyond the line',
      { lines: [lineOf({ discount: { kind: 'amount', amount: minor(10_001) } })] },
      'lines.0.discount:discount_exceeds_line',
    ],
    [
      'a discount beyond the subtotal',
      { discount: { kind: 'amount', amount: minor(10_001) } },
      'discount:discount_exceeds_subtotal',
    ],
    ['a negative total', { lines: [lineOf({ quantity: -1_000 })] }, ':total_negative'],
    [
      'a due date before the issue date',
      { dueDate: day('2026-02-28') },
      'dueDate:due_before_issue',
    ],
    [
      'a reversed period',
      { supply: { from: day('2026-02-02'), to: day('2026-02-01') } },
      'supply:period_reversed',
    ],
    ['no exchange rate', { currency: USD }, 'exchangeRate:required'],
    [
      'a rate into another currency',
      { currency: USD, exchangeRate: { to: USD, rate: 1, date: TODAY } },
      'exchangeRate:exchange_rate_currency',
    ],
    [
      'an unknown bank account',
      { bankAccountUid: newUid<BankAccountUid>() },
      'bankAccountUid:bank_account_unknown',
    ],
    [
      'a rate without a rated category',
      { lines: [lineOf({ tax: { ...VAT_20, category: 'export' } })] },
      'lines.0.tax:tax_rate_not_allowed',
    ],
  ])('%s', (_, change, expected) => {
    expect(found(finalise(change).blockers)).toEqual([expected]);
  });

  it('wants a bank account in the currency of the document', () => {
    const uid = newUid<BankAccountUid>();
    const details = { kind: 'other' as const, holder: '', bankName: '', text: 'Safe' };
    const account = { uid, label: 'Main', currency: USD, details };
    const business = { currency: EUR, bankAccounts: [account] };
    expect(finalise({ bankAccountUid: uid }, { business }).blockers).toEqual([
      { field: 'bankAccountUid', code: 'bank_account_currency', params: { currency: 'USD' } },
    ]);
  });

  it('lets a credit note be due whenever', () => {
    expect(finalise({ dueDate: day('2026-02-28') }, { kind: 'credit_note' }).blockers).toEqual([]);
  });
});

describe('checkFinalise, warnings', () => {
  it('notices a date before the previous number and one in the future', () => {
    const previous = { number: 'INV-2026-0007', issueDate: day('2026-03-02') };
    expect(finalise({}, { previous }).warnings).toEqual([
      {
        field: 'issueDate',
        code: 'date_before_previous',
        params: { number: 'INV-2026-0007', date: '2026-03-02' },
      },
    ]);
    expect(found(finalise({}, { today: day('2026-02-28') }).warnings)).toEqual([
      'issueDate:date_in_future',
    ]);
  });

  it('notices a missing reason, an empty quantity and a zero total', () => {
    const tax = { ...VAT_20, rate: 0, category: 'reverse_charge' as const };
    expect(found(finalise({ lines: [lineOf({ tax, quantity: 0 })] }).warnings)).toEqual([
      'lines.0.tax:tax_reason_missing',
      'lines.0.quantity:quantity_zero',
      ':total_zero',
    ]);
    const reasoned = lineOf({ tax: { ...tax, reasons: { en: 'Reverse charge' } } });
    expect(finalise({ lines: [reasoned] }).warnings).toEqual([]);
  });

  it('notices duplicates, naming the other document', () => {
    const other = candidate({ number: 'INV-2026-0003' });
    expect(finalise({}, { others: [other] }).warnings).toEqual([
      {
        field: '',
        code: 'duplicate_amount',
        params: { number: 'INV-2026-0003', date: '2026-03-01' },
      },
    ]);
  });
});

function candidate(change: Partial<DuplicateCandidate> = {}): DuplicateCandidate {
  return {
    uid: newUid<InvoiceUid>(),
    kind: 'invoice',
    number: null,
    clientUid: CLIENT,
    currency: EUR,
    total: minor(12_000),
    issueDate: day('2026-03-01'),
    buyerReference: '',
    ...change,
  };
}

describe('isDuplicateOf', () => {
  const own = candidate();
  const within = (days: number) =>
    isDuplicateOf(own, candidate({ issueDate: addDays(own.issueDate, days) }));

  it('sees the same client and total within 30 days', () => {
    expect([within(0), within(30), within(-30)]).toEqual([
      'duplicate_amount',
      'duplicate_amount',
      'duplicate_amount',
    ]);
    expect([within(31), within(-31)]).toEqual([null, null]);
    expect(isDuplicateOf(own, candidate({ total: minor(12_001) }))).toBeNull();
    expect(isDuplicateOf(own, candidate({ clientUid: newUid<ClientUid>() }))).toBeNull();
    expect(isDuplicateOf(own, candidate({ currency: USD }))).toBeNull();
  });

  it('sees the same purchase order at any time, however it is spaced', () => {
    const order = candidate({ buyerReference: 'PO 4711', total: minor(1) });
    const later = candidate({ buyerReference: ' po  4711', issueDate: day('2027-01-01') });
    expect(isDuplicateOf(order, later)).toBe('duplicate_buyer_reference');
  });

  it('is never itself, a credit note or a document without client', () => {
    expect(isDuplicateOf(own, own)).toBeNull();
    expect(isDuplicateOf(own, candidate({ kind: 'credit_note' }))).toBeNull();
    expect(
      isDuplicateOf(candidate({ clientUid: null }), candidate({ clientUid: null })),
    ).toBeNull();
  });
});
