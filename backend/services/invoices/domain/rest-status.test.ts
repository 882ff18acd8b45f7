import { expect, it } from 'vitest';

import { calendarDate } from '../../../../src/shared/domain/calendar-date';
import { minor } from '../../../../src/shared/domain/money';
import type { RestStatusFacts } from './rest-status';
import { isSettled, openBalance, restStatusOf } from './rest-status';

const today = calendarDate.parse('2026-06-11');
const NOW = new Date('2026-06-11T12:00:00Z');

function facts(more: Partial<RestStatusFacts> = {}): RestStatusFacts {
  return {
    kind: 'invoice',
    finalisedAt: NOW,
    total: minor(100),
    paid: minor(0),
    credited: minor(0),
    dueDate: today,
    sentAt: null,
    deliveryState: null,
    ...more,
  };
}

it('is a draft until finalised, and while its first mail is not out', () => {
  expect(restStatusOf(facts({ finalisedAt: null }), today)).toBe('draft');
  for (const deliveryState of ['pending', 'held', 'failed', 'unknown'] as const) {
    expect(restStatusOf(facts({ deliveryState }), today)).toBe('draft');
    expect(restStatusOf(facts({ deliveryState, sentAt: NOW }), today)).toBe('sent');
  }
  for (const deliveryState of [null, 'sent', 'bounced', 'cancelled'] as const) {
    expect(restStatusOf(facts({ deliveryState }), today)).toBe('sent');
  }
});

it('is overdue from the day after, whatever became of the mail', () => {
  const late = facts({ dueDate: calendarDate.parse('2026-06-10'), deliveryState: 'failed' });
  expect(restStatusOf(late, today)).toBe('overdue');
  expect(restStatusOf({ ...late, paid: minor(99) }, today)).toBe('overdue');
});

it('is paid when nothing is left, by money or by credit', () => {
  expect(restStatusOf(facts({ paid: minor(60), credited: minor(40) }), today)).toBe('paid');
  expect(restStatusOf(facts({ credited: minor(100) }), today)).toBe('paid');
  expect(isSettled(facts({ paid: minor(99) }))).toBe(false);
});

it('owes nothing on a credit note', () => {
  const note = facts({ kind: 'credit_note', dueDate: calendarDate.parse('2026-01-01') });
  expect([openBalance(note), isSettled(note), restStatusOf(note, today)]).toEqual([
    0,
    false,
    'sent',
  ]);
});
