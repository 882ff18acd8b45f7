import { describe, expect, it } from 'vitest';

import { countPlaywright, countVitest } from '../../scripts/lib/count-tests.mjs';

describe('counting end-to-end tests', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'lists.spec.ts',
    tests: [{ status, results: [{ error: { message: 'expected 1 row' } }] }],
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
      failures: [],
      flaky: ['lists.spec.ts › shaky', 'lists.spec.ts › shaky within'],
    });
  });

  it('counts what failed every time, what nobody ran and broken files as failed', () => {
    const { passed, failed } = countPlaywright(report({ unexpected: 1, skipped: 2 }, [{}]));
    expect({ passed, failed }).toEqual({ passed: 3, failed: 4 });
  });

  it('tells of each that failed why it did', () => {
    const failing = report({ unexpected: 1 }, [{ message: 'no cloud' }]);
    const suites = [{ specs: [spec('sorts', 'unexpected'), spec('left out', 'skipped')] }];
    expect(countPlaywright({ ...failing, suites }).failures).toEqual([
      { title: 'lists.spec.ts › sorts', reason: 'expected 1 row' },
      { title: 'lists.spec.ts › left out', reason: 'it was skipped' },
      { title: 'outside any test', reason: 'no cloud' },
    ]);
  });
});

describe('counting unit tests', () => {
  const counted = countVitest({
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { name: 'a.test.ts', status: 'failed', message: 'cannot be loaded', assertionResults: [] },
      {
        name: 'b.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'adds', status: 'failed', failureMessages: ['expected 3'] },
          { fullName: 'waits', status: 'pending', failureMessages: [] },
          { fullName: 'works', status: 'passed', failureMessages: [] },
        ],
      },
    ],
  });

  it('counts what nobody ran and files that could not be loaded as failed', () => {
    expect(counted).toMatchObject({ passed: 7, failed: 4, flaky: [] });
  });

  it('tells of each that failed why it did', () => {
    expect(counted.failures).toEqual([
      { title: 'a.test.ts', reason: 'cannot be loaded' },
      { title: 'b.test.ts › adds', reason: 'expected 3' },
      { title: 'b.test.ts › waits', reason: 'it was pending' },
    ]);
  });
});
