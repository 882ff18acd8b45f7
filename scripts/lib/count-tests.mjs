import { relative } from 'node:path';

/** What the report of a Vitest run says; a file that could not be loaded is one failure. */
export function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    // A skipped test is one that nobody ran, so it does not count as fine.
    failed: report.numFailedTests + report.numPendingTests + brokenFiles.length,
    failures: report.testResults.flatMap(vitestFailures),
    flaky: [],
  };
}

function vitestFailures({ name, status, message, assertionResults }) {
  const file = relative(process.cwd(), name);
  if (status === 'failed' && assertionResults.length === 0) return [failure(file, message)];
  return assertionResults
    .filter((test) => test.status !== 'passed')
    .map((test) =>
      failure(`${file} › ${test.fullName}`, test.failureMessages?.[0] ?? `it was ${test.status}`),
    );
}

/**
 * What the report of a Playwright run says. A test that passed when tried again passed, since a
 * stalled machine is no fault of the code; `flaky` names it, so that nobody overlooks it.
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const specs = report.suites.flatMap(specsOf);
  return {
    passed: expected + flaky,
    failed: unexpected + skipped + report.errors.length,
    failures: [
      ...specs.filter((spec) => has(spec, 'unexpected')).map(playwrightFailure),
      ...specs
        .filter((spec) => has(spec, 'skipped'))
        .map((spec) => failure(titleOf(spec), 'it was skipped')),
      ...report.errors.map(({ message }) => failure('outside any test', message)),
    ],
    flaky: specs.filter((spec) => has(spec, 'flaky')).map(titleOf),
  };
}

/** Suites hold tests and further suites; the outermost are the files. */
function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

function has({ tests }, status) {
  return tests.some((test) => test.status === status);
}

function titleOf({ file, title }) {
  return `${file} › ${title}`;
}

function playwrightFailure(spec) {
  const errors = spec.tests.flatMap(({ results }) => results).flatMap(({ error }) => error ?? []);
  return failure(titleOf(spec), errors[0]?.message);
}

/** One that failed, in a few lines: a build machine may keep only the end of what was printed. */
const LONGEST_REASON = 600;

function failure(title, reason = 'no reason was given') {
  return { title, reason: reason.slice(0, LONGEST_REASON) };
}
