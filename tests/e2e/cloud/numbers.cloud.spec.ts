import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient, addInvoice, lineOf, openBooks, usualTax } from '../support/books';
import { expectNoEnglish, expectNothingCut } from '../support/language';
import type { Machine } from '../support/machines';
import { openAccount, PASSWORD, test, untilSaved } from '../support/machines';
import { takePicture, takePictures } from '../support/screens';

async function issueFor({ api }: Machine, name: string) {
  const lines = [lineOf(await usualTax(api), 'Consulting', 1, 1_000_000)];
  return addInvoice(api, await addClient(api, name), lines);
}

test('R44 R49 two computers that numbered alone join: the invoice says so, and what to do', async ({
  newMachine,
}) => {
  const [one, other] = [await newMachine(), await newMachine()];
  await openBooks(one.api);
  const { number } = await issueFor(one, 'Acme Ltd');
  const { email, uid } = await openAccount(one);
  await openBooks(other.api);
  expect((await issueFor(other, 'Zenith Ltd')).number).toBe(number);
  const { currentUid: local } = await other.api('app.state', {});
  if (local === null || number === null) throw new Error('nothing was issued');
  await other.api('account.signIn', { email, password: PASSWORD });
  await other.api('account.adopt', { uid: local, into: uid });
  await untilSaved(other.api);

  const page = await other.openPage();
  await page.getByRole('link', { name: /^Needs attention/u }).click({ timeout: 20_000 });
  const notice = page
    .getByRole('region', { name: 'Good to know' })
    .getByRole('listitem')
    .filter({ hasText: `carries the number ${number} as well` });
  await expect(notice).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'number-twice-notice');
  await notice.getByRole('link', { name: new RegExp(`^${number}`, 'u') }).click();

  // The document itself says it, and can be credited.
  const flag = page.getByText(`Another document carries the number ${number} as well.`);
  await expect(flag).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'number-twice');
  await page.setViewportSize({ width: 400, height: 800 });
  await takePicture(page, 'number-twice-400');
  await page.setViewportSize({ width: 1280, height: 800 });
  await other.api('app.setLanguage', { language: 'de' });
  await expect(
    page.getByText(`Ein anderer Beleg trägt ebenfalls die Nummer ${number}.`),
  ).toBeVisible();
  await expectNoEnglish(page);
  await expectNothingCut(page);
  await other.api('app.setLanguage', { language: 'en' });
  await flag.getByRole('button', { name: 'Seen' }).click();
  await expect(flag).toBeHidden();

  // Both stand on either computer, and the next ones are apart.
  for (const { api } of [one, other]) {
    await expect
      .poll(async () => (await api('invoices.list', {})).rows.map((row) => row.number))
      .toEqual([number, number]);
  }
  const next = [await issueFor(one, 'Acme Ltd'), await issueFor(other, 'Zenith Ltd')];
  expect(new Set([number, ...next.map((invoice) => invoice.number)]).size).toBe(3);
});
