/** Where the pages of the desktop app come from; `doccentr://` is kept for deep links. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'doccentr';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Whether an address belongs to our own pages. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
}

const LONGEST_EXTERNAL_ADDRESS = 30_000;

/** Addresses that the system may open with another program: web pages over TLS, and mail. */
export function isExternalAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || address.length > LONGEST_EXTERNAL_ADDRESS) return false;
  if (url.protocol === 'mailto:') return true;
  return url.protocol === 'https:' && url.username === '' && url.password === '';
}
