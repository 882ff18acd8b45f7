import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient, openBooks } from '../support/books';
import {
  CODE,
  newEmail,
  openCloudBooks,
  PASSWORD,
  RESET_CODE,
  test,
  untilSaved,
} from '../support/machines';
import { takePictures } from '../support/screens';

test('a business that was on one computer alone gets an account', async ({ newMachine }) => {
  const machine = await newMachine();
  await openBooks(machine.api);
  await addClient(machine.api, 'Acme Ltd');
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
  // What would be uploaded, before anything is.
  await expect(page.getByText('1 client', { exact: true })).toBeVisible();
  await takePictures(page, 'account-signed-in');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Upload Ledger & Sons Ltd' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'All changes saved' })).toBeVisible();
  await takePictures(page, 'account-uploaded');
});

test('a second computer starts from the account, and signing out tells what would be lost', async ({
  newMachine,
}) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const { email } = await openCloudBooks(one);
  await addClient(one.api, 'Acme Ltd');
  await untilSaved(one.api);

  const page = await other.openPage();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('E-mail address')).toBeFocused();
  await takePictures(page, 'welcome-account');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const bring = page.getByRole('button', { name: 'Bring here: Ledger & Sons Ltd' });
  await expect(bring).toBeVisible();
  await expectAccessible(page);
  await bring.click();
  await page.getByRole('link', { name: 'Clients' }).click();
  await expect(page.getByText('Acme Ltd')).toBeVisible();
  await untilSaved(other.api);

  // What was asked once is asked anew: there is something to lose by now.
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  const leave = page.getByRole('button', { name: 'Sign out…' });
  const dialog = page.getByRole('dialog', { name: 'Sign out' });
  await leave.click();
  await expect(dialog.getByLabel('Remove it from this computer')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await other.network.cut();
  await addClient(other.api, 'Zenith Ltd');
  await leave.click();
  await dialog.getByLabel('Remove it from this computer').check();
  await expect(
    dialog.getByText('1 change is not in the cloud yet and would be lost.'),
  ).toBeVisible();
  await takePictures(page, 'account-sign-out');
});

test('a forgotten password is replaced by a mailed code, after a wrong one', async ({
  newMachine,
}) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const { email } = await openCloudBooks(one);
  const page = await other.openPage();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('Something else 1');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('The e-mail address or the password is wrong.')).toBeVisible();
  // There is no business yet whose log could have it: the program's own has, and nothing typed.
  const log = await readFile(join(other.app.dataDirectory, 'logs', 'core.log'), 'utf8');
  expect(log).toContain('"call":"cognito sign-in","milliseconds":');
  expect(log).not.toContain(email);

  await page.getByRole('button', { name: 'Forgotten your password?' }).click();
  await expect(page.getByLabel('E-mail address')).toHaveValue(email);
  await page.getByRole('button', { name: 'Send code' }).click();
  await page.getByLabel('Code').fill('000000');
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Set password' }).click();
  await takePictures(page, 'account-reset-refused');
  await expectAccessible(page);
  await page.getByLabel('New password').fill('Fresh horse 2');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('This code is wrong or too old.')).toBeVisible();
  await page.getByLabel('Code').fill(RESET_CODE);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('The new password is set. Sign in with it.')).toBeVisible();

  await expect(page.getByLabel('E-mail address')).toHaveValue(email);
  await page.getByLabel('Password', { exact: true }).fill('Fresh horse 2');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Bring here: Ledger & Sons Ltd' })).toBeVisible();
});
