import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { openBooks } from './support/books';
import { takePictures } from './support/screens';

const FILE = [
  'Customer;Mail;Town;Land',
  'Nordlicht GmbH;info@nordlicht.example;Kiel;DE',
  'Łódź Druk;druk@lodz.example;Łódź;Polska',
  ';;Nowhere;GB',
].join('\n');

async function openFile(page: Page, path: string): Promise<void> {
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  await page.getByRole('button', { name: 'Import clients…' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose file…' }).click();
  await (await chooser).setFiles(path);
}

test('clients come in from a file, the refused row is told and can be saved', async ({
  api,
  app,
  page,
}) => {
  await openBooks(api);
  await page.reload();
  const path = join(app.dataDirectory, 'customers.csv');
  await writeFile(path, FILE, 'utf8');
  await openFile(page, path);

  await expect(page.getByText('customers.csv: 3 rows.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Separator' })).toHaveValue('Semicolon');
  await expect(page.getByRole('combobox', { name: 'City' })).toHaveValue('Town');
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('Nordlicht GmbH');
  await expectAccessible(page);
  await takePictures(page, 'import-check');

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('The import is done.')).toBeVisible();
  await expect(page.getByRole('row', { name: /^4 / })).toContainText('Name');
  await expectAccessible(page);
  await takePictures(page, 'import-done');
  const report = await app.saving(page, () =>
    page.getByRole('button', { name: 'Save report' }).click(),
  );
  expect(report.fileName).toBe('customers import report.csv');
  expect(new TextDecoder().decode(report.bytes)).toContain('4');

  await page.getByRole('button', { name: 'Show clients' }).click();
  await expect(page.getByRole('row', { name: /Łódź Druk/u })).toBeVisible();
  expect((await api('clients.count', {})).count).toBe(2);
});

test('all or nothing brings in nothing when a row is refused', async ({ api, app, page }) => {
  await openBooks(api);
  await page.reload();
  const path = join(app.dataDirectory, 'customers.csv');
  await writeFile(path, FILE, 'utf8');
  await openFile(page, path);
  await page.getByRole('radio', { name: 'All or nothing' }).check();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Nothing was imported')).toBeVisible();
  expect((await api('clients.count', {})).count).toBe(0);
});

test('a file that is no list says so', async ({ api, app, page }) => {
  await openBooks(api);
  await page.reload();
  const path = join(app.dataDirectory, 'empty.csv');
  await writeFile(path, '', 'utf8');
  await openFile(page, path);
  await expect(page.getByText('This file is empty.')).toBeVisible();
});
