import { defineConfig } from '@playwright/test';

import { findChromium } from './scripts/lib/find-program.mjs';

const isRoot = process.getuid?.() === 0;
const isElectron = process.env['DOCCENTR_E2E_SHELL'] === 'electron';

export default defineConfig({
  testDir: 'tests/e2e',
  testIgnore: [
    // These need a cloud: playwright.cloud.config.ts.
    'cloud/**',
    // What is true of the browser shell alone.
    ...(isElectron ? ['shell-browser-*.spec.ts'] : []),
  ],
  outputDir: 'artifacts/e2e',
  globalSetup: './tests/e2e/support/require-build.ts',
  reporter: [['list'], ['json', { outputFile: 'artifacts/e2e.json' }]],
  fullyParallel: true,
  forbidOnly: true,
  // A shared machine stalls now and then. What needs the second try is named at the end of a run, and
  // the first try's trace is kept.
  retries: 1,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium() ?? 'chromium',
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // Chromium's own sandbox refuses to run as root, as on build machines.
        ...(isRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
});
