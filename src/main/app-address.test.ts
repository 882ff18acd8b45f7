import { describe, expect, it } from 'vitest';

import { isAppAddress, isExternalAddress } from './app-address';

describe('addresses of the app', () => {
  it.each(['app://doccentr/', 'app://doccentr/clients', 'app://doccentr/#/x'])(
    'are %s',
    (address) => {
      expect(isAppAddress(address)).toBe(true);
    },
  );

  it.each([
    'app://doccentr.example.com/',
    'app://other/',
    'https://doccentr/',
    'file:///index.html',
    'app:doccentr',
    'blob:app://doccentr/1',
    'data:text/html,app://doccentr/',
    '',
  ])('are not %s', (address) => {
    expect(isAppAddress(address)).toBe(false);
  });
});

describe('addresses that another program may open', () => {
  it.each(['https://example.com/a?b#c', 'mailto:a@example.com?subject=x'])('are %s', (address) => {
    expect(isExternalAddress(address)).toBe(true);
  });

  it.each([
    'http://example.com/',
    'https://user:word@example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-msdt:/id',
    'app://doccentr/',
    `mailto:a@example.com?body=${'x'.repeat(40_000)}`,
    'nonsense',
  ])('are not %.40s', (address) => {
    expect(isExternalAddress(address)).toBe(false);
  });
});
