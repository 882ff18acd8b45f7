import { expect } from '../support/app';
import { addClient, addDraft, lineOf, usualTax } from '../support/books';
import { openCloudBooks, test } from '../support/machines';

test('an invoice that is sent offline goes out when there is a connection', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  await openCloudBooks(machine);
  const client = await addClient(machine.api, 'Acme Ltd', { email: 'office@acme.example' });
  const draft = await addDraft(machine.api, client, [
    lineOf(await usualTax(machine.api), 'Consulting', 2, 1_000_000),
  ]);
  await machine.network.cut();
  const issued = await machine.api('invoices.finalise', { uid: draft.uid });

  const page = await machine.openPage();
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page
    .getByText(issued.number ?? '')
    .first()
    .click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('office@acme.example');
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  const delivery = page.getByTestId('delivery');
  await expect(delivery.getByText(/Will be sent when online|Waiting for network/u)).toBeVisible();

  await machine.network.restore();
  await expect(delivery.getByText('E-mailed')).toBeVisible({ timeout: 45_000 });

  // The list says it in the same word, and knows which e-mails need somebody: none.
  await page.getByRole('link', { name: 'Invoices' }).click();
  await expect(page.getByRole('gridcell', { name: 'E-mailed' })).toBeVisible();
  await page.getByRole('button', { name: 'E-mail', exact: true }).click();
  await page.getByRole('button', { name: 'Needs attention' }).click();
  await expect(page.getByText('Nothing matches these filters.')).toBeVisible();
});
