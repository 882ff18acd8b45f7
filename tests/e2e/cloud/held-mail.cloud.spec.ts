import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient, addDraft, lineOf, usualTax } from '../support/books';
import { mailsTo } from '../support/mails';
import { joinBooks, newEmail, openCloudBooks, test, untilSaved } from '../support/machines';
import { takePicture } from '../support/screens';

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
