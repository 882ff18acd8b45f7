import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { KnownEntry } from './timeline';
import { orderTimeline } from './timeline';

const SEND = '01a204fc-cf1c-73df-a96b-1d51e2ffcaca';

function entry(
  id: number,
  step: KnownEntry['step'],
  state: KnownEntry['state'],
  second: number,
  more: Partial<KnownEntry> = {},
): KnownEntry {
  return {
    id,
    step,
    state,
    at: new Date(Date.UTC(2026, 5, 1, 12, 0, second)),
    attempt: 1,
    stepAttempt: state === 'started' ? 1 : null,
    sendUid: SEND,
    reason: null,
    details: {},
    ...more,
  };
}

function storyOf(entries: readonly KnownEntry[]): readonly string[] {
  return orderTimeline(entries).map(
    ({ step, state, attempt, step_attempt }) => `${step} ${state} ${attempt}.${step_attempt}`,
  );
}

it('puts a beginning that became known late before its end', () => {
  const entries = [
    entry(1, 'create_invoice', 'done', 0),
    entry(2, 'generate_pdf', 'done', 2),
    entry(3, 'generate_pdf', 'started', 3),
    entry(4, 'notify_client', 'started', 4),
  ];
  expect(storyOf(entries)).toEqual([
    'create_invoice done 1.1',
    'generate_pdf started 1.1',
    'generate_pdf done 1.1',
    'notify_client started 1.1',
  ]);
});

it('counts tries of a step, and tries of the whole delivery', () => {
  const entries = [
    entry(1, 'notify_client', 'started', 1),
    entry(2, 'notify_client', 'started', 5, { stepAttempt: 2 }),
    entry(3, 'notify_client', 'failed', 6, { reason: 'refused' }),
    entry(4, 'notify_client', 'started', 9, { attempt: 2 }),
    entry(5, 'notify_client', 'done', 10, { attempt: 2 }),
  ];
  expect(storyOf(entries)).toEqual([
    'notify_client started 1.1',
    'notify_client started 1.2',
    'notify_client failed 1.2',
    'notify_client started 2.1',
    'notify_client done 2.1',
  ]);
});

it('is the same story in whatever order the entries became known', () => {
  const entries = [
    entry(1, 'create_invoice', 'done', 0),
    entry(2, 'generate_pdf', 'started', 1),
    entry(3, 'generate_pdf', 'done', 2),
    entry(4, 'notify_client', 'started', 3),
    entry(5, 'notify_client', 'done', 4),
    entry(6, 'mark_sent', 'done', 5),
    entry(7, 'payment', 'done', 6, { sendUid: null, stepAttempt: 1 }),
  ];
  const story = storyOf(entries);
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      expect(storyOf(shuffled)).toEqual(story);
      const moments = orderTimeline(shuffled).map(({ at }) => at);
      expect(moments).toEqual([...moments].sort());
    }),
  );
});
