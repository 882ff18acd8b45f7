import fc from 'fast-check';
import { describe, it } from 'vitest';

import { openTestBusiness } from '../../testing/open-test-business';
import { expectConsistent, step, Story } from './testing/story';

describe('sums and derived columns', () => {
  it('equal a scan of the facts after any story, and refusals change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 60, maxLength: 100, size: 'max' }),
        async (steps) => {
          const business = openTestBusiness();
          try {
            const story = new Story(business);
            for (const each of steps) await story.take(each);
            expectConsistent(business.context);
          } finally {
            business.close();
          }
        },
      ),
      { numRuns: 6 },
    );
  }, 120_000);
});
