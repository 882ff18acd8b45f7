import type { Page } from '@playwright/test';

import { expect } from '../support/app';
import { addClient } from '../support/books';
import { joinBooks, openCloudBooks, PASSWORD, test, untilSaved } from '../support/machines';

async function openSignOut(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out…' }).click();
}

test('signing out keeps the books here, or removes them after a word on what would be lost', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  const { email, uid } = await openCloudBooks(machine);
  await addClient(machine.api, 'Acme Ltd');
  await untilSaved(machine.api);
  await machine.network.cut();
  await addClient(machine.api, 'Zenith Ltd');
  const page = await machine.openPage();

  // Kept: everything goes on, and what waits goes out after signing in again.
  await openSignOut(page);
  const dialog = page.getByRole('dialog', { name: 'Sign out' });
  await expect(
    dialog.getByText('1 change is not in the cloud yet. It is kept here.'),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  await expect(page.getByText('Zenith Ltd')).toBeVisible();
  await machine.network.restore();
  await machine.api('account.signIn', { email, password: PASSWORD });
  await untilSaved(machine.api);

  // Removed: only after saying what would be lost; the cloud has the rest.
  await machine.network.cut();
  await addClient(machine.api, 'Never told Ltd');
  await openSignOut(page);
  await dialog.getByRole('radio', { name: 'Remove it from this computer' }).click();
  await expect(
    dialog.getByText('1 change is not in the cloud yet and would be lost.'),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Sign out and remove' }).click();
  await expect(dialog).toBeHidden();
  expect((await machine.api('app.state', {})).businesses).toEqual([]);
  await machine.network.restore();

  const other = await newMachine();
  await joinBooks(other, { email, uid });
  const { rows } = await other.api('clients.list', {});
  expect(rows.map(({ name }) => name).sort()).toEqual(['Acme Ltd', 'Zenith Ltd']);
});
