import type { Page } from '@playwright/test';

import { expectAccessible } from './support/accessible';
import type { Api } from './support/api';
import { expect, test } from './support/app';
import { addClient } from './support/books';
import { createBusiness } from './support/business';
import { takePictures } from './support/screens';

const NAMES = Array.from({ length: 130 }, (_, index) => `Client ${String(index).padStart(3, '0')}`);

async function openManyClients(api: Api, page: Page): Promise<void> {
  await createBusiness(api);
  for (const name of NAMES) await addClient(api, name);
  await page.reload();
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  await expect(page.getByRole('row', { name: /Client 000/u })).toBeVisible();
}

test('a list shows 18 rows at 1280 × 800, in both themes', async ({ api, page }) => {
  await openManyClients(api, page);
  await expect(page.getByText('130 clients')).toBeInViewport();
  const inSight = await page.getByRole('row', { name: /^Select Client/u }).evaluateAll((rows) => {
    const footer = document.querySelector('[data-testid="table-footer"]');
    const limit = footer?.getBoundingClientRect().top ?? 0;
    return rows.filter((row) => row.getBoundingClientRect().bottom <= limit).length;
  });
  expect(inSight).toBeGreaterThanOrEqual(18);
  await takePictures(page, 'clients-many');
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expectAccessible(page);
});

test('a list reads on as far as one goes', async ({ api, page }) => {
  await openManyClients(api, page);
  await page.getByRole('grid', { name: 'Clients' }).focus();
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(page.getByRole('row', { name: /Client 129/u })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByText('130 clients')).toBeInViewport();
});

test('a list works by keys alone and keeps its place over a detour', async ({ api, page }) => {
  await openManyClients(api, page);
  const grid = page.getByRole('grid', { name: 'Clients' });
  await grid.focus();
  for (let step = 0; step < 41; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('3 selected')).toBeVisible();
  const before = await grid.evaluate((element) => element.scrollTop);
  expect(before).toBeGreaterThan(0);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Client 042' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('3 selected')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Select Client 041' })).toBeChecked();
  await expect.poll(() => grid.evaluate((element) => element.scrollTop)).toBe(before);

  await grid.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByText('3 selected')).toBeHidden();
});

test('ranges are selected with Shift, all that is loaded with Ctrl+A', async ({ api, page }) => {
  await openManyClients(api, page);
  await page.getByRole('checkbox', { name: 'Select Client 002' }).click();
  await page.getByRole('checkbox', { name: 'Select Client 007' }).click({ modifiers: ['Shift'] });
  await expect(page.getByText('6 selected')).toBeVisible();
  await page.getByRole('grid', { name: 'Clients' }).focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('100 selected')).toBeVisible();
});

test('a search without a match names itself and can be cleared', async ({ api, page }) => {
  await openManyClients(api, page);
  await page.keyboard.press('/');
  await page.keyboard.type('nobody?');
  await expect(page.getByRole('searchbox')).toHaveValue('nobody?');
  await expect(page.getByText('Search: “nobody?”')).toBeVisible();
  await takePictures(page, 'clients-no-match');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByRole('row', { name: /Client 000/u })).toBeVisible();
});

test('the palette finds records and commands, and the help shows the keys', async ({
  api,
  page,
}) => {
  await openManyClients(api, page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await takePictures(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Client 077');
  await expect(page.getByRole('button', { name: /Client 077/u })).toBeVisible();
  await takePictures(page, 'palette');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Client 077' })).toBeVisible();
  // While the palette goes, what is typed still belongs to its field.
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { name: 'Products' })).toBeVisible();
});
