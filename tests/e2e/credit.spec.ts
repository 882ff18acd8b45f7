import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { addClient, addInvoice, lineOf, openBooks, usualTax } from './support/books';
import { takePictures } from './support/screens';

const year = new Date().getFullYear();

test.beforeEach(async ({ api, page }) => {
  await openBooks(api);
  const acme = await addClient(api, 'Acme Ltd');
  const tax = await usualTax(api);
  await addInvoice(api, acme, [
    lineOf(tax, 'Advice', 4, 1_000_000),
    lineOf(tax, 'Travel', 1, 500_000),
  ]);
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('row', { name: /Acme/ }).click();
  await page.getByRole('button', { name: 'Credit', exact: true }).click();
});

test('credit and copy: the pair nets to zero and a new draft stands beside it', async ({
  page,
  api,
}) => {
  const dialog = page.getByRole('dialog', { name: `Credit INV-${year}-0001` });
  await expectAccessible(page);
  await takePictures(page, 'invoice-credit');
  await dialog.getByRole('button', { name: 'Credit and copy' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    `Credit note for INV-${year}-0001`,
  );
  await expect(page.getByLabel('Client')).toHaveAttribute('readonly', '');
  await page.getByRole('button', { name: 'Finalise' }).click();
  await expect(page.getByRole('dialog')).toContainText(`CN-${year}-0001`);
  await page.getByRole('dialog').getByRole('button', { name: 'Finalise' }).click();
  await expect(page.getByRole('dialog', { name: `CN-${year}-0001 is finalised` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Credit note CN-${year}-0001`);

  const { rows } = await api('invoices.list', {});
  expect(rows.map(({ number, status }) => [number, status]).sort()).toEqual(
    [
      [`CN-${year}-0001`, 'sent'],
      [`INV-${year}-0001`, 'credited'],
      [null, 'draft'],
    ].sort(),
  );
  const issued = rows.filter((row) => row.number !== null);
  expect(issued.reduce((sum, row) => sum + row.total, 0)).toBe(0);
});

test('chosen quantities are credited, never more than are left', async ({ page, api }) => {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Chosen quantities').click();
  await dialog.getByLabel('Quantity of Advice').fill('9');
  await expect(dialog).toContainText('At most 4.');
  await expect(dialog.getByRole('button', { name: 'Credit', exact: true })).toBeDisabled();
  await dialog.getByLabel('Quantity of Advice').fill('1');
  await dialog.getByLabel('Quantity of Travel').fill('0');
  await dialog.getByRole('button', { name: 'Credit', exact: true }).click();
  await expect(page.getByTestId('document-total')).toContainText('120.00');
  const { rows } = await api('invoices.list', { kind: 'credit_note' });
  expect(rows).toHaveLength(1);
});
