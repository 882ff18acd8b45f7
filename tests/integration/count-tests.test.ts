import { describe, expect, it } from 'vitest';

import { countPlaywright, countVitest } from '../../scripts/lib/count-tests.mjs';

describe('counting end-to-end tests', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'lists.spec.ts',
    tests: [{ status }],
  });
  const report = (stats: object, errors: readonly object[] = []) => ({
    stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0, ...stats },
    errors,
    suites: [
      {
        specs: [spec('steady', 'expected'), spec('shaky', 'flaky')],
        suites: [{ specs: [spec('shaky within', 'flaky')] }],
      },
    ],
  });

  it('counts what passed at its second try as passed, and names it', () => {
    expect(countPlaywright(report({ flaky: 2 }))).toEqual({
      passed: 5,
      failed: 0,
      flaky: ['lists.spec.ts › shaky', 'lists.spec.ts › shaky within'],
    });
  });

  it('counts what failed every time, what nobody ran and broken files as failed', () => {
    const { passed, failed } = countPlaywright(report({ unexpected: 1, skipped: 2 }, [{}]));
    expect({ passed, failed }).toEqual({ passed: 3, failed: 4 });
  });
});

describe('counting unit tests', () => {
  it('counts what nobody ran and files that could not be loaded as failed', () => {
    const counted = countVitest({
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
      ],
    });
    expect(counted).toEqual({ passed: 7, failed: 4, flaky: [] });
  });
});
