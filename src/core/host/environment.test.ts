import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { defaultDataDirectory, readSettings } from './environment';

describe('settings of a start', () => {
  it('come from the environment', () => {
    const settings = readSettings({
      DOCCENTR_DATA_DIR: 'books',
      DOCCENTR_PORT: '4711',
      DOCCENTR_OPEN: '0',
      DOCCENTR_CLOUD_URL: 'https://cloud.acme.example/v1/',
    });
    expect(settings).toEqual({
      dataDirectory: resolve('books'),
      port: 4711,
      opensBrowser: false,
      cloudUrl: 'https://cloud.acme.example/v1',
    });
  });

  it('have defaults: any port, the browser opens', () => {
    const settings = readSettings({ XDG_DATA_HOME: '/data' });
    expect(settings).toMatchObject({ port: null, opensBrowser: true, cloudUrl: null });
  });

  it.each([
    { DOCCENTR_PORT: '70000' },
    { DOCCENTR_PORT: 'http' },
    { DOCCENTR_OPEN: 'no' },
    { DOCCENTR_CLOUD_URL: 'http://cloud.acme.example/v1' },
  ])('refuse %j', (variables) => {
    expect(() => readSettings(variables)).toThrow();
  });

  it('put the books where each system keeps such data', () => {
    expect(defaultDataDirectory({}, 'linux', '/home/a')).toBe('/home/a/.local/share/doccentr');
    expect(defaultDataDirectory({ XDG_DATA_HOME: '/data' }, 'linux', '/home/a')).toBe(
      '/data/doccentr',
    );
    expect(defaultDataDirectory({}, 'darwin', '/Users/a')).toBe(
      '/Users/a/Library/Application Support/doccentr',
    );
    expect(defaultDataDirectory({ LOCALAPPDATA: '/local' }, 'win32', '/a')).toBe('/local/doccentr');
  });
});
