import { expect, test } from './support/app';
import { takePicture } from './support/screens';

test('the first page opens under the content security policy without a complaint', async ({
  app,
  page,
}) => {
  await expect(page.locator('#root')).not.toBeEmpty();
  await expect(page).toHaveTitle(/doccentr/u);
  await takePicture(page, 'shell-first-page');
  // The token is gone from the address bar before anything else reads it.
  expect(page.url()).not.toContain('token');
  expect(page.url()).not.toContain(app.browserShell?.token ?? 'token');
});
