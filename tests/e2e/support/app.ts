import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test as base, type Page } from '@playwright/test';

import type { Api } from './api';
import { startInBrowserShell, startInElectron, type RunningApp } from './drivers';

interface Fixtures {
  /** The built app with a data directory of its own, started for one test. */
  readonly app: RunningApp;
  /** The app-api, to bring in what a test starts from before it opens `page`. */
  readonly api: Api;
  /** What the page complained about (console errors, uncaught errors); empty at the end. */
  readonly complaints: string[];
}

/**
 * Every test gets a fresh app and `page` on it. The shell is the browser's; with
 * DOCCENTR_E2E_SHELL=electron, where Electron's binary exists, it is the desktop's.
 * A test that seeds by `api` first and opens the page later takes `app` and calls
 * `app.openPage(contextOptions)` instead of `page`.
 */
export const test = base.extend<Fixtures>({
  app: async ({ browser }, use) => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'doccentr-e2e-'));
    const app =
      process.env['DOCCENTR_E2E_SHELL'] === 'electron'
        ? await startInElectron(dataDirectory)
        : await startInBrowserShell(browser, dataDirectory);
    await use(app);
    await app.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  },

  api: async ({ app }, use) => {
    await use(app.api);
  },

  // Playwright wants the pattern to find out what a fixture depends on: here, nothing.
  // eslint-disable-next-line no-empty-pattern
  complaints: async ({}, use) => {
    const complaints: string[] = [];
    await use(complaints);
    expect(complaints).toEqual([]);
  },

  page: async (
    { app, complaints, contextOptions, viewport, colorScheme, locale, timezoneId },
    use,
  ) => {
    const page = await app.openPage(
      {
        ...contextOptions,
        viewport,
        colorScheme,
        ...(locale === undefined ? {} : { locale }),
        ...(timezoneId === undefined ? {} : { timezoneId }),
      },
      (opened) => collectComplaints(opened, complaints),
    );
    await use(page);
    await page.context().close();
  },
});

/** Notes what a page complains about. */
export function collectComplaints(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Chromium reports every answer that is no success, and refusals are none; the test sees them.
    const isAnswer = URL.parse(message.location().url)?.pathname.startsWith('/api/') ?? false;
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
  });
}

export { expect } from '@playwright/test';
