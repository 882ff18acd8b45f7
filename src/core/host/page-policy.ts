import { randomBytes } from 'node:crypto';

/** Stands in the built document where the nonce of this answer belongs. */
export const NONCE_PLACEHOLDER = '%CSP_NONCE%';

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The content security policy of both shells. No inline script, no eval. Style elements need the
 * nonce: Mantine writes its colours and responsive sizes into such elements while it runs. Style
 * attributes are not allowed at all; React sets styles through the object model, which is not
 * concerned. `blob:` frames hold a PDF that is being printed, `blob:` and `data:` images logos.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `frame-src blob:`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
  ].join('; ');
}

/** Headers of every answer of a shell. */
export const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
};
