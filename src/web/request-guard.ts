/** What a request says about where it comes from. */
export interface RequestOrigin {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
}

/**
 * Whether a request comes from our own pages or from no page at all (a script of the user).
 * The Host check stops DNS rebinding, where a foreign name is made to point at 127.0.0.1; Origin and
 * Sec-Fetch-Site stop foreign pages. Following a link to the app from elsewhere is fine, as it reads
 * nothing.
 */
export function isOwnRequest(request: RequestOrigin, port: number): boolean {
  const host = `127.0.0.1:${port}`;
  if (request.host !== host) return false;
  if (request.origin !== undefined && request.origin !== `http://${host}`) return false;
  if (request.fetchSite === undefined || request.fetchMode === 'navigate') return true;
  return request.fetchSite === 'same-origin' || request.fetchSite === 'none';
}
