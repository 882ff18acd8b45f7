import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';

import { openSession } from './support/api';
import { expect, test } from './support/app';
import { startBrowserShell } from './support/browser-shell';
import { requestRaw } from './support/raw-request';

const JSON_TYPE = { 'content-type': 'application/json' };
const NOT_ALLOWED = { ok: false, error: { kind: 'not_allowed' } };

test('prints one line with address and token, and nothing else on standard output', ({ app }) => {
  const shell = app.browserShell!;
  expect(shell.output()).toMatch(/^doccentr: http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/u);
});

test('trades the printed token for a session, nothing else', async ({ app }) => {
  const { address, token } = app.browserShell!;
  expect(await openSession(address, token)).toMatch(/^[\w-]{43}$/u);
  for (const body of [
    JSON.stringify({ token: 'wrong' }),
    JSON.stringify({ token: '' }),
    JSON.stringify({ code: token }),
    JSON.stringify({ token: [token] }),
    JSON.stringify({ token, extra: true }),
    JSON.stringify(token),
    '{}',
    'null',
  ]) {
    const answer = await requestRaw(address, {
      method: 'POST',
      path: '/session',
      headers: JSON_TYPE,
      body,
    });
    expect(answer.status, body).toBe(401);
    expect(JSON.parse(answer.body)).toEqual(NOT_ALLOWED);
  }
});

test('answers no call without a session, whatever stands in its place', async ({ app }) => {
  const { address, token } = app.browserShell!;
  for (const authorization of [
    undefined,
    'Bearer',
    'Bearer x',
    `Bearer ${token}`,
    `Basic ${token}`,
  ]) {
    for (const path of ['/api/app.state', '/api/clients.create', '/events']) {
      const isCall = path.startsWith('/api/');
      const answer = await requestRaw(address, {
        method: isCall ? 'POST' : 'GET',
        path,
        headers: { ...JSON_TYPE, ...(authorization === undefined ? {} : { authorization }) },
        ...(isCall ? { body: '{}' } : {}),
      });
      expect(answer.status, `${path} ${authorization}`).toBe(401);
      expect(JSON.parse(answer.body)).toEqual(NOT_ALLOWED);
    }
  }
});

test('refuses foreign names and foreign pages, even with a session', async ({ app }) => {
  const { address, token } = app.browserShell!;
  const authorization = `Bearer ${await openSession(address, token)}`;
  const { host, port } = new URL(address);
  const own = { ...JSON_TYPE, authorization };
  const call = { method: 'POST', path: '/api/app.state', body: '{}' };

  expect((await requestRaw(address, { ...call, headers: own })).status).toBe(200);
  for (const foreign of [
    { host: `evil.example:${port}` },
    { host: `localhost:${port}` },
    { host: '127.0.0.1' },
    { host, origin: 'https://evil.example' },
    { host, origin: 'null' },
    { host, origin: `http://127.0.0.1:${Number(port) + 1}` },
    { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    { host, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
  ]) {
    const answer = await requestRaw(address, { ...call, headers: { ...own, ...foreign } });
    expect(answer.status, JSON.stringify(foreign)).toBe(403);
    expect(JSON.parse(answer.body)).toEqual(NOT_ALLOWED);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  }
});

test('lets no foreign page read or call, seen from a real browser', async ({ app, browser }) => {
  const { address } = app.browserShell!;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('https://evil.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>evil</title>' }),
  );
  await page.goto('https://evil.example/');
  const outcome = await page.evaluate(async (target) => {
    async function attempt(path: string, init: RequestInit): Promise<string> {
      try {
        const response = await fetch(target + path, init);
        return `read ${response.status}`;
      } catch {
        return 'refused';
      }
    }
    return [
      await attempt('/index.html', {}),
      await attempt('/api/app.state', { method: 'POST', body: '{}' }),
      await attempt('/api/app.state', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
      }),
    ];
  }, address);
  expect(outcome).toEqual(['refused', 'refused', 'refused']);
  await context.close();
});

test('a tab without a token says that its session is over', async ({ app, browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${app.browserShell!.address}/`);
  await expect(page.locator('#root')).toContainText(/session|address/iu);
  await context.close();
});

test('a tab keeps its session when it is loaded again', async ({ page }) => {
  await expect(page.locator('#root')).not.toBeEmpty();
  const before = await page.locator('#root').innerText();
  await page.reload();
  await expect(page.locator('#root')).toHaveText(new RegExp(before.split('\n')[0] ?? '', 'u'));
});

test('the browser that it opens by itself gets a code for one use', async ({ browser }) => {
  const directory = await mkdtemp(join(tmpdir(), 'doccentr-open-'));
  const opened = join(directory, 'opened');
  const opener = join(directory, 'xdg-open');
  writeFileSync(opener, `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`);
  chmodSync(opener, 0o755);
  const shell = await startBrowserShell(join(directory, 'data'), {
    DOCCENTR_OPEN: '1',
    PATH: `${directory}${delimiter}${process.env['PATH']}`,
  });
  try {
    await expect.poll(() => readIfThere(opened)).toContain('#code=');
    const address = readIfThere(opened);
    expect(address).not.toContain(shell.token);

    const context = await browser.newContext();
    const first = await context.newPage();
    await first.goto(address);
    await expect(first.locator('input').first()).toBeVisible();

    const second = await context.newPage();
    const [answer] = await Promise.all([
      second.waitForResponse((response) => response.url().endsWith('/session')),
      second.goto(address),
    ]);
    expect(answer.status()).toBe(401);
    await context.close();
  } finally {
    await shell.stop();
    await rm(directory, { recursive: true });
  }
});

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
