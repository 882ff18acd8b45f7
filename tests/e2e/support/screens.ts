import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { screensDirectory } from './built-app';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** Keeps a picture of the page as it is, under `artifacts/screens/`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screensDirectory, `${name}.png`), animations: 'disabled' });
}

/** Keeps pictures of the page in both sizes, light and dark; leaves it as it was. */
export async function takePictures(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await takePicture(page, `${name}-${size.width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}
