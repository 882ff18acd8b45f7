import { codeOf } from '../../cloud/support/authenticator';
import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient } from '../support/books';
import { openCloudBooks, PASSWORD, test, untilSaved } from '../support/machines';
import { takePicture, takePictures } from '../support/screens';
import { endSignIn } from '../support/sign-ins';

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

test('an authenticator app is set up, asked for its code and let go', async ({ newMachine }) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const { email } = await openCloudBooks(one);
  const owner = await one.openPage();
  await owner.getByRole('link', { name: 'Settings' }).click();
  await owner.getByRole('link', { name: 'Account', exact: true }).click();
  const twoStep = owner.getByRole('region', { name: 'Two-step sign-in' });
  await twoStep.getByRole('button', { name: 'Set up…' }).click();
  const dialog = owner.getByRole('dialog', { name: 'Two-step sign-in' });
  await expect(
    dialog.getByRole('img', { name: 'QR code for the authenticator app' }),
  ).toBeVisible();
  await expect(dialog.getByLabel('Code that the app shows')).toBeFocused();
  await owner.keyboard.type('00000');
  await owner.keyboard.press('Enter');
  await expect(dialog.getByText('Enter the six digits that the app shows.')).toBeVisible();
  await owner.keyboard.type('0');
  await owner.keyboard.press('Enter');
  await expect(dialog.getByText('Enter the one that the app shows now.')).toBeVisible();
  await expectAccessible(owner);
  await takePictures(owner, 'account-two-step');
  await owner.setViewportSize({ width: 400, height: 800 });
  await takePicture(owner, 'account-two-step-400');
  await owner.setViewportSize({ width: 1280, height: 800 });
  const secret = (await dialog.locator('code').textContent())?.replaceAll(' ', '') ?? '';
  // As apps show it, with a gap.
  const code = codeOf(secret);
  await dialog.getByLabel('Code that the app shows').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await owner.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(twoStep.getByText('On', { exact: true })).toBeVisible();
  await takePictures(owner, 'account-two-step-on');

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
  await expect(page.getByText('Enter the one that the app shows now.')).toBeVisible();
  await page.getByLabel('Code').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Bring here: Ledger & Sons Ltd' })).toBeVisible();

  await twoStep.getByRole('button', { name: 'Switch off…' }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await expect(twoStep.getByRole('button', { name: 'Set up…' })).toBeVisible();
  await other.api('account.signOut', { keepsCopies: false });
  expect(await other.api('account.signIn', { email, password: PASSWORD })).toEqual({
    kind: 'signed_in',
  });
});
