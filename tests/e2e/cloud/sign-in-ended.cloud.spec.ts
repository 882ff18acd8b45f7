import { codeOf } from '../../cloud/support/authenticator';
import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient } from '../support/books';
import { openCloudBooks, PASSWORD, test, untilSaved } from '../support/machines';
import { takePictures } from '../support/screens';
import { askForCodes, endSignIn } from '../support/sign-ins';

test('work goes on after a sign-in has ended, and goes out after the next', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  const { email } = await openCloudBooks(machine);
  const page = await machine.openPage();
  await endSignIn(machine);
  await addClient(machine.api, 'Acme Ltd');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await expect(page.getByText('You can go on working.')).toBeVisible();
  await takePictures(page, 'cloud-sign-in-needed');
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Your sign-in has ended.')).toBeVisible();
  await takePictures(page, 'account-expired');
  await expectAccessible(page);
  await addClient(machine.api, 'Zenith Ltd');

  await machine.network.restore();
  await expect(page.getByLabel('E-mail address')).toHaveValue(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Signed in as')).toBeVisible();
  await untilSaved(machine.api);
});

test('whose sign-in has ended can leave the account, and keeps the books', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  await openCloudBooks(machine);
  const page = await machine.openPage();
  await endSignIn(machine);
  await addClient(machine.api, 'Acme Ltd');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out' });
  await expect(
    dialog.getByText('1 change is not in the cloud yet. It is kept here.'),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Your sign-in has ended.')).toBeHidden();
  expect((await machine.api('account.state', {})).kind).toBe('none');
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  await expect(page.getByText('Acme Ltd')).toBeVisible();
});

test('an authenticator app is asked for its code', async ({ newMachine }) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const { email } = await openCloudBooks(one);
  const secret = await askForCodes(one);
  const page = await other.openPage();
  await page.getByRole('button', { name: 'Sign in' }).click();
  // The browser shell has no encryption of the system.
  await expect(page.getByText('This system offers no protected place')).toBeVisible();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Code')).toBeFocused();
  await takePictures(page, 'account-totp');
  await expectAccessible(page);
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This code is wrong or too old.')).toBeVisible();
  await page.getByLabel('Code').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Bring here: Ledger & Sons Ltd' })).toBeVisible();
});
