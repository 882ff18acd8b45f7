import { describe, expect, it } from 'vitest';

import type { StatusFacts } from './invoice-status';
import {
  ageingBucket,
  AGEING_BUCKETS,
  balanceOf,
  settlementOf,
  signedTotal,
  statusOf,
} from './invoice-status';
import { minor } from './money';
import { addDays } from './calendar-date';
import { day } from './testing/arbitraries';

const DUE = day('2026-03-31');

function facts(
  total: number,
  paid: number,
  credited: number,
  change: Partial<StatusFacts> = {},
): StatusFacts {
  return {
    kind: 'invoice',
    finalisedAt: '2026-03-01T00:00:00.000Z',
    total: minor(total),
    paid: minor(paid),
    credited: minor(credited),
    dueDate: DUE,
    today: DUE,
    ...change,
  };
}

describe('statusOf', () => {
  it.each([
    ['nothing paid', facts(100, 0, 0), 'sent'],
    ['a part paid', facts(100, 40, 0), 'partly_paid'],
    ['a part credited', facts(100, 0, 40), 'sent'],
    ['all paid', facts(100, 100, 0), 'paid'],
    ['paid and credited together', facts(100, 60, 40), 'paid'],
    ['all credited', facts(100, 0, 100), 'credited'],
    ['paid, then all credited', facts(100, 100, 100), 'credited'],
    ['paid, then a part credited', facts(100, 100, 40), 'paid'],
    ['a zero total', facts(0, 0, 0), 'paid'],
    ['a draft', facts(100, 0, 0, { finalisedAt: null }), 'draft'],
    ['a credit note', facts(100, 0, 0, { kind: 'credit_note' }), 'sent'],
    [
      'a drafted credit note',
      facts(100, 0, 0, { kind: 'credit_note', finalisedAt: null }),
      'draft',
    ],
  ])('%s', (_, given, expected) => {
    expect(statusOf(given)).toBe(expected);
  });

  it('turns overdue the day after the due date, part payments included', () => {
    const late = { today: addDays(DUE, 1) };
    expect(statusOf(facts(100, 0, 0, late))).toBe('overdue');
    expect(statusOf(facts(100, 40, 0, late))).toBe('overdue');
    expect(statusOf(facts(100, 100, 0, late))).toBe('paid');
    expect(statusOf(facts(100, 0, 100, late))).toBe('credited');
    expect(statusOf(facts(100, 0, 0, { ...late, kind: 'credit_note' }))).toBe('sent');
    expect(statusOf(facts(100, 0, 0, { ...late, finalisedAt: null }))).toBe('draft');
  });
});

describe('amounts', () => {
  it('owes back what was paid and then credited', () => {
    expect(balanceOf(minor(100), minor(100), minor(30))).toBe(-30);
    expect(settlementOf(facts(100, 100, 30))).toBe('paid');
    expect(signedTotal('credit_note', minor(100))).toBe(-100);
    expect(signedTotal('invoice', minor(100))).toBe(100);
  });
});

describe('ageingBucket', () => {
  it.each([
    [-1, 0],
    [0, 0],
    [1, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [61, 3],
    [90, 3],
    [91, 4],
  ])('%i days after the due date', (days, bucket) => {
    expect(ageingBucket(DUE, addDays(DUE, days))).toBe(AGEING_BUCKETS[bucket]);
  });
});
