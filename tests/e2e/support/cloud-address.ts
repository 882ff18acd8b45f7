/** The environment variable that tells the tests where the cloud is. */
export const CLOUD_VARIABLE = 'DOCCENTR_E2E_CLOUD';

/** The environment variable that tells the tests where mail that was sent can be read. */
export const MAIL_VARIABLE = 'DOCCENTR_E2E_MAIL';

/** The API of the cloud that the tests run against. */
export function cloudAddress(): string {
  const address = process.env[CLOUD_VARIABLE];
  if (address === undefined) throw new Error(`${CLOUD_VARIABLE} is not set`);
  return address;
}
