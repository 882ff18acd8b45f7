import { defineConfig } from '@playwright/test';

import usual from './playwright.config';

/** The app with the local cloud, which is started once for all files. */
export default defineConfig(usual, {
  testDir: 'tests/e2e/cloud',
  testMatch: '*.cloud.spec.ts',
  testIgnore: [],
  // Machines and the cloud share the processors.
  timeout: 120_000,
  outputDir: 'artifacts/e2e-cloud',
  globalSetup: ['./tests/e2e/support/require-build.ts', './tests/e2e/support/start-cloud.ts'],
  reporter: [['list'], ['json', { outputFile: 'artifacts/e2e-cloud.json' }]],
  projects: [{ name: 'cloud' }],
});
