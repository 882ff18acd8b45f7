/** What the report of a Vitest run says; a file that could not be loaded is one failure. */
export function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    // A skipped test is one that nobody ran, so it does not count as fine.
    failed: report.numFailedTests + report.numPendingTests + brokenFiles.length,
  };
}

/** What the report of a Playwright run says; a test that passed only when tried again failed. */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const brokenFiles = report.errors.length;
  return { passed: expected, failed: unexpected + flaky + skipped + brokenFiles };
}
