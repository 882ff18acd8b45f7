import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { createBusiness } from './support/business';
import { takePictures } from './support/screens';

test('a product is written, its price understood as typed, deleted and brought back', async ({
  api,
  page,
}) => {
  await createBusiness(api, { tax: { name: 'VAT 20 %', rate: 20_000 } });
  await page.reload();
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await expect(page.getByText('Products and services fill the lines')).toBeVisible();
  await page.getByRole('button', { name: 'New product' }).click();
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.getByLabel('Name').fill('Consulting');
  await page.getByLabel('Code').fill('CONS');
  await page.getByLabel('Unit', { exact: true }).fill('h');
  await page.getByLabel('Unit price').fill('1 234,5');
  await page.getByLabel('Code').focus();
  await expect(page.getByLabel('Unit price')).toHaveValue('1,234.50');
  await page.getByRole('combobox', { name: 'Tax' }).click();
  await page.getByRole('option', { name: 'VAT 20 %' }).click();
  await expectAccessible(page);
  await takePictures(page, 'product-form');
  await page.getByRole('button', { name: 'Save' }).click();

  const row = page.getByRole('row', { name: /Consulting/u });
  await expect(row).toContainText('1,234.50');
  await expect(row).toContainText('VAT 20 %');
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete product Consulting' }).click();
  await expect(row).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
  await expectAccessible(page);
});

test('a price that is no number says so and is not saved', async ({ api, page }) => {
  await createBusiness(api);
  await page.reload();
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await page.getByRole('button', { name: 'New product' }).click();
  await page.getByLabel('Name').fill('Consulting');
  await page.getByLabel('Unit price').fill('a lot');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Write a number, such as 12.50.')).toBeVisible();
  await expect(page.getByLabel('Unit price')).toHaveValue('a lot');
  expect((await api('products.count', {})).count).toBe(0);
});
