import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { addClient, openBooks } from './support/books';
import { takePictures } from './support/screens';

const year = new Date().getFullYear();

test.beforeEach(async ({ api }) => {
  await openBooks(api);
  await addClient(api, 'Acme Ltd');
});

test('an order is written, invoiced in parts and completed', async ({ page, api }) => {
  // Eight pictures besides the work itself.
  test.slow();
  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('button', { name: 'New order' }).first().click();
  await expect(page.getByLabel('Client')).toBeFocused();
  await page.keyboard.type('Acme Ltd');
  await page.keyboard.press('Tab');
  const first = page.getByRole('row', { name: 'Line 1', exact: true });
  await first.getByLabel('Description').fill('Chairs');
  await first.getByLabel('Quantity').fill('5');
  await first.getByLabel('Unit price').fill('40');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Order ORD-${year}-0001`);
  await expect(page.getByTestId('save-mark')).toHaveAttribute('data-state', 'saved');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Create invoice of chosen quantities…' }).click();
  await page.getByRole('dialog').getByLabel('Quantity of Chairs').fill('3');
  await page.getByRole('dialog').getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Draft for Acme Ltd');
  await expect(page.getByTestId('document-total')).toContainText('144.00');
  await page.getByRole('button', { name: 'Finalise' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Finalise' }).click();
  // The dialog before it has a button of that name too, and may still be on its way out.
  const after = page.getByRole('dialog', { name: /is finalised/ });
  await after.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('link', { name: `ORD-${year}-0001` }).click();
  await expect(page.getByTestId('line-progress')).toHaveText('3 of 5 invoiced · 2 open');
  await expectAccessible(page);
  await takePictures(page, 'order');
  await page.getByRole('button', { name: 'Create invoice' }).click();
  await expect(page.getByTestId('document-total')).toContainText('96.00');
  await page.getByRole('button', { name: 'Finalise' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Finalise' }).click();
  await expect(page.getByRole('dialog', { name: /is finalised/ })).toBeVisible();
  await page.keyboard.press('Escape');
  expect((await api('orders.list', {})).rows[0]).toMatchObject({ status: 'completed' });

  await page.getByRole('link', { name: 'Orders' }).click();
  await expect(page.getByRole('row', { name: /ORD-/ })).toContainText('Completed');
  await expectAccessible(page);
  await takePictures(page, 'orders');
});

test('an order is cancelled, reopened and deleted with undo', async ({ page, api }) => {
  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('button', { name: 'New order' }).first().click();
  await page.getByLabel('Buyer reference').fill('PO 4711');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Order ORD-${year}-0001`);
  const menu = page.getByRole('button', { name: 'More actions' });
  await menu.click();
  await page.getByRole('menuitem', { name: `Cancel order ORD-${year}-0001` }).click();
  await expect(page.locator('header')).toContainText('Cancelled');
  await expect(page.getByLabel('Buyer reference')).toHaveAttribute('readonly', '');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Reopen order' }).click();
  await expect(page.locator('header')).toContainText('Pending');
  await menu.click();
  await page.getByRole('menuitem', { name: `Delete order ORD-${year}-0001` }).click();
  await expect(page.getByText('There are no orders yet', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /ORD-/ })).toBeVisible();
  expect((await api('orders.count', {})).count).toBe(1);
});

test('opening a new order and leaving it takes no number', async ({ page, api }) => {
  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('button', { name: 'New order' }).first().click();
  await page.getByRole('link', { name: 'Invoices' }).click();
  expect((await api('orders.count', {})).count).toBe(0);
});
