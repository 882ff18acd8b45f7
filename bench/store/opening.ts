import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { chromium, type Browser } from '@playwright/test';

import { findChromium } from '../../scripts/lib/find-program.mjs';
import { atMost, type BenchResult } from '../bench-result';
import { startCore } from './built-core';
import { median } from './statistics';

const RUNS = 9;

/** Two data directories of the same business: one with all invoices, one with a hundred. */
export interface TwoSizes {
  readonly large: string;
  readonly small: string;
}

/** From the start of the core to the first page of invoices, both sizes in turns. */
export async function benchOpeningCore(builtApp: string, sizes: TwoSizes): Promise<BenchResult> {
  const { large, small } = await inTurns(sizes, async (dataDirectory) => {
    const start = performance.now();
    const core = await startCore(builtApp, dataDirectory);
    await core.call('app.state', {});
    const { rows } = await core.call('invoices.list', {});
    const time = performance.now() - start;
    await core.end();
    if (rows.length !== 50) throw new Error('the first page is not full');
    return time;
  });
  return atMost(
    1.5,
    'opening: ms to the first page of the core, with 100 invoices',
    median(large),
    median(small),
  );
}

/** From the start of the browser shell to rows in the page of a browser that is running already. */
export async function benchOpeningApp(builtApp: string, sizes: TwoSizes): Promise<BenchResult> {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const { large, small } = await inTurns(sizes, (dataDirectory) =>
      openInBrowser(browser, builtApp, dataDirectory),
    );
    return atMost(
      1.5,
      'opening: ms to the list in the browser shell, with 100 invoices',
      median(large),
      median(small),
    );
  } finally {
    await browser.close();
  }
}

async function inTurns(
  { large, small }: TwoSizes,
  open: (dataDirectory: string) => Promise<number>,
): Promise<{ readonly large: number[]; readonly small: number[] }> {
  const times = { large: [] as number[], small: [] as number[] };
  // The first of each finds nothing of the app in the caches of the system.
  await open(large);
  await open(small);
  for (let run = 0; run < RUNS; run += 1) {
    times.large.push(await open(large));
    times.small.push(await open(small));
  }
  return times;
}

async function openInBrowser(
  browser: Browser,
  builtApp: string,
  dataDirectory: string,
): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const start = performance.now();
  const shell = spawn(process.execPath, [join(builtApp, 'web', 'index.js')], {
    env: {
      ...process.env,
      DOCCENTR_DATA_DIR: dataDirectory,
      DOCCENTR_PORT: '0',
      DOCCENTR_OPEN: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let address = '';
  for await (const line of createInterface({ input: shell.stdout })) {
    address = line.replace('doccentr: ', '');
    break;
  }
  await page.goto(address);
  await page.getByRole('link', { name: 'Invoices', exact: true }).click();
  await page
    .getByRole('row', { name: /INV-20/u })
    .first()
    .waitFor();
  const time = performance.now() - start;
  await context.close();
  shell.kill('SIGTERM');
  await once(shell, 'exit');
  return time;
}
