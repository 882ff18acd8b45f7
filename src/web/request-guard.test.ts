import { describe, expect, it } from 'vitest';

import { isOwnRequest, type RequestOrigin } from './request-guard';

const own: RequestOrigin = {
  host: '127.0.0.1:4711',
  origin: 'http://127.0.0.1:4711',
  fetchSite: 'same-origin',
  fetchMode: 'cors',
};

describe('the origin of a request', () => {
  it.each([
    ['our page', {}],
    ['a script of the user', { origin: undefined, fetchSite: undefined, fetchMode: undefined }],
    ['the address bar', { origin: undefined, fetchSite: 'none', fetchMode: 'navigate' }],
    ['a link elsewhere', { origin: undefined, fetchSite: 'cross-site', fetchMode: 'navigate' }],
  ])('is fine from %s', (_from, changes) => {
    expect(isOwnRequest({ ...own, ...changes }, 4711)).toBe(true);
  });

  it.each([
    ['a foreign name that points here', { host: 'evil.example:4711' }],
    ['localhost, which others may own', { host: 'localhost:4711' }],
    ['another port', { host: '127.0.0.1:80' }],
    ['no host', { host: undefined }],
    ['a foreign page', { origin: 'https://evil.example' }],
    ['a page of another local server', { origin: 'http://127.0.0.1:8080' }],
    ['a sandboxed page', { origin: 'null' }],
    [
      'an image in a foreign page',
      { origin: undefined, fetchSite: 'cross-site', fetchMode: 'no-cors' },
    ],
    [
      'another port of this machine',
      { origin: undefined, fetchSite: 'same-site', fetchMode: 'cors' },
    ],
  ])('is refused from %s', (_from, changes) => {
    expect(isOwnRequest({ ...own, ...changes }, 4711)).toBe(false);
  });
});
