/** What the report of a Vitest run says; a file that could not be loaded is one failure. */
export function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    // A skipped test is one that nobody ran, so it does not count as fine.
    failed: report.numFailedTests + report.numPendingTests + brokenFiles.length,
    flaky: [],
  };
}

/**
 * What the report of a Playwright run says. A test that passed when tried again passed, since a
 * stalled machine is no fault of the code; `flaky` names it, so that nobody overlooks it.
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected + flaky,
    failed: unexpected + skipped + report.errors.length,
    flaky: report.suites.flatMap(flakyTitles),
  };
}

/** Suites hold tests and further suites; the outermost are the files. */
function flakyTitles(suite) {
  const own = suite.specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ file, title }) => `${file} › ${title}`);
  return [...own, ...(suite.suites ?? []).flatMap(flakyTitles)];
}
