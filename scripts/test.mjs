import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { isBuildFresh } from './lib/build-state.mjs';
import { countPlaywright, countVitest } from './lib/count-tests.mjs';
import { faultReport, forgetFaultReports } from './lib/fault-report.mjs';
import { installMissingTools } from './lib/test-tools.mjs';
import { commandOf, localNode, root, run } from './lib/processes.mjs';

/**
 * Tests everything: installs what the machine lacks, builds, runs the schedules of faults, the unit and
 * property tests and the end-to-end tests against the build, beside them what kills clouds of its own,
 * then the app with the local cloud, and the cloud alone. The last line says how it went: `N passed, N
 * failed`; before it stand what failed, with its reason, and, as lines `flaky: <test>`, what passed only
 * at its second try.
 */

const artifacts = join(root, 'artifacts');

/** What went wrong outside any test, or without a report of any, counts as one failure. */
function oneFailure(title, reason) {
  return { passed: 0, failed: 1, failures: [{ title, reason }], flaky: [] };
}

async function runSuite(script, parameters, report, count, options = {}) {
  const file = join(artifacts, report);
  rmSync(file, { force: true });
  const code = await run(localNode(), [script, ...parameters], options);
  const counted = readReport(file, count);
  if (code === 0 || counted.failed > 0) return counted;
  const unexplained = oneFailure(report, `no test failed, but the run ended with ${code}`);
  return { ...unexplained, passed: counted.passed, flaky: counted.flaky };
}

function readReport(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return oneFailure(basename(file), `there is no report: ${error.message}`);
  }
}

async function testAll() {
  if (!existsSync(join(root, 'node_modules', 'vitest'))) {
    throw new Error('The dependencies are missing; run "npm ci" first.');
  }
  mkdirSync(artifacts, { recursive: true });
  await installMissingTools();
  if (!isBuildFresh()) {
    const built = await run(localNode(), [join(root, 'scripts', 'build.mjs')]);
    if (built !== 0) return [oneFailure('the build', `it ended with ${built}`)];
  }
  forgetFaultReports();
  // The tests that kill services mostly wait for queues, which leaves the processors to others.
  const [faults, [sync, unit, endToEnd]] = await Promise.all([
    withOutputAside('cloud-faults.log', (options) => runVitest('cloud-faults', options)),
    testDesktop(),
  ]);
  const withCloud = await runSuite(
    commandOf('@playwright/test', 'playwright'),
    ['test', '--config=playwright.cloud.config.ts'],
    'e2e-cloud.json',
    countPlaywright,
  );
  const cloud = await runVitest('cloud');
  return [sync, unit, faults, endToEnd, withCloud, cloud];
}

/** What needs no cloud, one after the other: each of these takes both processors. */
async function testDesktop() {
  const sync = await runVitest('sync');
  const unit = await runVitest('unit');
  const endToEnd = await runSuite(
    commandOf('@playwright/test', 'playwright'),
    ['test'],
    'e2e.json',
    countPlaywright,
  );
  return [sync, unit, endToEnd];
}

/** What runs beside something else prints when it is done. */
async function withOutputAside(name, work) {
  const file = join(artifacts, name);
  const output = openSync(file, 'w');
  try {
    return await work({ stdio: ['inherit', output, output] });
  } finally {
    closeSync(output);
    process.stdout.write(readFileSync(file));
  }
}

function runVitest(project, options) {
  const report = `${project}.json`;
  return runSuite(
    commandOf('vitest'),
    [
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(artifacts, report)}`,
    ],
    report,
    countVitest,
    options,
  );
}

async function countAll() {
  try {
    return await testAll();
  } catch (error) {
    return [oneFailure('outside any test', error.message)];
  }
}

const counts = await countAll();
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log('');
for (const { title, reason } of counts.flatMap(({ failures }) => failures)) {
  console.log(`failed: ${title}\n${reason}\n`);
}
for (const line of faultReport({ withCounts: false })) console.log(line);
for (const title of counts.flatMap(({ flaky }) => flaky)) console.log(`flaky: ${title}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
