import type { Page } from '@playwright/test';

import type { InvoiceUid } from '../../../src/shared/domain/ids';
import type { DocumentContent } from '../../../src/shared/domain/invoice';
import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient, addDraft, lineOf, usualTax } from '../support/books';
import { expectNoEnglish, expectNothingCut } from '../support/language';
import type { Machine } from '../support/machines';
import { joinBooks, openCloudBooks, test, untilSaved } from '../support/machines';
import { takePicture, takePictures } from '../support/screens';

test.setTimeout(120_000);

/** A draft of three lines on two machines, changed on both while one of them was offline. */
async function draftOnTwo(newMachine: () => Promise<Machine>) {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  const client = await addClient(one.api, 'Acme Ltd');
  const tax = await usualTax(one.api);
  const lines = [
    lineOf(tax, 'Consulting', 2, 1_000_000),
    lineOf(tax, 'Travel', 1, 500_000),
    lineOf(tax, 'Books', 1, 200_000),
  ] as const;
  const { uid, content } = await addDraft(one.api, client, lines);
  await untilSaved(one.api);
  await joinBooks(other, joined);
  const [consulting, travel, books] = lines;
  await other.network.cut();
  const write = (machine: Machine, own: Partial<DocumentContent>) =>
    machine.api('invoices.updateDraft', { uid, content: { ...content, ...own } });
  await write(one, {
    notes: 'Pay within a week',
    buyerReference: 'PO 1',
    lines: [{ ...consulting, quantity: 3_000 }, { ...travel, unitPrice: 600_000 }, books],
  });
  await write(other, {
    notes: 'Thank you',
    buyerReference: 'PO 2',
    lines: [{ ...consulting, quantity: 5_000 }, books],
  });
  await untilSaved(one.api);
  await other.network.restore();
  await other.api('sync.now', {});
  const page = await other.openPage();
  await expect(page.getByRole('link', { name: 'Needs attention (1)' })).toBeVisible({
    timeout: 40_000,
  });
  return { one, other, page, uid };
}

async function contentOn({ api }: Machine, uid: InvoiceUid) {
  const { content } = (await api('invoices.get', { uid })).invoice;
  return {
    notes: content.notes,
    buyerReference: content.buyerReference,
    lines: content.lines.map(({ description, quantity }) => [description, quantity / 1_000]),
  };
}

const THEIRS = {
  notes: 'Pay within a week',
  buyerReference: 'PO 1',
  lines: [
    ['Consulting', 3],
    ['Travel', 1],
    ['Books', 1],
  ],
};
const MINE = {
  notes: 'Thank you',
  buyerReference: 'PO 2',
  lines: [
    ['Consulting', 5],
    ['Books', 1],
  ],
};
const MIXED = { ...THEIRS, notes: MINE.notes, lines: MINE.lines };

/** Mine but for the reference. */
async function chooseMixed(page: Page): Promise<void> {
  const card = page.getByRole('article');
  for (const [field, side] of [
    ['notes', 'Keep mine'],
    ['buyer reference', 'Keep theirs'],
    ['line “Consulting”', 'Keep mine'],
    ['line “Travel”', 'Keep mine'],
  ] as const) {
    await card
      .getByRole('radiogroup', { name: `Choice for ${field}` })
      .getByText(side)
      .click();
  }
}

test('R37 a draft that two people changed is decided field by field, and the choice taken back', async ({
  newMachine,
}) => {
  const { one, other, page, uid } = await draftOnTwo(newMachine);
  expect(await contentOn(other, uid)).toEqual(THEIRS);

  // The draft itself leads to the choice.
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByText('Acme Ltd').first().click();
  await page.getByRole('link', { name: 'choose' }).click();
  const card = page.getByRole('article', { name: /Acme Ltd/u });
  await expect(card).toBeFocused();

  // Both values and, on demand, what it was; a line that is gone on one side is named and said to be.
  const row = (name: string) => card.getByRole('row').filter({ hasText: name });
  await expect(row('buyer reference').getByRole('cell')).toHaveText(['PO 2', 'PO 1', /Keep/u]);
  await expect(row('line “Travel”').getByRole('cell').first()).toHaveText('(deleted)');
  await card.getByRole('button', { name: 'Show what it was' }).click();
  await expect(row('buyer reference').getByRole('cell')).toHaveText([
    '(empty)',
    'PO 2',
    'PO 1',
    /Keep/u,
  ]);
  await expect(row('line “Consulting”').getByRole('cell').first()).toContainText('2 × 100.00');

  // What it comes to: with mine, with theirs, and with some of each.
  await expect(card.getByRole('definition')).toHaveText(['GBP624.00', 'GBP456.00']);
  await card
    .getByRole('radiogroup', { name: 'Choice for line “Travel”' })
    .getByText('Keep mine')
    .click();
  await expect(card.getByRole('definition')).toHaveText(['GBP624.00', 'GBP456.00', 'GBP384.00']);
  await chooseMixed(page);
  await expect(card.getByRole('definition').last()).toHaveText('GBP624.00');
  await expectAccessible(page);
  await takePictures(page, 'conflict');
  await page.setViewportSize({ width: 400, height: 800 });
  await takePicture(page, 'conflict-400');
  await page.setViewportSize({ width: 1280, height: 800 });

  // The choice can be taken back at once, and it can be made anew for all at once.
  await card.getByRole('button', { name: 'Apply choices' }).click();
  await expect(card).toBeHidden();
  expect(await contentOn(other, uid)).toEqual(MIXED);
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(/is taken back; you can choose again/u)).toBeVisible();
  await expect(card).toBeVisible();
  expect(await contentOn(other, uid)).toEqual(THEIRS);
  await card.getByRole('button', { name: 'Keep all mine' }).click();
  await expect(card).toBeHidden();
  expect(await contentOn(other, uid)).toEqual(MINE);

  // And later, from the page.
  await untilSaved(other.api);
  await page.reload();
  const decided = page.getByRole('region', { name: 'Decided' });
  await expect(decided.getByText('Thank you')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'conflict-decided');
  await decided.getByRole('button', { name: /^Undo/u }).click();
  await expect(card).toBeVisible();
  await expect(decided).toBeHidden();
  await chooseMixed(page);
  await card.getByRole('button', { name: 'Apply choices' }).click();
  await untilSaved(other.api);
  await expect.poll(() => contentOn(one, uid), { timeout: 20_000 }).toEqual(MIXED);

  // What somebody has written over since stays, and that is said.
  const { content } = (await one.api('invoices.get', { uid })).invoice;
  await one.api('invoices.updateDraft', { uid, content: { ...content, notes: 'Pay now' } });
  await expect
    .poll(async () => (await contentOn(other, uid)).notes, { timeout: 20_000 })
    .toBe('Pay now');
  await decided.getByRole('button', { name: /^Undo/u }).click();
  await expect(page.getByText(/so it stays as it is now: notes\./u)).toBeVisible();
  await expect(card.getByRole('cell', { name: 'Pay now' })).toBeVisible();
  expect(await contentOn(other, uid)).toEqual({ ...THEIRS, notes: 'Pay now' });
});

test('R32 fields that go together are explained, and each side is in its own currency, also in German', async ({
  newMachine,
}) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  const client = await addClient(one.api, 'Acme Ltd');
  const tax = await usualTax(one.api);
  const line = lineOf(tax, 'Consulting', 2, 1_000_000);
  const { uid, content } = await addDraft(one.api, client, [line]);
  await untilSaved(one.api);
  await joinBooks(other, joined);
  await other.network.cut();
  const currency = 'USD' as typeof content.currency;
  await one.api('invoices.updateDraft', { uid, content: { ...content, currency } });
  await other.api('invoices.updateDraft', {
    uid,
    content: {
      ...content,
      lines: [{ ...line, unitPrice: 1_500_000 }],
      terms: { kind: 'net_days', days: 14 },
      dueDate: content.issueDate,
    },
  });
  await untilSaved(one.api);
  await other.network.restore();
  await other.api('sync.now', {});
  const page = await other.openPage();
  await page.getByRole('link', { name: 'Needs attention (1)' }).click({ timeout: 40_000 });
  const card = page.getByRole('article');
  await expect(card.getByRole('row').filter({ hasText: 'line “Consulting”' })).toContainText(
    'Goes together with: currency, gross prices',
  );
  await expect(card.getByRole('definition')).toHaveText(['USD360.00', 'USD240.00']);
  await expectAccessible(page);

  await page.evaluate(() => {
    window.location.hash = '/settings/language';
  });
  await page.getByRole('radio', { name: 'Deutsch' }).click();
  await page.evaluate(() => {
    window.location.hash = '/cloud';
  });
  await expect(card.getByText('Position „Consulting“')).toBeVisible();
  await card.getByRole('button', { name: 'Früheren Wert zeigen' }).click();
  await expectNoEnglish(page);
  await expectNothingCut(page);
  await takePictures(page, 'conflict-german');
  await card.getByRole('button', { name: 'Alle anderen behalten' }).click();
  await expect(page.getByRole('region', { name: 'Entschieden' })).toBeVisible();
  await untilSaved(other.api);
  await expect
    .poll(async () => (await other.api('invoices.get', { uid })).invoice.content)
    .toEqual((await one.api('invoices.get', { uid })).invoice.content);
});
