import { join } from 'node:path';

import Database from 'better-sqlite3';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import type { FieldPatch } from '../../../src/shared/contracts/sync/protocol';
import { clientInput } from '../../../src/shared/domain/client';
import { businessInput } from '../../../src/shared/domain/business';
import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient, addDraft, addInvoice, lineOf, usualTax } from '../support/books';
import { expectNoEnglish, expectNothingCut } from '../support/language';
import { giveRole } from '../support/owner';
import type { Joined, Machine } from '../support/machines';
import {
  CODE,
  joinBooks,
  newEmail,
  openCloudBooks,
  PASSWORD,
  test,
  untilSaved,
} from '../support/machines';
import { takePicture, takePictures } from '../support/screens';

test.setTimeout(120_000);

/** Two machines of one business, the other of which is offline while both work. */
async function apart(
  newMachine: () => Promise<Machine>,
  begin: (machine: Machine) => Promise<void>,
): Promise<{ readonly one: Machine; readonly other: Machine; readonly joined: Joined }> {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  await begin(one);
  await untilSaved(one.api);
  await joinBooks(other, joined);
  await other.network.cut();
  return { one, other, joined };
}

/** Back online, with what has come of it in view. */
async function online(one: Machine, other: Machine, count: number) {
  await untilSaved(one.api);
  await other.network.restore();
  await other.api('sync.now', {});
  const page = await other.openPage();
  await page
    .getByRole('link', { name: `Needs attention (${String(count)})` })
    .click({ timeout: 40_000 });
  return page;
}

test('R17 lines that are too much together are shown, put right in the draft and accepted', async ({
  newMachine,
}) => {
  const { one, other } = await apart(newMachine, async ({ api }) => {
    const client = await addClient(api, 'Acme Ltd');
    await addDraft(api, client, [lineOf(await usualTax(api), 'Consulting', 1, 1_000_000)]);
  });
  const [row] = (await one.api('invoices.list', {})).rows;
  if (row === undefined) throw new Error('no draft');
  const { uid } = row;
  const contentOn = async ({ api }: Machine) =>
    (await api('invoices.get', { uid })).invoice.content;
  const tax = await usualTax(one.api);
  const price = 100_000_000_000_000;
  for (const [machine, description] of [
    [one, 'First ship'],
    [other, 'Second ship'],
  ] as const) {
    const content = await contentOn(machine);
    const lines = [...content.lines, lineOf(tax, description, 60, price)];
    await machine.api('invoices.updateDraft', { uid, content: { ...content, lines } });
  }
  const page = await online(one, other, 1);

  // What was typed, what stands there, why not, and what can be done.
  const refused = page.getByRole('region', { name: '1 change was not accepted' });
  await expect(refused.getByText('This amount is too large.')).toBeVisible();
  const words = refused.getByRole('table', { name: 'What was not accepted: Acme Ltd' });
  await expect(words.getByRole('row').filter({ hasText: 'line “Second ship”' })).toContainText(
    '(not there)',
  );
  await expect(words.getByRole('row')).toHaveCount(2);
  await expect(refused.getByRole('button', { name: /^Try again/u })).toBeHidden();
  await expectAccessible(page);
  await takePictures(page, 'rejection');
  await page.setViewportSize({ width: 400, height: 800 });
  await takePicture(page, 'rejection-400');
  await page.setViewportSize({ width: 1280, height: 800 });

  // The draft says so too, and its editor has the refused words in it.
  await refused.getByRole('link', { name: 'Edit: Acme Ltd' }).click();
  await expect(page.getByText('Your change of line “Second ship” was not accepted:')).toBeVisible();
  await expect(page.getByLabel('Description').last()).toHaveValue('Second ship');
  await expect(page.getByText('Not saved').first()).toBeVisible();
  expect((await contentOn(other)).lines).toHaveLength(2);
  await page.getByLabel('Quantity').last().fill('1');
  await page.getByLabel('Quantity').last().press('Tab');
  await expect(page.getByText(/was not accepted/u)).toBeHidden();
  await untilSaved(other.api);
  expect(await other.api('sync.status', {})).toMatchObject({ attention: 0 });
  await expect
    .poll(
      async () =>
        (await contentOn(one)).lines.map(({ description, quantity }) => [description, quantity]),
      { timeout: 20_000 },
    )
    .toEqual([
      ['Consulting', 1_000],
      ['First ship', 60_000],
      ['Second ship', 1_000],
    ]);
});

/** Keeps a refusal as an older version of this app left it: this one tells nothing of the kind. */
async function keepRefusal(
  { api, app }: Machine,
  { uid: business }: Joined,
  collection: SyncCollection,
  uid: string,
  fields: FieldPatch,
): Promise<void> {
  const replica = new Database(join(app.dataDirectory, 'businesses', business, 'replica.sqlite'));
  const data = {
    code: 'text_unprintable',
    field: '',
    body: { kind: 'patch', fields },
    record: { uid },
    isDeleted: false,
  };
  replica
    .prepare(
      `INSERT INTO attention (kind, collection, record_uid, at, data)
       VALUES ('rejection', ?, ?, ?, ?)`,
    )
    .run(collection, uid, new Date().toISOString(), JSON.stringify(data));
  replica.close();
  await api('sync.now', {});
}

test('R17 words that cannot be kept come back into the form, to be typed again', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  const joined = await openCloudBooks(machine);
  const client = await addClient(machine.api, 'Acme Ltd', { notes: 'Pays late' });
  await untilSaved(machine.api);
  // As a browser cuts a text in the middle of an emoji.
  await keepRefusal(machine, joined, 'clients', client.uid, {
    notes: { from: client.notes, to: 'Call before noon \ud83d' },
  });
  const page = await machine.openPage();
  await page.getByRole('link', { name: 'Needs attention (1)' }).click({ timeout: 20_000 });
  await expect(page.getByText('The text holds a character that cannot be kept')).toBeVisible();
  await page.getByRole('link', { name: 'Edit: Acme Ltd' }).click();
  await expect(page.getByLabel('Notes')).toHaveValue(/^Call before noon/u);
  await expect(page.getByText('What you had typed before is back.')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Notes').fill('Call before noon');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'All changes saved' })).toBeVisible();
  await untilSaved(machine.api);
  expect((await machine.api('clients.get', { uid: client.uid })).notes).toBe('Call before noon');
  expect((await machine.api('sync.attention', {})).rejections).toEqual([]);
});

test('R17 words for the settings come back where they were typed; each page settles its own', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  const { api } = machine;
  const joined = await openCloudBooks(machine);
  const tax = await usualTax(api);
  await keepRefusal(machine, joined, 'settings', tax.uid, {
    name: { from: tax.name, to: 'VAT, full \ud83d' },
  });
  const page = await machine.openPage();
  const attention = page.getByRole('link', { name: 'Needs attention (1)' });
  await attention.click({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Edit: VAT 20 %' }).click();
  const dialog = page.getByRole('dialog', { name: 'VAT 20 %' });
  await expect(dialog.getByLabel('Name')).toHaveValue(/^VAT, full/u);
  await expect(dialog.getByText('What you had typed before is back.')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'tax-refused');
  await dialog.getByLabel('Name').fill('VAT, full');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'VAT, full', exact: true })).toBeVisible();
  await expect(attention).toBeHidden();

  // What leads to a number series opens its dialog; once closed, the address means nothing.
  const [series] = await api('series.list', {});
  if (series === undefined) throw new Error('no series');
  await page.evaluate((uid) => {
    window.location.hash = `/settings/numbers?edit=${uid}`;
  }, series.uid);
  await expect(page.getByRole('dialog').getByLabel('Pattern')).toHaveValue(series.pattern);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page).toHaveURL(/settings\/numbers$/u);

  // An edit of the business is put right page by page.
  const business = await api('businesses.get', {});
  await keepRefusal(machine, joined, 'settings', business.uid, {
    website: { from: business.website, to: 'acme.example' },
    notes: { from: business.notes, to: 'Thank you \ud83d' },
  });
  await attention.click({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Edit: Ledger & Sons Ltd' }).click();
  await expect(page.getByLabel('Notes')).toHaveValue(/^Thank you/u);
  await page.getByLabel('Notes').fill('Thank you');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('was not accepted')).toBeHidden();
  await attention.click();
  const left = page.getByRole('listitem').filter({ hasText: 'Ledger & Sons Ltd' });
  await expect(left.getByText('refused together with other fields')).toBeVisible();
  await expect(left.getByRole('cell')).toHaveText(['website', 'acme.example', '(empty)']);
  await expect(left.getByRole('button', { name: /^Try again/u })).toBeVisible();
  await takePictures(page, 'settings-refused');
  await left.getByRole('link', { name: /^Edit/u }).click();
  await expect(page.getByLabel('Website')).toHaveValue('acme.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(attention).toBeHidden();
  await untilSaved(api);
  expect(await api('businesses.get', {})).toMatchObject({
    website: 'acme.example',
    notes: 'Thank you',
  });
});

test('R17 what only an owner may change can be tried again once one is', async ({ newMachine }) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  const email = newEmail();
  await other.api('account.signUp', { name: 'A bookkeeper', email, password: PASSWORD });
  await other.api('account.confirm', { email, code: CODE });
  await giveRole(joined, email, 'bookkeeper');
  await joinBooks(other, { email, uid: joined.uid });
  const business = businessInput.parse(await other.api('businesses.get', {}));
  await other.api('businesses.update', { business: { ...business, website: 'acme.example' } });
  const page = await other.openPage();
  await page.getByRole('link', { name: 'Needs attention (1)' }).click({ timeout: 20_000 });
  const refused = page.getByRole('region', { name: '1 change was not accepted' });
  await expect(refused.getByText('Only an owner of the business may change this.')).toBeVisible();
  await expect(refused.getByRole('cell', { name: 'acme.example' })).toBeVisible();
  await expect(refused.getByRole('link', { name: /^Edit/u })).toBeHidden();
  await giveRole(joined, email, 'owner');

  // What was typed elsewhere since, and is not shown yet, is not written over.
  const shown = Promise.withResolvers<void>();
  await page.route(/sync\.attention$/u, async (route) => {
    await shown.promise;
    await route.continue();
  });
  const website = 'ours.example';
  await one.api('businesses.update', { business: { ...business, website } });
  await expect
    .poll(async () => (await other.api('businesses.get', {})).website, { timeout: 20_000 })
    .toBe(website);
  const retry = refused.getByRole('button', { name: /^Try again/u });
  await retry.click();
  await expect(refused.getByRole('alert')).toContainText('It was changed elsewhere');
  shown.resolve();
  await expect(refused.getByRole('cell', { name: website })).toBeVisible();
  expect((await other.api('businesses.get', {})).website).toBe(website);
  await expectAccessible(page);
  await takePictures(page, 'rejection-changed-since');
  await retry.click();
  await expect(refused).toBeHidden();
  await untilSaved(other.api);
  await expect
    .poll(async () => (await one.api('businesses.get', {})).website, { timeout: 20_000 })
    .toBe('acme.example');
});

test('R17 an edit of what was finalised elsewhere is shown and let go; notices say what happened', async ({
  newMachine,
}) => {
  const { one, other } = await apart(newMachine, async ({ api }) => {
    const tax = await usualTax(api);
    const acme = await addClient(api, 'Acme Ltd');
    await addDraft(api, acme, [lineOf(tax, 'Consulting', 1, 1_000_000)]);
    await addDraft(api, await addClient(api, 'Twice Ltd'), [lineOf(tax, 'Travel', 1, 500_000)]);
    await addInvoice(api, await addClient(api, 'Payer Ltd'), [lineOf(tax, 'Books', 1, 200_000)]);
    await addClient(api, 'Gone Ltd');
  });
  const { rows } = await one.api('invoices.list', {});
  const of = (name: string) => {
    const row = rows.find(({ clientName }) => clientName === name);
    if (row === undefined) throw new Error(`nothing of ${name}`);
    return row.uid;
  };
  const [draft, twice, paid] = [of('Acme Ltd'), of('Twice Ltd'), of('Payer Ltd')];
  const gone = (await one.api('clients.list', {})).rows.find(({ name }) => name === 'Gone Ltd');
  if (gone === undefined) throw new Error('no such client');

  await one.api('invoices.finalise', { uid: draft });
  await one.api('clients.delete', { uid: gone.uid });
  const { content } = (await other.api('invoices.get', { uid: draft })).invoice;
  await other.api('invoices.updateDraft', {
    uid: draft,
    content: { ...content, notes: 'Thank you' },
  });
  const client = await other.api('clients.get', { uid: gone.uid });
  await other.api('clients.update', {
    uid: gone.uid,
    client: { ...clientInput.parse(client), notes: 'Still here' },
  });
  for (const { api } of [one, other]) {
    await api('invoices.finalise', { uid: twice });
    await api('payments.markAsPaid', { invoiceUid: paid, method: 'cash' });
  }
  const page = await online(one, other, 4);

  const refused = page.getByRole('region', { name: '1 change was not accepted' });
  await expect(
    refused.getByText('This document is finalised and cannot be changed. Credit it instead.'),
  ).toBeVisible();
  await expect(refused.getByRole('cell')).toHaveText(['notes', 'Thank you', '(empty)']);
  await expect(refused.getByRole('link', { name: /^Edit/u })).toBeHidden();
  await expect(refused.getByRole('button', { name: /^Try again/u })).toBeHidden();
  const notices = page.getByRole('region', { name: 'Good to know' });
  const notice = (words: string) => notices.getByRole('listitem').filter({ hasText: words });
  await expect(notice('The edit won: it is back.')).toContainText('Gone Ltd');
  await expect(notice('The same draft was finalised on another computer too.')).toBeVisible();
  await expect(
    notice('Payments recorded in two places come to more than the invoice.'),
  ).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'notices');

  await page.evaluate(() => {
    window.location.hash = '/settings/language';
  });
  await page.getByRole('radio', { name: 'Deutsch' }).click();
  await page.evaluate(() => {
    window.location.hash = '/cloud';
  });
  await expect(page.getByRole('heading', { name: 'Gut zu wissen' })).toBeVisible();
  await expectNoEnglish(page);
  await expectNothingCut(page);
  await takePictures(page, 'notices-german');
  await page.getByRole('button', { name: /^Verwerfen/u }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Verwerfen' }).click();
  await page.getByRole('button', { name: 'Alles gesehen' }).click();
  await expect.poll(async () => (await other.api('sync.status', {})).attention).toBe(0);
});
