import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Delivery, DeliveryFact } from './delivery';
import { afterFact, attemptOf, failureReason } from './delivery';

const NEW: Delivery = { state: 'pending', attempt: 1, reason: null, isMailed: false };
const DELIVERED: DeliveryFact = { kind: 'delivered' };
const MAILED: DeliveryFact = { kind: 'mailed', isFinal: false };
const FAILED: DeliveryFact = { kind: 'failed', attempt: 1, reason: 'r' };
const UNKNOWN: DeliveryFact = { kind: 'unknown', attempt: 1, reason: 'r' };
const BOUNCED: DeliveryFact = { kind: 'bounced', reason: 'b' };
const CANCELLED: DeliveryFact = { kind: 'cancelled', reason: 'paid' };

function after(...facts: readonly DeliveryFact[]): Delivery {
  return facts.reduce(afterFact, NEW);
}

/** Any facts of one attempt, each any number of times. */
const facts = fc.array(fc.constantFrom(MAILED, FAILED, UNKNOWN, BOUNCED, DELIVERED), {
  minLength: 1,
  maxLength: 8,
});

describe('a delivery', () => {
  it('ends as what is known for certain, in whatever order it is told', () => {
    fc.assert(
      fc.property(facts, (told) => {
        const kinds = new Set(told.map((fact) => fact.kind));
        const { state } = after(...told);
        if (kinds.has('bounced')) expect(state).toBe('bounced');
        else if (kinds.has('delivered')) expect(state).toBe('sent');
        else if (kinds.has('mailed')) {
          expect(state).toBe(kinds.has('failed') || kinds.has('unknown') ? 'sent' : 'pending');
        } else expect(state).toBe(kinds.has('unknown') ? 'unknown' : 'failed');
      }),
    );
  });

  it('is told twice without a difference', () => {
    fc.assert(
      fc.property(facts, (told) => {
        expect(after(...told, ...told)).toEqual(after(...told));
      }),
    );
  });

  it('begins anew with a retry, which failures of before do not touch', () => {
    const retried = after(FAILED, { kind: 'retried' });
    expect(retried).toEqual({ state: 'pending', attempt: 2, reason: null, isMailed: false });
    expect(afterFact(retried, FAILED)).toEqual(retried);
    expect(afterFact(retried, { ...FAILED, attempt: 2 })).toMatchObject({ state: 'failed' });
  });

  it('is cancelled only while nothing went out', () => {
    expect(after(CANCELLED)).toMatchObject({ state: 'cancelled', reason: 'paid' });
    expect(after(CANCELLED, FAILED).state).toBe('cancelled');
    expect(after(MAILED, CANCELLED).state).toBe('pending');
    expect(after(UNKNOWN, CANCELLED).state).toBe('unknown');
    expect(after(CANCELLED, MAILED).state).toBe('sent');
  });

  it('without a workflow is sent as soon as it is mailed', () => {
    expect(after({ kind: 'mailed', isFinal: true }).state).toBe('sent');
  });
});

it('reads the attempt off the name of an execution', () => {
  const uid = '01a204fc-cf1c-73df-a96b-1d51e2ffcaca';
  expect([attemptOf(`${uid}-1`), attemptOf(`${uid}-12`), attemptOf(null)]).toEqual([1, 12, 1]);
});

it('names the reason of a failure', () => {
  expect(failureReason('Permanent', 'recipient_suppressed')).toBe('recipient_suppressed');
  expect(failureReason('States.Timeout', '')).toBe('step_timed_out');
  expect(failureReason('Unknown', 'Something went wrong: 500')).toBe('step_failed');
});
