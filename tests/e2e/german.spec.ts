import type { Page } from '@playwright/test';

import { expectAccessible } from './support/accessible';
import type { Api } from './support/api';
import { expect, test } from './support/app';
import { addClient, addDraft, addInvoice, lineOf, openBooks, usualTax } from './support/books';
import { expectNoEnglish, expectNothingCut } from './support/language';
import { takePictures } from './support/screens';

/** A business that has a little of everything; answers what is looked at by itself. */
async function openGermanBooks(api: Api) {
  await openBooks(api, {
    name: 'Kontor Nord GmbH',
    country: 'DE',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    tax: { name: 'USt 19 %', rate: 19_000 },
  });
  const tax = await usualTax(api);
  const client = await addClient(api, 'Muster & Söhne GmbH & Co. KG', {
    email: 'rechnung@muster.example',
  });
  const issued = await addInvoice(api, client, [lineOf(tax, 'Beratung', 12, 950_000)]);
  const paid = await addInvoice(api, client, [lineOf(tax, 'Schulung', 1, 5_000_000)]);
  await api('payments.markAsPaid', { invoiceUid: paid.uid, method: 'bank_transfer' });
  const draft = await addDraft(api, client, [lineOf(tax, 'Wartung', 2, 800_000)]);
  return { client, issued, paid, draft };
}

async function show(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
  await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
}

async function look(page: Page): Promise<void> {
  await expectNoEnglish(page);
  await expectNothingCut(page);
}

test('German is chosen in the settings and stays', async ({ api, page }) => {
  await openGermanBooks(api);
  await page.reload();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Language', exact: true }).click();
  await expect(page.getByRole('radio', { name: 'As the system (English)' })).toBeChecked();
  await expect(expectNoEnglish(page)).rejects.toThrow('As the system (English)');
  await page.getByRole('radio', { name: 'Deutsch' }).click();

  await expect(page.getByRole('heading', { name: 'Sprache', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('radio', { name: 'Deutsch' })).toBeChecked();
  await expectAccessible(page);
  await look(page);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sprache', level: 1 })).toBeVisible();
  expect((await api('app.state', {})).language).toBe('de');
});

test('every main screen speaks German, and nothing is cut off', async ({ api, page }) => {
  const { client, issued, paid, draft } = await openGermanBooks(api);
  await api('app.setLanguage', { language: 'de' });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Übersicht', level: 1 })).toBeVisible();
  await expect(page.getByText('Offene Posten', { exact: true })).toBeVisible();
  await look(page);

  await show(page, '/invoices', 'Rechnungen');
  await expect(page.getByText('3 Belege')).toBeVisible();
  await expect(page.getByRole('row', { name: /Ausgestellt/u })).toContainText('1.356,60');
  await look(page);
  await takePictures(page, 'german-invoices');

  await show(page, `/invoices/${issued.uid}`, /^Rechnung /u);
  await expect(page.getByText('Offener Betrag')).toBeVisible();
  await look(page);
  await show(page, `/invoices/${paid.uid}`, /^Rechnung /u);
  await expect(page.getByTestId('payment').getByText(/Überweisung/u)).toBeVisible();
  await look(page);

  await show(page, `/clients/${client.uid}`, client.name);
  for (const tab of ['Aufträge', 'Zahlungen', 'Angaben', 'Verlauf', 'Rechnungen']) {
    await page.getByRole('tab', { name: tab }).click();
    await look(page);
  }
  await show(page, '/clients', 'Kunden');
  await look(page);
  await show(page, '/clients/new', 'Neuer Kunde');
  await look(page);
  await show(page, '/orders', 'Aufträge');
  await look(page);
  await show(page, '/orders/new', 'Neuer Auftrag');
  await look(page);
  await show(page, '/products', 'Artikel');
  await look(page);
  await show(page, '/products/new', 'Neuer Artikel');
  await look(page);
  await show(page, '/import/invoices', 'Rechnungen importieren');
  await look(page);
  await show(page, '/cloud', 'Cloud');
  await look(page);

  await show(page, `/invoices/${draft.uid}`, /^Entwurf für/u);
  await expect(page.getByTestId('pdf-pages').locator('canvas')).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: /^Mehr/u }).click();
  await expect(page.getByRole('combobox', { name: 'Datum und Zahlen' })).toHaveValue(
    'Deutschland: 31.03.2026, 1.234,56',
  );
  await look(page);
  await expectAccessible(page);
  await takePictures(page, 'german-editor');
  await page.getByRole('button', { name: 'Festschreiben' }).click();
  const finalise = page.getByRole('dialog', { name: 'Diese Rechnung festschreiben?' });
  await expect(finalise).toContainText('190,40');
  await look(page);
  await takePictures(page, 'german-finalise');
  await finalise.getByRole('button', { name: 'Festschreiben' }).click();
  await expect(page.getByRole('dialog', { name: /ist festgeschrieben$/u })).toBeVisible();
  await look(page);
});

test('all settings speak German, and nothing is cut off', async ({ api, page }) => {
  await openGermanBooks(api);
  await api('app.setLanguage', { language: 'de' });
  await page.reload();
  const sections = [
    ['business', 'Unternehmen'],
    ['bank-accounts', 'Bankverbindungen'],
    ['tax-codes', 'Steuerschlüssel'],
    ['numbers', 'Nummernkreise'],
    ['documents', 'Belege'],
    ['import', 'Import'],
    ['backups', 'Sicherungen'],
    ['account', 'Konto'],
    ['language', 'Sprache'],
    ['about', 'Über doccentr'],
  ] as const;
  for (const [path, heading] of sections) {
    await show(page, `/settings/${path}`, heading);
    await look(page);
  }
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Tastenkürzel' })).toContainText('Strg+Eingabe');
  await look(page);
});

test('another window follows the choice and keeps what is being typed', async ({ api, page }) => {
  await openGermanBooks(api);
  await page.reload();
  await show(page, '/invoices/new', 'New invoice');
  const typed = page.getByLabel('Buyer reference');
  await typed.fill('Half a refer');
  await api('app.setLanguage', { language: 'de' });
  await expect(page.getByRole('heading', { name: /^(?:Neue Rechnung|Entwurf)/u })).toBeVisible();
  const stillTyped = page.getByLabel('Kundenreferenz');
  await expect(stillTyped).toHaveValue('Half a refer');
  await expect(stillTyped).toBeFocused();
  await page.getByRole('button', { name: 'Kalender öffnen' }).first().click();
  await expect(page.getByRole('button', { name: 'Späterer Monat' })).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^1\. \p{L}+ \d{4}$|^1 \p{L}+ \d{4}$/u }).first(),
  ).toBeVisible();
  await look(page);
});

test.describe('on a German system', () => {
  test.use({ locale: 'de-AT' });

  test('the first screen is German, and English is one click away', async ({ api, page }) => {
    await expect(page.getByRole('heading', { name: 'Willkommen bei doccentr' })).toBeVisible();
    await look(page);
    await page.getByRole('button', { name: 'Starten' }).click();
    await expect(page.getByText('Geben Sie einen Namen ein.')).toBeVisible();
    await page.getByLabel('Name des Unternehmens').fill('Kontor Nord');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('heading', { name: 'Welcome to doccentr' })).toBeVisible();
    await expect(page.getByText('Give it a name.')).toBeVisible();
    await expect(page.getByLabel('Business name')).toHaveValue('Kontor Nord');
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Welcome to doccentr' })).toBeVisible();
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.getByLabel('Name des Unternehmens').fill('Kontor Nord');
    await page.getByRole('button', { name: 'Starten' }).click();
    await expect(page.getByRole('heading', { name: 'Übersicht', level: 1 })).toBeVisible();
    const codes = await api('taxCodes.list', {});
    expect(codes.map(({ name }) => name)).toContain('Keine Steuer');
    expect(await api('businesses.get', {})).toMatchObject({ language: 'de', formats: 'de-DE' });
  });
});
