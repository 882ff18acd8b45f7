import { expect } from '../support/app';
import { addClient, addInvoice, lineOf, openBooks, usualTax } from '../support/books';
import { expectNoEnglish, expectNothingCut } from '../support/language';
import { openAccount, newEmail, test } from '../support/machines';
import { takePicture } from '../support/screens';
import type { Page } from '@playwright/test';

async function look(page: Page): Promise<void> {
  await expectNoEnglish(page);
  await expectNothingCut(page);
}

test('what waits, what is sent and what comes back is told in German, and nothing is cut off', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  const { api, network } = machine;
  await openBooks(api, {
    name: 'Kontor Nord GmbH',
    country: 'DE',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    tax: { name: 'USt 19 %', rate: 19_000 },
  });
  await api('app.setLanguage', { language: 'de' });
  await openAccount(machine);
  const client = await addClient(api, 'Muster & Söhne GmbH & Co. KG', {
    email: `bounce+${newEmail().split('@')[0] ?? ''}@simulator.amazonses.com`,
  });
  await network.cut();
  const tax = await usualTax(api);
  const issued = await addInvoice(api, client, [lineOf(tax, 'Beratung', 12, 950_000)]);
  const page = await machine.openPage();
  await expect(page.getByRole('link', { name: /^Offline seit/u })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Rechnungen' }).click();
  await page.getByRole('row', { name: issued.number ?? '' }).click();

  await page.getByRole('button', { name: 'Senden', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /senden$/u });
  await dialog.getByRole('button', { name: 'Cc, Bcc und Antwortadresse' }).click();
  await dialog.getByLabel('Cc', { exact: true }).fill('jemand');
  await dialog.getByLabel('Betreff').fill('');
  await dialog.getByRole('button', { name: 'Senden', exact: true }).click();
  await expect(dialog).toContainText('jemand ist keine E-Mail-Adresse.');
  await look(page);
  await takePicture(page, 'german-send');
  // What is said to be wrong follows the language too.
  await api('app.setLanguage', { language: 'en' });
  await expect(page.getByRole('dialog')).toContainText('jemand is not an e-mail address.');
  await api('app.setLanguage', { language: 'de' });
  await dialog.getByLabel('Cc', { exact: true }).fill('');
  await dialog.getByLabel('Betreff').fill('Ihre Rechnung');
  await dialog.getByRole('button', { name: 'Senden', exact: true }).click();
  const delivery = page.getByTestId('delivery');
  await expect(delivery).toContainText('Wartet auf Netz');
  await look(page);
  await page.getByRole('link', { name: 'Rechnungen' }).click();
  await look(page);
  // The list has room for it, without pointing at it.
  const state = page.getByRole('gridcell', { name: 'Wartet auf Netz' });
  const isCut = (cell: Element) =>
    [...cell.querySelectorAll('span')].some((part) => part.scrollWidth > part.clientWidth);
  expect(await state.evaluate(isCut)).toBe(false);

  await page.getByRole('link', { name: /^Offline seit/u }).click();
  await expect(page.getByRole('table', { name: 'Wartende Änderungen' })).toBeVisible();
  await look(page);
  await takePicture(page, 'german-cloud');
  await page.getByRole('link', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Anhalten' }).click();
  await expect(page.getByRole('link', { name: /^Angehalten/u })).toBeVisible();
  await look(page);
  await network.restore();
  await page.getByRole('button', { name: 'Fortsetzen' }).click();

  await page.getByRole('link', { name: 'Rechnungen' }).click();
  await page.getByRole('row', { name: issued.number ?? '' }).click();
  await expect(delivery.getByText('Unzustellbar')).toBeVisible({ timeout: 45_000 });
  await delivery.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Als bezahlt markieren' }).click();
  await expect(page.getByTestId('happened').first()).toContainText('Bezahlt');
  await look(page);
  await takePicture(page, 'german-timeline');
  await page.getByRole('link', { name: 'Einstellungen' }).click();
  await page.getByRole('link', { name: 'Konto', exact: true }).click();
  await expect(page.getByText('Angemeldet als')).toBeVisible();
  await look(page);
});
