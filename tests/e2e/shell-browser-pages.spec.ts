import { expect, test } from './support/app';
import { requestRaw } from './support/raw-request';

test('every answer carries the safety headers; the document a policy with its nonce', async ({
  app,
}) => {
  const { address } = app.browserShell!;
  const answers = await Promise.all(
    ['/', '/index.html', '/icon.svg', '/missing.js', '/events'].map((path) =>
      requestRaw(address, { path }),
    ),
  );
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
  const [document] = answers;
  const policy = String(document!.headers['content-security-policy']);
  const nonce = /name="csp-nonce" content="([^"]+)"/u.exec(document!.body)?.[1];
  expect(policy).toContain(`'nonce-${nonce}'`);
  expect(policy).toContain(`script-src 'self';`);
  expect(policy).not.toContain('unsafe');
  expect(document!.body).not.toMatch(/<script(?![^>]*\ssrc=)/u);
  expect(document!.headers['cache-control']).toBe('no-cache');
});

test('what carries a hash in its name is cached for ever, answers of the api never', async ({
  app,
}) => {
  const { address } = app.browserShell!;
  const document = await requestRaw(address, { path: '/' });
  const script = /src="\.?(\/assets\/[^"]+\.js)"/u.exec(document.body)?.[1];
  const asset = await requestRaw(address, { path: script! });
  expect(asset.status).toBe(200);
  expect(asset.headers['cache-control']).toContain('immutable');
  const call = await requestRaw(address, { method: 'POST', path: '/api/app.state' });
  expect(call.headers['cache-control']).toBe('no-store');
});

test('serves nothing but the pages, by whatever path', async ({ app }) => {
  const { address } = app.browserShell!;
  for (const path of [
    '/../package.json',
    '/../../package.json',
    '/assets/../../web/index.js',
    '/%2e%2e/web/index.js',
    '/..%2fweb%2findex.js',
    '/%2e%2e%5cweb%5cindex.js',
    '/assets/%252e%252e/%252e%252e/web/index.js',
    '//etc/passwd',
    '/etc/passwd%00.html',
    '/%00',
    '/%ff',
    '/core/index.js',
    '/web/index.js',
    '/browser-shell.json',
  ]) {
    const answer = await requestRaw(address, { path });
    const isDocument = answer.body.startsWith('<!doctype html>');
    expect(isDocument || answer.status >= 400, `${path}: ${answer.status}`).toBe(true);
    expect(answer.body).not.toContain('"dependencies"');
    expect(answer.body).not.toContain('root:');
  }
});

test('allows reading pages only', async ({ app }) => {
  const { address } = app.browserShell!;
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const answer = await requestRaw(address, { method, path: '/index.html' });
    expect(answer.status, method).toBe(404);
  }
});
