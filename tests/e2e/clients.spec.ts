import type { Page } from '@playwright/test';

import { clientInput } from '../../src/shared/domain/client';
import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { addClient } from './support/books';
import { createBusiness } from './support/business';
import { takePictures } from './support/screens';

async function openClients(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Clients' })).toBeVisible();
}

test('an empty list says one sentence and offers one action', async ({ api, page }) => {
  await createBusiness(api);
  await page.reload();
  await openClients(page);
  await expect(page.getByText('Clients are the people and companies')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import clients…' })).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'clients-empty');
});

test('a client is written, found by folded letters, edited, archived and brought back', async ({
  api,
  page,
}) => {
  await createBusiness(api);
  await page.reload();
  await openClients(page);
  await page.getByRole('button', { name: 'New client' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'client-form');
  await page.getByLabel('Name', { exact: true }).fill('Zażółć sp. z o.o.');
  await page.getByLabel('Email').fill('books@zazolc.example');
  await page.getByLabel('City').fill('Łódź');
  await page.getByLabel('City').press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Zażółć sp. z o.o.' })).toBeVisible();
  await expect(page.getByText('There are no invoices for this client yet.')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(page.getByText('books@zazolc.example')).toBeVisible();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Phone').fill('+48 42 000 00 00');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('tab', { name: 'Activity' }).click();
  await expect(page.getByText('Changed: phone')).toBeVisible();

  await openClients(page);
  await page.getByRole('searchbox').fill('zazolc');
  const row = page.getByRole('row', { name: /Zażółć/u });
  await expect(row).toBeVisible();
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(row).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();

  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete client Zażółć sp. z o.o.' }).click();
  await expect(row).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(row).toBeVisible();
});

test('a refusal stands beside its field, and the first one has the focus', async ({
  api,
  page,
}) => {
  await createBusiness(api);
  await page.reload();
  await openClients(page);
  await page.getByRole('button', { name: 'New client' }).click();
  await page.getByLabel('Email').fill('nonsense');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Give it a name.')).toBeVisible();
  await expect(page.getByText('Write an address such as name@example.com.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Email')).toHaveValue('nonsense');
  await takePictures(page, 'client-form-refused');
});

test('a duplicate e-mail address is a warning, not a refusal', async ({ api, page }) => {
  await createBusiness(api);
  await addClient(api, 'Acme Ltd', { email: 'a@acme.example' });
  await page.reload();
  await openClients(page);
  await page.getByRole('button', { name: 'New client' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Acme Trading');
  await page.getByLabel('Email').fill('a@acme.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Acme Ltd has the same e-mail address.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Acme Trading' })).toBeVisible();
});

test('what was typed survives leaving, and can be let go', async ({ api, page }) => {
  await createBusiness(api);
  await page.reload();
  await openClients(page);
  await page.getByRole('button', { name: 'New client' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Half a cli');
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Products' })).toBeVisible();
  await page.reload();
  await openClients(page);
  await page.getByRole('button', { name: 'New client' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Half a cli');
  await expect(page.getByText('What you had typed before is back.')).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('');
  expect((await api('clients.count', {})).count).toBe(0);
});

test('R72 what was let go for a change from elsewhere stays away', async ({ api, page }) => {
  await createBusiness(api);
  const client = await addClient(api, 'Acme Ltd');
  const change = (phone: string) =>
    api('clients.update', { uid: client.uid, client: { ...clientInput.parse(client), phone } });
  await page.reload();
  const phone = page.getByLabel('Phone');
  const overtaken = page.getByText('Changed elsewhere while you were typing: Phone', {
    exact: false,
  });
  const restored = page.getByText('What you had typed before is back.');
  const open = async () => {
    await openClients(page);
    await page.getByRole('gridcell', { name: 'Acme Ltd', exact: true }).click();
    await page.getByRole('tab', { name: 'Details' }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await expect(phone).toBeVisible();
  };
  await open();
  await phone.fill('1');
  await openClients(page);

  // What was typed is back over what came meanwhile, and tells so.
  await change('2');
  await open();
  await expect(phone).toHaveValue('1');
  await expect(restored).toBeVisible();
  await expect(overtaken).toBeVisible();
  await page.getByRole('button', { name: 'Take what is there now' }).click();
  await expect(phone).toHaveValue('2');
  await openClients(page);
  await open();
  await expect(phone).toHaveValue('2');
  await expect(restored).toBeHidden();
});
