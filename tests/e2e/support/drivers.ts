import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { _electron, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';

import { carryOverHttp, createApi, type Api } from './api';
import { startBrowserShell, type BrowserShell } from './browser-shell';
import { builtApp, repository } from './built-app';

/** A file that the app handed over. */
export interface SavedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The app under test, in whichever shell it runs. */
export interface RunningApp {
  readonly dataDirectory: string;
  readonly api: Api;
  /** Opens the app's page (in Electron: its window); `prepare` runs before it loads anything. */
  openPage(options: BrowserContextOptions, prepare?: (page: Page) => void): Promise<Page>;
  /** What the app saves while `action` runs: a download, or the answer to the save dialog. */
  saving(page: Page, action: () => Promise<void>): Promise<SavedFile>;
  /** Only in the browser shell. */
  readonly browserShell: BrowserShell | null;
  stop(): Promise<void>;
}

export async function startInBrowserShell(
  browser: Browser,
  dataDirectory: string,
  variables: Readonly<Record<string, string>> = {},
  build = builtApp,
): Promise<RunningApp> {
  const shell = await startBrowserShell(dataDirectory, variables, build);
  return {
    dataDirectory,
    api: createApi(await carryOverHttp(shell.address, shell.token)),
    browserShell: shell,
    openPage: async (options, prepare) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      prepare?.(page);
      await page.goto(`${shell.address}/#token=${shell.token}`);
      return page;
    },
    saving: async (page, action) => {
      const [download] = await Promise.all([page.waitForEvent('download'), action()]);
      const bytes = await readFile(await download.path());
      return { fileName: download.suggestedFilename(), bytes };
    },
    stop: () => shell.stop(),
  };
}

export async function startInElectron(dataDirectory: string): Promise<RunningApp> {
  const electron = await _electron.launch({
    args: [join(builtApp, 'main', 'index.js')],
    cwd: repository,
    env: { ...(process.env as Record<string, string>), DOCCENTR_DATA_DIR: dataDirectory },
  });
  const window = await electron.firstWindow();
  return {
    dataDirectory,
    api: createApi((method, input) =>
      window.evaluate(([name, value]) => globalThis.window.doccentr?.call(name, value), [
        method,
        input,
      ] as const),
    ),
    browserShell: null,
    openPage: async ({ colorScheme, viewport }, prepare) => {
      prepare?.(window);
      await window.emulateMedia({ colorScheme: colorScheme ?? 'light' });
      if (viewport) await window.setViewportSize(viewport);
      return window;
    },
    saving: async (_page, action) => {
      const path = join(dataDirectory, 'saved-by-test');
      await electron.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = (...parameters: readonly unknown[]) => {
          const { defaultPath } = parameters.at(-1) as { readonly defaultPath: string };
          process.env['DOCCENTR_TEST_SUGGESTED'] = defaultPath;
          return Promise.resolve({ canceled: false, filePath });
        };
      }, path);
      await action();
      const suggested = await electron.evaluate(() => process.env['DOCCENTR_TEST_SUGGESTED'] ?? '');
      return { fileName: basename(suggested), bytes: await readFile(path) };
    },
    stop: () => electron.close(),
  };
}
