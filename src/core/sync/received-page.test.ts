import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pullAnswer } from '../../shared/contracts/sync/protocol';
import { receivedPullAnswer } from './received-page';

const CHANGE = { version: 1, deleted: false, record: { uid: 'one', notes: 'kept' } };
const PAGE = {
  kind: 'page',
  epoch: 'first',
  cursor: 7,
  hasMore: false,
  head: 7,
  changes: [CHANGE],
};

/** Mostly as the schema wants it, so that what is wrong is wrong by itself. */
function usually<T>(good: T): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(good) }, fc.jsonValue());
}

const changes = fc.record(
  {
    version: usually(3),
    deleted: usually(true),
    record: fc.oneof(
      { weight: 6, arbitrary: fc.record({ uid: usually('u'), notes: fc.jsonValue() }) },
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

describe('the answer to a pull', () => {
  it('R52 passes as received exactly where the contract lets it pass', () => {
    const verdicts = { passed: 0, failed: 0 };
    fc.assert(
      fc.property(usually('page'), usually('e'), fc.array(changes), (kind, epoch, list) => {
        const answer = { ...PAGE, kind, epoch, changes: list };
        const expected = pullAnswer.safeParse(answer);
        const received = receivedPullAnswer.safeParse(answer);
        expect(received.success).toBe(expected.success);
        if (expected.success) expect(received.data).toEqual(expected.data);
        verdicts[expected.success ? 'passed' : 'failed'] += 1;
      }),
      { numRuns: 500 },
    );
    expect(Math.min(verdicts.passed, verdicts.failed)).toBeGreaterThan(20);
  });

  it('brings the records as they were parsed, without a copy', () => {
    const received = receivedPullAnswer.parse(PAGE);
    expect(received.kind === 'page' && received.changes[0]?.record).toBe(CHANGE.record);
    expect(receivedPullAnswer.safeParse({ ...PAGE, changes: { length: 1 } }).success).toBe(false);
  });
});
