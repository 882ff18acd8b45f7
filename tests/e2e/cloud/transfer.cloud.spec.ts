import type { Page } from '@playwright/test';

import type { Api } from '../support/api';
import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient, openBooks } from '../support/books';
import { CODE, newEmail, PASSWORD, test, untilSaved } from '../support/machines';
import { takePicture, takePictures } from '../support/screens';

const CLIENTS = 3_000;
const PRODUCTS = 600;
/** Slow enough to be watched. */
const BYTES_PER_SECOND = 40_000;

/** Many records at once, out of a file. */
async function importRows(
  api: Api,
  kind: 'clients' | 'products',
  header: string,
  count: number,
  row: (index: number) => string,
): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => row(index));
  const file = Buffer.from([header, ...rows].join('\n')).toString('base64');
  const fileName = `${kind}.csv`;
  const { importId, reading } = await api('imports.open', { kind, fileName, file });
  await api('imports.run', { importId, reading, policy: 'all_or_nothing' });
  await expect
    .poll(async () => (await api(`${kind}.count`, {})).count, { timeout: 20_000 })
    .toBe(count);
}

/** What the frame of a page says of sync from here on, as it changes. */
async function noteStatus(page: Page): Promise<readonly string[]> {
  const seen: string[] = [];
  await page.exposeFunction('noteStatus', (text: string) => seen.push(text));
  await expect(page.locator('nav a[href="#/cloud"]')).toBeVisible();
  await page.evaluate(() => {
    const mark = document.querySelector('nav a[href="#/cloud"]');
    if (mark === null) throw new Error('there is no mark');
    const note = (window as unknown as { noteStatus: (text: string) => void }).noteStatus;
    new MutationObserver(() => note(mark.textContent)).observe(mark, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  return seen;
}

test('a large business goes up and down with a bar and a rate, and can be paused', async ({
  newMachine,
}) => {
  const [one, other] = [await newMachine(), await newMachine()];
  await openBooks(one.api);
  await importRows(one.api, 'clients', 'Name;E-mail;Street;Country', CLIENTS, (index) => {
    const name = `Client ${String(index)}`;
    return `${name};office${String(index)}@acme.example;1 High Street;GB`;
  });
  await importRows(one.api, 'products', 'Name;Price', PRODUCTS, (index) => {
    return `Product ${String(index)};${String(index)}.50`;
  });
  const email = newEmail();
  await one.api('account.signUp', { name: 'Ledger & Sons', email, password: PASSWORD });
  await one.api('account.confirm', { email, code: CODE });
  await one.api('account.signIn', { email, password: PASSWORD });
  const { currentUid: uid } = await one.api('app.state', {});
  if (uid === null) throw new Error('no business is open');

  await one.network.slow(BYTES_PER_SECOND);
  await one.api('account.adopt', { uid, into: null });
  const page = await one.openPage();
  await page.getByRole('link', { name: /^Uploading, \d+ %/u }).click({ timeout: 20_000 });
  const bar = page.getByRole('progressbar', { name: /^[\d,]+ of 3,6\d\d uploaded \(Clients\)$/u });
  await expect(bar).toBeVisible();
  await expect(page.getByText(/^\d[\d,]* records and \d+ kB a second$/u)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Changes that wait' })).toContainText('its turn');
  await takePicture(page, 'cloud-uploading');

  // Paused: what is changed stays here and says why, until one goes on.
  await page.getByRole('link', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('link', { name: /^Paused, [\d,]+ changes waiting/u })).toBeVisible();
  await page.getByRole('link', { name: 'Back' }).click();
  await expect(page.getByRole('table', { name: 'Changes that wait' })).toContainText(
    'the end of the pause',
  );
  await one.network.restore();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('All changes saved').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: 'Changes that wait' })).toBeHidden();

  // One change is no transfer to be watched.
  const seen = await noteStatus(page);
  await addClient(one.api, 'Zenith Ltd');
  await untilSaved(one.api);
  expect(seen.filter((text) => text.includes('%'))).toEqual([]);

  // A second computer loads it, and can be worked with meanwhile.
  await other.network.slow(BYTES_PER_SECOND);
  await other.api('account.signIn', { email, password: PASSWORD });
  await other.api('account.join', { uid });
  const second = await other.openPage();
  const shown = await noteStatus(second);
  await second.getByRole('link', { name: /^Loading/u }).click({ timeout: 20_000 });
  const loading = (what: string) =>
    second.getByRole('progressbar', {
      name: new RegExp(`^\\d+ % loaded \\(${what}: [\\d,]+`, 'u'),
    });
  await expect(loading('Clients')).toBeVisible();
  await takePicture(second, 'cloud-loading');
  // One bar over all of it: with the next kind of record it goes on where it is.
  await expect(loading('Products')).toBeVisible({ timeout: 20_000 });
  await other.network.restore();
  await other.api('sync.now', {});
  await untilSaved(other.api);
  const percents = shown.flatMap((text) => /(\d+) %/u.exec(text)?.slice(1).map(Number) ?? []);
  expect(new Set(percents).size).toBeGreaterThan(1);
  // Its clients are five sixths of the business.
  expect(percents[0]).toBeLessThan(84);
  expect(percents).toEqual(percents.toSorted((one, next) => one - next));
  expect((await other.api('clients.count', {})).count).toBe(CLIENTS + 1);

  // The page for support: rates, where everything stands, and a log to copy.
  await second.getByRole('link', { name: 'Details' }).click();
  const facts = second.getByRole('main');
  await expect(facts).toContainText(/Loaded last\s*[\d,]+ records and \d+ kB a second/u);
  await expect(second.getByRole('row', { name: /^Clients 3,001 3,001 0/u })).toBeVisible();
  await expect(second.getByRole('region', { name: 'Log' })).toContainText(/36\d\d down/u);
  await expectAccessible(second);
  await takePictures(second, 'cloud-diagnostics');
  await second.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await second.getByRole('button', { name: 'Copy log' }).click();
  await expect(second.getByText('The log is on the clipboard.')).toBeVisible();
  expect(await second.evaluate(() => navigator.clipboard.readText())).toMatch(/36\d\d down/u);
});
