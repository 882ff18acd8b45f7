import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from './support/app';

const run = promisify(execFile);

/** The text of a PDF as people copy it. */
async function textOf(directory: string, pdf: Uint8Array): Promise<string> {
  const path = join(directory, 'saved.pdf');
  await writeFile(path, pdf);
  const { stdout } = await run('pdftotext', ['-layout', path, '-']);
  return stdout;
}

test('from the first start to a printed invoice under the first number', async ({ app, page }) => {
  const year = new Date().getFullYear();
  await page.getByLabel('Business name').fill('Ledger & Sons Ltd');
  await page.getByRole('combobox', { name: 'Country' }).fill('United Kingdom');
  await page.getByRole('option', { name: 'United Kingdom' }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();

  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('button', { name: 'New invoice' }).click();
  await page.getByLabel('Client').fill('Zażółć sp. z o.o.');
  await page.getByRole('option', { name: 'Create client “Zażółć sp. z o.o.”' }).click();
  const dialog = page.getByRole('dialog', { name: 'New client' });
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Zażółć sp. z o.o.');
  await dialog.getByLabel('Email').fill('books@zazolc.example');
  await dialog.getByLabel('City').fill('Łódź');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Client')).toHaveValue('Zażółć sp. z o.o.');

  await page.getByLabel('Description').fill('Bookkeeping in November');
  await page.getByLabel('Quantity').fill('2.5');
  await page.getByLabel('Unit price').fill('80');
  await expect(page.getByTestId('document-total')).toContainText('200.00');
  await expect(page.getByTestId('pdf-pages').locator('canvas')).toBeVisible();

  await page.getByRole('button', { name: 'Finalise' }).click();
  const finalise = page.getByRole('dialog');
  await expect(finalise).toContainText(`INV-${year}-0001`);
  await expect(finalise).toContainText('200.00');
  await expect(finalise).toContainText('Zażółć sp. z o.o.');
  await expect(finalise).toContainText('cannot be edited afterwards');
  await finalise.getByRole('button', { name: 'Finalise' }).click();

  const after = page.getByRole('dialog', { name: `INV-${year}-0001 is finalised` });
  const saved = await app.saving(page, () =>
    after.getByRole('button', { name: 'Save PDF', exact: true }).click(),
  );
  const text = await textOf(app.dataDirectory, saved.bytes);
  expect(saved.fileName).toContain(`INV-${year}-0001`);
  expect(text).toContain(`INV-${year}-0001`);
  expect(text).toContain('Zażółć sp. z o.o.');
  expect(text).toContain('Bookkeeping in November');
  expect(text).toContain('200.00');

  await after.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Invoice INV-${year}-0001`);
  await page.getByRole('link', { name: 'Invoices' }).first().click();
  await expect(page.getByRole('row', { name: /Zażółć/ })).toContainText(`INV-${year}-0001`);
});
