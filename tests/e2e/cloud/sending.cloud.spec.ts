import type { Page } from '@playwright/test';

import { addDays } from '../../../src/shared/domain/calendar-date';
import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient, addInvoice, lineOf, usualTax } from '../support/books';
import { mailsTo } from '../support/mails';
import { newEmail, openCloudBooks, test, untilSaved, type Machine } from '../support/machines';
import { remindOf } from '../support/owner';
import { takePicture, takePictures } from '../support/screens';

const DELIVERED_MS = 45_000;

async function openInvoices(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Invoices' }).click();
}

async function openInvoice(page: Page, number: string | null): Promise<void> {
  await openInvoices(page);
  await page.getByRole('row', { name: number ?? '' }).click();
}

/** An issued invoice for a client with this address. */
async function issueTo({ api }: Machine, email: string) {
  const client = await addClient(api, 'Acme Ltd', { email });
  return addInvoice(api, client, [lineOf(await usualTax(api), 'Consulting', 2, 1_000_000)]);
}

test('an invoice is written, numbered and sent offline without the mouse, and goes out as it was edited', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  const { api, network } = machine;
  await openCloudBooks(machine);
  const [to, boss] = [newEmail(), newEmail()];
  await addClient(api, 'Acme Ltd', { email: to });
  await untilSaved(api);
  const page = await machine.openPage();
  await network.cut();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.getByRole('link', { name: /^Offline since/u })).toBeVisible();

  // Written and finalised: numbered and frozen at once.
  await openInvoices(page);
  await page.getByRole('button', { name: 'New invoice' }).press('Enter');
  await expect(page.getByLabel('Client')).toBeFocused();
  await page.keyboard.type('acme');
  await expect(page.getByRole('option', { name: /Acme Ltd/u })).toBeVisible();
  await page.keyboard.press('Enter');
  const line = page.getByRole('row', { name: 'Line 1', exact: true });
  await line.getByLabel('Description').fill('Consulting');
  await line.getByLabel('Unit price').fill('450');
  await page.getByRole('button', { name: 'Finalise' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Finalise' }).press('Enter');
  const finalised = page.getByRole('dialog', { name: /is finalised$/u });
  await expect(finalised.getByRole('button', { name: 'Send', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');

  // What is wrong is told beside the field; nothing that was typed is lost.
  const dialog = page.getByRole('dialog', { name: /^Send INV-/u });
  await expect(dialog.getByLabel('To', { exact: true })).toHaveValue(to);
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeFocused();
  await dialog.getByRole('button', { name: 'Cc, Bcc and reply address' }).press('Enter');
  await dialog.getByLabel('Cc', { exact: true }).fill('somebody');
  await dialog.getByLabel('Subject').fill('');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('somebody is not an e-mail address.');
  await expect(dialog.getByLabel('Cc', { exact: true })).toBeFocused();
  await expectAccessible(page);
  await takePicture(page, 'send-refused');
  await dialog.getByLabel('Cc', { exact: true }).fill(boss);
  await dialog.getByLabel('Replies go to').fill('billing@ledger.example');
  await dialog.getByLabel('Subject').fill('November');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const deliveries = page.getByTestId('delivery');
  await expect(deliveries).toContainText('Waiting for network');
  await expect(deliveries).toContainText(`to ${to}, Cc ${boss}`);

  // It can still be edited, and another one taken back.
  await deliveries.getByRole('button', { name: 'Edit' }).press('Enter');
  await expect(dialog.getByLabel('Cc', { exact: true })).toHaveValue(boss);
  await expect(dialog.getByLabel('Replies go to')).toHaveValue('billing@ledger.example');
  await dialog.getByLabel('Subject').fill('Your invoice for November');
  await dialog.getByLabel('Text').fill('Dear Jo,\n\nas agreed.');
  await dialog.getByRole('button', { name: 'Keep changes' }).press('Enter');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Send', exact: true }).press('Enter');
  await dialog.getByRole('button', { name: 'Send', exact: true }).press('Enter');
  await expect(deliveries).toHaveCount(2);
  await deliveries.first().getByRole('button', { name: 'Cancel e-mail' }).press('Enter');
  await expect(deliveries).toHaveCount(1);
  await expectAccessible(page);
  await takePicture(page, 'send-queued');

  // The list says it in the same word; the panel tells what waits, and for what.
  await openInvoices(page);
  await expect(page.getByRole('gridcell', { name: 'Waiting for network' })).toBeVisible();
  await page.getByRole('link', { name: /^Offline since/u }).press('Enter');
  const waiting = page.getByRole('table', { name: 'Changes that wait' });
  const mailRow = waiting.getByRole('row', { name: /E-mail New .* a connection/u });
  await expect(mailRow).toHaveCount(1);
  await expect(mailRow.getByRole('link')).toHaveAttribute('href', /#\/invoices\/[\w-]{36}$/u);
  await expect(waiting.getByRole('row', { name: /Invoice Finalised/u })).toHaveCount(1);
  await expectAccessible(page);
  await takePicture(page, 'cloud-waiting');

  await network.restore();
  await page.getByRole('button', { name: 'Sync now' }).press('Enter');
  await expect(page.getByText('All changes saved').first()).toBeVisible({ timeout: 20_000 });
  await openInvoices(page);
  await page.getByRole('row', { name: /INV-/u }).click();
  await expect(deliveries.getByText('E-mailed')).toBeVisible({ timeout: DELIVERED_MS });
  const [mail, ...others] = await mailsTo(to);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ subject: 'Your invoice for November' });
  expect(mail?.text).toContain('as agreed.');
  expect(mail?.headers).toContain(`Cc: ${boss}`);
  expect(mail?.headers).toMatch(/^Reply-To: .*<billing@ledger\.example>/mu);

  // Its details: the steps, and the very PDF of this machine.
  const [{ invoice }] = await Promise.all([
    api('invoices.get', { uid: (await api('invoices.list', {})).rows[0]?.uid ?? '' }),
    deliveries.getByRole('button', { name: 'Details' }).press('Enter'),
  ]);
  await expect(deliveries).toContainText(`SHA-256 of the PDF: ${invoice.pdfSha256 ?? 'none'}`);
  await expect(deliveries).toContainText('E-mail handed over');
  await expectAccessible(page);
  await takePicture(page, 'send-details');

  // The list says it in the same word, and knows which e-mails need somebody: none.
  await openInvoices(page);
  await expect(page.getByRole('gridcell', { name: 'E-mailed' })).toBeVisible();
  await page.getByRole('button', { name: 'E-mail', exact: true }).click();
  await page.getByRole('button', { name: 'Needs attention' }).click();
  await expect(page.getByText('Nothing matches these filters.')).toBeVisible();
});

test('an e-mail that comes back goes to another address; a payment ends the timeline', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  await openCloudBooks(machine);
  const wrong = `bounce+${newEmail().split('@')[0] ?? ''}@simulator.amazonses.com`;
  const right = newEmail();
  const issued = await issueTo(machine, wrong);
  const page = await machine.openPage();
  await openInvoice(page, issued.number);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  const deliveries = page.getByTestId('delivery');
  const newest = deliveries.first();
  await expect(newest.getByText('Bounced')).toBeVisible({ timeout: DELIVERED_MS });
  await expect(newest).toContainText('The address does not exist or refused the e-mail.');
  await newest.getByRole('button', { name: 'Details' }).click();
  await expect(newest.getByRole('listitem').filter({ hasText: 'Bounced' })).toBeVisible();
  await expectAccessible(page);
  await takePicture(page, 'send-bounced');

  // To the same address nothing is sent any more, and it is said what to do.
  await newest.getByRole('button', { name: 'Try again…' }).click();
  await expect(dialog.getByLabel('To', { exact: true })).toBeFocused();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(newest.getByText('Not sent')).toBeVisible({ timeout: DELIVERED_MS });
  await expect(newest).toContainText('Enter another address.');
  await expect(page.getByRole('button', { name: 'Try again…' })).toHaveCount(1);
  await newest.getByRole('button', { name: 'Try again…' }).click();
  await dialog.getByLabel('To', { exact: true }).fill(right);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(newest.getByText('E-mailed')).toBeVisible({ timeout: DELIVERED_MS });
  await expect(page.getByRole('button', { name: 'Try again…' })).toHaveCount(0);
  expect(await mailsTo(right)).toHaveLength(1);

  await page.getByRole('button', { name: 'Mark as paid' }).click();
  const happened = page.getByTestId('happened');
  await expect(happened.first()).toContainText('Paid');
  await expect(happened.first()).toContainText('240.00');
  await expect(happened.last()).toContainText('Finalised');
  await takePicture(page, 'send-timeline');
});

test('a reminder stands on the timeline beside the e-mail that it follows', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  const { api } = machine;
  const joined = await openCloudBooks(machine);
  const to = newEmail();
  const client = await addClient(api, 'Acme Ltd', { email: to });
  const blank = await api('invoices.blank', { clientUid: client.uid });
  const [issueDate, dueDate] = [-44, -14].map((days) => addDays(blank.issueDate, days));
  if (issueDate === undefined || dueDate === undefined) throw new Error('no dates');
  const lines = [lineOf(await usualTax(api), 'Consulting', 2, 1_000_000)];
  const content = { ...blank, issueDate, dueDate, lines };
  const { uid } = await api('invoices.createDraft', { content });
  const { number } = await api('invoices.finalise', { uid });
  await untilSaved(api);
  const page = await machine.openPage();
  await openInvoice(page, number);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  const deliveries = page.getByTestId('delivery');
  await expect(deliveries.getByText('E-mailed')).toBeVisible({ timeout: DELIVERED_MS });

  await remindOf(joined, uid);
  const reminder = deliveries.filter({ hasText: `Reminder to ${to}` });
  await expect(reminder.getByText('E-mailed')).toBeVisible({ timeout: DELIVERED_MS });
  await expect(deliveries).toHaveCount(2);
  await expect(deliveries.first()).toContainText('Reminder');
  // What is sent again is the invoice, not the reminder.
  await expect(reminder.getByRole('button', { name: /^(?!Details)/u })).toHaveCount(0);
  await expectAccessible(page);
  await takePictures(page, 'send-reminder');
  const [, mail] = await mailsTo(to);
  expect(mail?.subject).toContain(number ?? 'none');
  await page.getByRole('button', { name: 'Mark as paid' }).click();
  await expect(page.getByTestId('happened').first()).toContainText('Paid');
});
