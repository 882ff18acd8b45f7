import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { addClient, addDraft, addInvoice, lineOf, openBooks, usualTax } from './support/books';
import { takePictures } from './support/screens';

test('an empty business is led to its first client or an import', async ({ api, page }) => {
  await openBooks(api);
  await page.reload();
  await expect(page.getByText('Start with a client, then write the first invoice.')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'dashboard-empty');
  await page.getByRole('link', { name: 'Or bring in lists from another program' }).click();
  await expect(page.getByRole('heading', { name: 'Import', level: 1 })).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: 'New client' }).click();
  await expect(page.getByRole('heading', { name: 'New client' })).toBeVisible();
});

test('figures are told by currency and lead to the invoices behind them', async ({ api, page }) => {
  await openBooks(api);
  const tax = await usualTax(api);
  const home = await addClient(api, 'Acme Ltd');
  await addInvoice(api, home, [lineOf(tax, 'Consulting', 2, 1_000_000)]);
  const paid = await addInvoice(api, home, [lineOf(tax, 'Workshop', 1, 5_000_000)]);
  await api('payments.markAsPaid', { invoiceUid: paid.uid, method: 'bank_transfer' });
  await addDraft(api, home, [lineOf(tax, 'Later', 1, 1_000_000)]);
  await page.reload();

  const pounds = page.getByRole('region', { name: 'GBP' });
  await expect(pounds).toContainText('Outstanding240.00');
  await expect(pounds).toContainText('Paid this month600.00');
  await expect(pounds).toContainText('Revenue this month700.00');
  await expect(pounds).toContainText('Not yet due240.00');
  await expectAccessible(page);
  await takePictures(page, 'dashboard');

  await pounds.getByRole('link', { name: '240.00' }).click();
  await expect(page.getByRole('heading', { name: 'Invoices' })).toBeVisible();
  await expect(page.getByText('1 document', { exact: true })).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: '1 draft' }).click();
  await expect(page.getByRole('row', { name: /Draft/u })).toBeVisible();
  await expect(page.getByText('1 document', { exact: true })).toBeVisible();
});
