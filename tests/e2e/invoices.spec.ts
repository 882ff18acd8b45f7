import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { addClient, addDraft, addInvoice, lineOf, openBooks, usualTax } from './support/books';
import { takePictures } from './support/screens';

const year = new Date().getFullYear();

test.beforeEach(async ({ api, page }) => {
  await openBooks(api);
  const tax = await usualTax(api);
  const acme = await addClient(api, 'Acme Ltd');
  const lodz = await addClient(api, 'Zażółć sp. z o.o.');
  await addInvoice(api, acme, [lineOf(tax, 'Advice', 1, 1_000_000)]);
  await addInvoice(api, lodz, [lineOf(tax, 'Advice', 2, 1_000_000)]);
  await addDraft(api, acme, [lineOf(tax, 'Travel', 1, 500_000)]);
  await page.getByRole('link', { name: 'Invoices' }).click();
  await expect(page.getByRole('row', { name: /Acme|Zaż/ })).toHaveCount(3);
});

test('the list is searched and filtered, names its filters and clears them', async ({ page }) => {
  await expectAccessible(page);
  await takePictures(page, 'invoices');
  await page.getByRole('searchbox').fill('zazolc');
  await expect(page.getByRole('row', { name: /Acme/ })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Zażółć/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Status' }).click();
  await page.getByLabel('Draft').check();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nothing matches these filters.')).toBeVisible();
  await expect(page.getByText('Search: “zazolc”')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Status: Draft' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).last().click();
  await expect(page.getByRole('row', { name: /Acme|Zaż/ })).toHaveCount(3);
});

test('returning from an invoice keeps filter, selection and place', async ({ page }) => {
  await page.getByRole('button', { name: 'Status' }).click();
  await page.getByLabel('Issued').check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: /Acme|Zaż/ })).toHaveCount(2);
  await page.getByLabel(`Select INV-${year}-0001`).click();
  await page.getByRole('row', { name: /Zażółć/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Invoice INV-${year}-0002`);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Status: Issued' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Acme|Zaż/ })).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('1 selected');
});

test('selected rows show their sum and are marked as paid together', async ({ page, api }) => {
  await page.getByLabel(`Select INV-${year}-0001`).click();
  await page.getByLabel(`Select INV-${year}-0002`).click();
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText('2 selected');
  await expect(selection).toContainText('360.00');
  await takePictures(page, 'invoices-selected');
  await selection.getByRole('button', { name: 'Mark 2 as paid' }).click();
  await expect(page.getByRole('row', { name: /Paid/ })).toHaveCount(2);
  const { totals } = await api('invoices.count', { statuses: ['paid'] });
  expect(totals[0]).toMatchObject({ total: 36_000, balance: 0 });
});

test('the menu of a row deletes a draft by its name, and undo brings it back', async ({
  page,
  api,
}) => {
  await page.getByRole('row', { name: /Draft/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete draft for Acme Ltd' }).click();
  await expect(page.getByRole('row', { name: /Draft/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /Draft/ })).toHaveCount(1);
  expect((await api('invoices.count', {})).count).toBe(3);
});

test('duplicating opens a new draft with the same lines', async ({ page }) => {
  await page.getByRole('row', { name: /Zażółć/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Draft for Zażółć sp. z o.o.');
  await expect(page.getByLabel('Description')).toHaveValue('Advice');
  await expect(page.getByLabel('Quantity')).toHaveValue('2');
});
