import type { Page } from '@playwright/test';

import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { addClient } from './support/books';
import { createBusiness } from './support/business';
import { takePictures } from './support/screens';

async function openSettings(page: Page, section: string): Promise<void> {
  await page.reload();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: section, exact: true }).click();
  await expect(page.getByRole('heading', { name: section, level: 1 })).toBeVisible();
}

test('the business is filled in, with a logo scaled down to what paper needs', async ({
  api,
  page,
}) => {
  await createBusiness(api);
  await openSettings(page, 'Business');
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expectAccessible(page);
  const image = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3_000, 1_000);
    const context = canvas.getContext('2d');
    if (context) context.fillRect(0, 0, 2_000, 800);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose image…' }).click();
  await (
    await chooser
  ).setFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from(image),
  });
  await expect(page.getByRole('img', { name: 'Logo as printed' })).toBeVisible();
  await page.getByLabel('City').fill('Leeds');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Settings are saved.')).toBeVisible();
  await takePictures(page, 'settings-business');
  const business = await api('businesses.get', {});
  expect(business.address.city).toBe('Leeds');
  expect(business.logo).toMatchObject({ mime: 'image/png', width: 1_200, height: 400 });
});

test('a bank account is checked before it is saved', async ({ api, page }) => {
  await createBusiness(api, { country: 'DE', currency: 'EUR' });
  await openSettings(page, 'Bank accounts');
  await page.getByRole('button', { name: 'Add bank account' }).click();
  await page.getByLabel('Account name').fill('Main');
  await page.getByLabel('IBAN', { exact: true }).fill('DE89 3704 0044 0532 0130 01');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This IBAN has a typing mistake. Check it.')).toBeVisible();
  await page.getByLabel('IBAN', { exact: true }).fill('DE89 3704 0044 0532 0130 00');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Settings are saved.')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'settings-bank');
  expect((await api('businesses.get', {})).bankAccounts).toHaveLength(1);
});

test('a tax code is added and archived with undo', async ({ api, page }) => {
  await createBusiness(api);
  await openSettings(page, 'Tax codes');
  await page.getByRole('button', { name: 'New tax code' }).click();
  await page.getByLabel('Name').fill('Sales tax');
  await page.getByLabel('Rate').fill('8.875');
  await expectAccessible(page);
  await takePictures(page, 'settings-tax-code');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Sales tax/u })).toContainText('8.875 %');
  await page.getByRole('button', { name: 'More actions for Sales tax' }).click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(page.getByText('Sales tax is archived.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect
    .poll(async () => (await api('taxCodes.list', {})).map((code) => code.name))
    .toContain('Sales tax');
});

test('a pattern shows its next numbers, and a collision is refused', async ({ api, page }) => {
  const year = new Date().getFullYear();
  await createBusiness(api);
  await openSettings(page, 'Numbers');
  await page.getByRole('button', { name: 'Invoices', exact: true }).click();
  await page.getByLabel('Pattern').fill('R{YY}-{00000}');
  await expect(page.getByText(`R${String(year).slice(2)}-00001`)).toBeVisible();
  await page.getByLabel('Pattern').fill('CN-{YYYY}-{0000}');
  await expect(page.getByText('Its numbers could equal those of')).toBeVisible();
  await takePictures(page, 'settings-series');
  await page.getByLabel('Pattern').fill('R{YY}-{00000}');
  await page.getByLabel('Begin at', { exact: true }).fill('120');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /^Invoices/u })).toContainText(
    `R${String(year).slice(2)}-00120`,
  );
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Number sequence report: Invoices' }).click();
  await expect(
    page.getByRole('heading', { name: 'Number sequence report: Invoices' }),
  ).toBeVisible();
  await expectAccessible(page);
});

test('a backup is made, and restoring it brings back what stood there', async ({ api, page }) => {
  await createBusiness(api);
  await addClient(api, 'Before Ltd');
  await openSettings(page, 'Backups');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText(/^Backup of .* is made\.$/u)).toBeVisible();
  await expectAccessible(page);
  await addClient(api, 'After Ltd');
  await page
    .getByRole('row', { name: /By hand/u })
    .getByRole('button')
    .click();
  const dialog = page.getByRole('dialog', { name: /^Restore the backup of/u });
  await expect(dialog).toBeVisible();
  await takePictures(page, 'settings-restore');
  await dialog.getByRole('button', { name: /^Restore/u }).click();
  await expect(page.getByText(/^The books are as of/u)).toBeVisible();
  const { rows } = await api('clients.list', {});
  expect(rows.map((row) => row.name)).toEqual(['Before Ltd']);
});

test('another business has books of its own, and the switcher leads back', async ({
  api,
  page,
}) => {
  await createBusiness(api, { name: 'First Ltd' });
  await addClient(api, 'Only of the first');
  await openSettings(page, 'About');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add business…' }).click();
  await page.getByLabel('Business name').fill('Second Ltd');
  await page.getByRole('button', { name: 'Add business', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Second Ltd, switch business' })).toBeVisible();
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  await expect(page.getByText('Only of the first')).toBeHidden();
  await page.getByRole('button', { name: 'Second Ltd, switch business' }).click();
  await page.getByRole('menuitem', { name: 'First Ltd' }).click();
  await expect(page.getByRole('button', { name: 'First Ltd, switch business' })).toBeVisible();
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  await expect(page.getByText('Only of the first')).toBeVisible();
});

test('R72 what was saved here is no change from elsewhere', async ({ api, page }) => {
  await createBusiness(api);
  await openSettings(page, 'Business');
  await page.getByLabel('Phone').fill('555 0100');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Settings are saved.')).toBeVisible();
  await page.waitForTimeout(500);
  await expect(page.getByText('Changed elsewhere', { exact: false })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Discard' })).toBeHidden();
  await expect(page.getByLabel('Phone')).toHaveValue('555 0100');
});
