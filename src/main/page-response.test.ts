import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { listPages, type FindPage } from '../core/host/pages';
import { respondWithPage } from './page-response';

let directory: string;
let findPage: FindPage;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-response-'));
  writeFileSync(join(directory, 'index.html'), '<meta name="csp-nonce" content="%CSP_NONCE%" />');
  writeFileSync(join(directory, 'app.js'), 'run()');
  findPage = listPages(directory);
});
afterAll(() => rmSync(directory, { recursive: true }));

function get(url: string, method = 'GET') {
  return respondWithPage({ url, method }, findPage);
}

it('serves the document with a policy that knows its nonce', async () => {
  const response = await get('app://doccentr/invoices');
  const nonce = /content="([^"]+)"/u.exec(await response.text())?.[1];
  expect(nonce).toBeTruthy();
  expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

it('serves the files of the app', async () => {
  const response = await get('app://doccentr/app.js');
  expect(await response.text()).toBe('run()');
  expect(response.headers.get('content-type')).toContain('text/javascript');
});

it.each([
  ['app://other/app.js', 'GET'],
  ['app://doccentr/missing.js', 'GET'],
  ['app://doccentr/app.js', 'POST'],
  ['app://doccentr/%2e%2e/package.json', 'GET'],
])('answers 404 to %s by %s', async (url, method) => {
  expect((await get(url, method)).status).toBe(404);
});
