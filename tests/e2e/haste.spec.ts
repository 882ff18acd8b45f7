import type { Page } from '@playwright/test';

import { expect, test } from './support/app';
import { addClient, addDraft, lineOf, openBooks, usualTax } from './support/books';
import { typeInHaste } from './support/haste';

/** Who knows the program types faster than it draws; nothing typed may be lost or go elsewhere. */

test.beforeEach(async ({ api }) => {
  await openBooks(api);
  await addClient(api, 'Acme Ltd', { email: 'pay@acme.example' });
});

async function openList(page: Page, name: string): Promise<void> {
  await page.reload();
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
}

async function newInvoice(page: Page): Promise<void> {
  await openList(page, 'Invoices');
  await page.getByRole('button', { name: 'New invoice' }).first().click();
  await expect(page.getByLabel('Client')).toBeFocused();
}

function firstLine(page: Page) {
  return page.getByRole('row', { name: 'Line 1', exact: true });
}

test('the palette opens what was typed, also when Enter comes before its hits', async ({
  api,
  page,
}) => {
  // The letters hold "n" "i", which begins a new invoice where nobody types.
  for (const name of ['Nina Nilsson', 'Nina Northwind', 'Nico']) await addClient(api, name);
  await openList(page, 'Clients');
  await expect(page.getByRole('row', { name: /Nina Northwind/u })).toBeVisible();
  await typeInHaste(page, 'Control+k', 'Nina Nilsson', 'Enter');
  await expect(page.getByRole('heading', { name: 'Nina Nilsson' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();

  await typeInHaste(page, 'Control+k', 'products', 'Enter');
  await expect(page.getByRole('heading', { name: 'Products' })).toBeVisible();
});

test('the palette gives the focus back and forgets what was typed', async ({ page }) => {
  await openList(page, 'Clients');
  const grid = page.getByRole('grid', { name: 'Clients' });
  await grid.focus();
  await typeInHaste(page, 'Control+k', 'Acme');
  const field = page.getByPlaceholder('Search clients, invoices');
  await expect(field).toHaveValue('Acme');
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(field).toHaveValue('');
});

test('the palette calls a draft by its name', async ({ api, page }) => {
  const client = await addClient(api, 'Umbra Ltd');
  await addDraft(api, client, [lineOf(await usualTax(api), 'Advice', 1, 100_000)]);
  await openList(page, 'Clients');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('umbra');
  await page.getByRole('button', { name: 'Draft Umbra Ltd' }).click();
  await expect(page.getByRole('heading', { name: 'Draft for Umbra Ltd' })).toBeVisible();
});

test('keys after a shortcut to a page belong to that page', async ({ page }) => {
  await openList(page, 'Products');
  await typeInHaste(page, 'gc/nonono');
  await expect(page.getByRole('searchbox')).toHaveValue('nonono');

  await page.getByRole('heading', { name: 'Clients' }).click();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await typeInHaste(page, 'niAcme Ltd');
  await expect(page.getByLabel('Client')).toHaveValue('Acme Ltd');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('heading', { name: 'Draft for Acme Ltd' })).toBeVisible();
});

test('a dialog takes the keys from the moment it opens', async ({ page }) => {
  await newInvoice(page);
  await page.keyboard.type('Nova GmbH');
  await expect(page.getByRole('option', { name: /Nova GmbH/u })).toHaveAttribute(
    'data-combobox-selected',
  );
  await typeInHaste(page, 'Enter', 'office@nova.example');
  await expect(page.getByLabel('Email')).toHaveValue('office@nova.example');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Nova GmbH');
});

test('finalising waits for the client whose name was just typed', async ({ page }) => {
  await newInvoice(page);
  await firstLine(page).getByLabel('Description').fill('Advice');
  await firstLine(page).getByLabel('Unit price').fill('100');
  await page.getByLabel('Client').focus();
  await typeInHaste(page, 'Acme Ltd');
  await page.evaluate(() => {
    const buttons = [...document.querySelectorAll('button')];
    const finalise = buttons.find((button) => button.textContent === 'Finalise');
    finalise?.focus();
    finalise?.click();
  });
  await expect(page.getByRole('dialog')).toContainText('Acme Ltd');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('Enter right after a part of the name chooses the client that it finds', async ({ page }) => {
  await newInvoice(page);
  await typeInHaste(page, 'acm', 'Enter');
  await expect(page.getByRole('heading', { name: 'Draft for Acme Ltd' })).toBeVisible();
});

test('arrows before the clients are there go down among them', async ({ api, page }) => {
  for (const name of ['Acme Two', 'Acme Three']) await addClient(api, name);
  await newInvoice(page);
  // The newest come first.
  await typeInHaste(page, 'acme', 'ArrowDown', 'ArrowDown', 'Enter');
  await expect(page.getByRole('heading', { name: 'Draft for Acme Ltd' })).toBeVisible();
});

test('a client named just before leaving is kept', async ({ api, page }) => {
  await newInvoice(page);
  await typeInHaste(page, 'Acme Ltd');
  await page.evaluate(() => {
    const clients = [...document.querySelectorAll('a')].find((a) => a.textContent === 'Clients');
    clients?.focus();
    clients?.click();
  });
  await expect(page.getByRole('heading', { name: 'Clients', exact: true })).toBeVisible();
  await expect
    .poll(async () => (await api('invoices.list', { limit: 10 })).rows.map((row) => row.clientName))
    .toEqual(['Acme Ltd']);
});

test('a product named in haste is the product, and what is typed after it stays', async ({
  api,
  page,
}) => {
  await api('products.create', {
    product: {
      code: 'CONS',
      name: 'Consulting',
      unit: 'h',
      unitPrice: 1_200_000,
      currency: 'GBP',
      taxCodeUid: (await usualTax(api)).uid,
    },
  });
  await newInvoice(page);
  await firstLine(page).getByLabel('Product').focus();
  await typeInHaste(page, 'Consulting', 'Tab', 'Tab', '3', 'Tab');
  await expect(firstLine(page).getByLabel('Product')).toHaveValue('Consulting');
  await expect(firstLine(page).getByLabel('Unit price')).toHaveValue('120.00');
  await expect(firstLine(page).getByLabel('Quantity')).toHaveValue('3');

  await firstLine(page).getByLabel('Unit price').press('Enter');
  const second = page.getByRole('row', { name: 'Line 2', exact: true });
  await expect(second.getByLabel('Product')).toBeFocused();
  await typeInHaste(page, 'cons', 'Enter');
  await expect(second.getByLabel('Product')).toHaveValue('Consulting');
  await expect(second.getByLabel('Unit price')).toHaveValue('120.00');
});
