import { describe, expect, it } from 'vitest';

import { contentSecurityPolicy, newNonce } from './page-policy';

describe('the content security policy', () => {
  const policy = contentSecurityPolicy('abc');

  it('refuses everything that it does not name', () => {
    expect(policy.startsWith(`default-src 'none';`)).toBe(true);
    expect(policy).toContain(`frame-ancestors 'none'`);
    expect(policy).toContain(`base-uri 'none'`);
  });

  it('lets scripts come from the app alone, neither inline nor by eval', () => {
    expect(policy).toContain(`script-src 'self';`);
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:/u);
  });

  it('carries the nonce for style elements, a new one for every answer', () => {
    expect(policy).toContain(`style-src 'self' 'nonce-abc'`);
    expect(newNonce()).not.toBe(newNonce());
    expect(newNonce()).toMatch(/^[A-Za-z0-9+/]{22}==$/u);
  });
});
