import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { openSession } from './support/api';
import { expect, test } from './support/app';
import { builtApp } from './support/built-app';
import { createBusiness } from './support/business';
import { childrenOf, isRunning } from './support/processes';

/** Starts a second shell on the same data directory and waits for its end. */
async function startSecond(dataDirectory: string) {
  const child = spawn(process.execPath, [join(builtApp, 'web', 'index.js')], {
    env: {
      ...process.env,
      DOCCENTR_DATA_DIR: dataDirectory,
      DOCCENTR_PORT: '0',
      DOCCENTR_OPEN: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output, errors };
}

test('the app goes on when its core is killed', async ({ app, api, page }) => {
  const { pid } = app.browserShell!;
  await createBusiness(api);
  await expect(page.getByRole('link', { name: 'Clients' })).toBeVisible();
  for (let time = 1; time <= 3; time += 1) {
    const [core] = childrenOf(pid);
    process.kill(core!, 'SIGKILL');
    await expect
      .poll(async () => (await api.result('app.state', {})).ok, { timeout: 15_000 })
      .toBe(true);
    expect(childrenOf(pid)).not.toContain(core);
  }
  expect(await api('businesses.get', {})).toMatchObject({ name: 'Acme Ltd' });
  await page.getByRole('link', { name: 'Clients' }).click();
  await expect(page.getByRole('button', { name: 'New client' }).first()).toBeVisible();
});

test('every tab hears of a change', async ({ app, api }) => {
  await createBusiness(api);
  const { address, token } = app.browserShell!;
  const response = await fetch(`${address}/events`, {
    headers: { authorization: `Bearer ${await openSession(address, token)}` },
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  await api('taxCodes.create', {
    taxCode: { name: 'VAT 20%', category: 'standard', rate: 20_000, reasons: {} },
  });
  let heard = '';
  while (!heard.includes('"changed"')) heard += (await reader.read()).value ?? '';
  expect(heard).toContain('"settings"');
  await reader.cancel();
});

test('a second start on the same data says so and gives the address of the first', async ({
  app,
}) => {
  const { address, token, dataDirectory } = app.browserShell!;
  const second = await startSecond(dataDirectory);
  expect(second).toMatchObject({ code: 0, output: `doccentr: ${address}/#token=${token}\n` });
  expect(second.errors).toContain('already running');
});

test('data that another process works on is left alone', async ({ app, api }) => {
  const { dataDirectory } = app.browserShell!;
  rmSync(join(dataDirectory, 'browser-shell.json'));
  const second = await startSecond(dataDirectory);
  expect(second).toMatchObject({ code: 75, output: '' });
  expect(second.errors).toContain('close it first');
  expect((await api.result('app.state', {})).ok).toBe(true);
});

test('what it keeps can be read by its owner alone', ({ app }) => {
  const { dataDirectory } = app.browserShell!;
  for (const name of ['browser-shell.json', 'logs', 'logs/core.log']) {
    expect(statSync(join(dataDirectory, name)).mode & 0o077, name).toBe(0);
  }
});

test('an orderly end takes the core along and withdraws the address', async ({ app }) => {
  const { pid, dataDirectory } = app.browserShell!;
  const cores = childrenOf(pid);
  await app.stop();
  expect(cores.filter(isRunning)).toEqual([]);
  expect(existsSync(join(dataDirectory, 'browser-shell.json'))).toBe(false);
});

test('the core ends by itself when its shell is killed', async ({ app }) => {
  const { pid } = app.browserShell!;
  const cores = childrenOf(pid);
  expect(cores).toHaveLength(1);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => cores.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});
