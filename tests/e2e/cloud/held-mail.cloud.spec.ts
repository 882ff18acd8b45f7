import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient, addDraft, addInvoice, lineOf, usualTax } from '../support/books';
import { mailsTo } from '../support/mails';
import type { Machine } from '../support/machines';
import { joinBooks, newEmail, openCloudBooks, test, untilSaved } from '../support/machines';
import { takePicture, takePictures } from '../support/screens';

test('R42 the e-mail of a draft that was finalised twice waits for a person', async ({
  newMachine,
}) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  const to = newEmail();
  const client = await addClient(one.api, 'Acme Ltd', { email: to });
  const { uid } = await addDraft(one.api, client, [
    lineOf(await usualTax(one.api), 'Consulting', 2, 1_000_000),
  ]);
  await untilSaved(one.api);
  await joinBooks(other, joined);

  await other.network.cut();
  await one.api('invoices.finalise', { uid });
  await untilSaved(one.api);
  await other.api('invoices.finalise', { uid });
  const mail = { to: [to], cc: [], bcc: [], replyTo: '', subject: 'November', body: 'As agreed.' };
  await other.api('sends.request', { invoiceUid: uid, mail });
  await other.network.restore();
  await other.api('sync.now', {});
  await expect
    .poll(async () => (await other.api('invoices.count', {})).count, { timeout: 20_000 })
    .toBe(2);

  const page = await other.openPage();
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('row', { name: /Held back/u }).click({ timeout: 20_000 });
  const delivery = page.getByTestId('delivery');
  await expect(delivery.getByText('Held back')).toBeVisible();
  await expect(delivery).toContainText('The same draft was finalised twice.');
  await expect(delivery.getByRole('button', { name: 'Cancel e-mail' })).toBeVisible();
  await expectAccessible(page);
  await takePicture(page, 'send-held');
  expect(await mailsTo(to)).toEqual([]);
  await delivery.getByRole('button', { name: 'Send anyway' }).click();
  await expect(delivery.getByText('E-mailed')).toBeVisible({ timeout: 45_000 });
  expect(await mailsTo(to)).toHaveLength(1);
});

test('R73 the e-mail with a PDF that the cloud cannot make waits for the machine that made it', async ({
  newMachine,
  otherBuild,
}) => {
  const [one, other] = [await newMachine(otherBuild), await newMachine()];
  const joined = await openCloudBooks(one);
  const to = newEmail();
  const client = await addClient(one.api, 'Acme Ltd', { email: to });
  const lines = [lineOf(await usualTax(one.api), 'Consulting', 2, 1_000_000)];
  const { uid, number } = await addInvoice(one.api, client, lines);
  await untilSaved(one.api);
  await joinBooks(other, joined);

  await one.network.cut();
  const page = await other.openPage();
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('row', { name: number ?? '' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  const delivery = page.getByTestId('delivery');
  await expect(delivery.getByText('Held back')).toBeVisible({ timeout: 45_000 });
  await expect(delivery).toContainText('waits until the computer that finalised it brings it.');
  await expect(delivery.getByRole('button', { name: 'Send anyway' })).toBeHidden();
  await expect(page.getByText('Another version of the app made this PDF.')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'send-held-pdf');
  expect(await mailsTo(to)).toEqual([]);

  await one.network.restore();
  await one.api('sync.now', {});
  await expect(delivery.getByText('E-mailed')).toBeVisible({ timeout: 45_000 });
  expect(await mailsTo(to)).toHaveLength(1);
  // The very paper that was finalised, on either machine.
  const paperOn = async ({ api }: Machine) => (await api('invoices.pdf', { uid })).pdf;
  expect(await paperOn(other)).toBe(await paperOn(one));
});
