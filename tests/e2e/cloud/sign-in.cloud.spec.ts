import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { openBooks } from '../support/books';
import { CODE, newEmail, PASSWORD, test } from '../support/machines';
import { takePictures } from '../support/screens';

test('a business that was on one computer alone gets an account', async ({ newMachine }) => {
  const machine = await newMachine();
  await openBooks(machine.api);
  const page = await machine.openPage();
  const mark = page.getByRole('link', { name: 'On this computer only' });
  await mark.click();
  await takePictures(page, 'cloud-off');
  await page.getByRole('link', { name: 'Set up an account' }).click();

  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await takePictures(page, 'account-sign-in');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill('Ledger & Sons');
  await page.getByLabel('E-mail address').fill(newEmail());
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await takePictures(page, 'account-sign-up');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByLabel('Code').fill(CODE);
  await takePictures(page, 'account-confirm');
  await page.getByRole('button', { name: 'Confirm' }).click();

  await expect(page.getByText('Signed in as')).toBeVisible();
  await takePictures(page, 'account-signed-in');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Upload Ledger & Sons Ltd' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'All changes saved' })).toBeVisible();
  await takePictures(page, 'account-uploaded');
});
