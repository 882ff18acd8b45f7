import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { addClient, addInvoice, lineOf, openBooks, usualTax } from './support/books';
import { takePictures } from './support/screens';

test.beforeEach(async ({ api }) => {
  await openBooks(api);
  const acme = await addClient(api, 'Acme Ltd');
  await addInvoice(api, acme, [lineOf(await usualTax(api), 'Advice', 1, 1_000_000)]);
});

test('an invoice is marked as paid, and the payment taken back by undo', async ({ page, api }) => {
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('row', { name: /Acme/ }).click();
  await page.getByRole('button', { name: 'Mark as paid' }).click();
  await expect(page.getByRole('banner').or(page.locator('header'))).toContainText('Paid');
  expect((await api('invoices.list', {})).rows[0]).toMatchObject({ status: 'paid', balance: 0 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('header')).toContainText('Issued');
  await expect(page.getByTestId('payment')).toHaveCount(2);
  expect((await api('invoices.list', {})).rows[0]).toMatchObject({ balance: 12_000 });
});

test('part payments leave a balance, too much is refused beside the amount', async ({ page }) => {
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('row', { name: /Acme/ }).click();
  await page.getByRole('button', { name: 'Record payment…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Amount')).toHaveValue('120.00');
  await dialog.getByLabel('Amount').fill('500');
  await dialog.getByRole('button', { name: 'Record payment' }).click();
  await expect(dialog).toContainText('This is more than the balance of 120.00.');
  await dialog.getByLabel('Amount').fill('50');
  await dialog.getByLabel('Reference').fill('Statement 7');
  await dialog.getByRole('button', { name: 'Record payment' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('header')).toContainText('Partly paid');
  const facts = page.getByRole('complementary', { name: 'Facts' });
  await expect(facts).toContainText('70.00');
  await expect(facts).toContainText('Statement 7');
  await expectAccessible(page);
  await takePictures(page, 'invoice-issued');
  await page.getByRole('button', { name: /Reverse the payment of 50.00/ }).click();
  await expect(page.locator('header')).toContainText('Issued');
  await expect(page.getByTestId('payment')).toHaveCount(2);
});
