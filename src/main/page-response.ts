import { readFile } from 'node:fs/promises';

import {
  contentSecurityPolicy,
  NONCE_PLACEHOLDER,
  newNonce,
  SAFETY_HEADERS,
} from '../core/host/page-policy';
import type { FindPage } from '../core/host/pages';
import { isAppAddress } from './app-address';

/** Answers a request to `app://doccentr/…` with a built file of the renderer, or 404. */
export async function respondWithPage(
  request: { readonly url: string; readonly method: string },
  findPage: FindPage,
): Promise<Response> {
  const page =
    isAppAddress(request.url) && request.method === 'GET'
      ? findPage(new URL(request.url).pathname)
      : null;
  if (page === null) return new Response(null, { status: 404, headers: SAFETY_HEADERS });
  const headers = { ...SAFETY_HEADERS, 'content-type': page.contentType };
  const content = await readFile(page.file);
  if (!page.contentType.startsWith('text/html')) return new Response(content, { headers });
  const nonce = newNonce();
  return new Response(content.toString('utf8').replace(NONCE_PLACEHOLDER, nonce), {
    headers: { ...headers, 'content-security-policy': contentSecurityPolicy(nonce) },
  });
}
