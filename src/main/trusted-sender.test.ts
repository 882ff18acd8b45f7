import { expect, it } from 'vitest';

import { isTrustedSender } from './trusted-sender';

it('trusts the main frame of our own pages alone', () => {
  expect(isTrustedSender({ url: 'app://doccentr/', parent: null })).toBe(true);
  expect(isTrustedSender({ url: 'app://doccentr/', parent: {} })).toBe(false);
  expect(isTrustedSender({ url: 'https://example.com/', parent: null })).toBe(false);
  expect(isTrustedSender({ url: 'about:blank', parent: null })).toBe(false);
  expect(isTrustedSender(null)).toBe(false);
});
