import type { Page } from '@playwright/test';

import { expectAccessible } from './support/accessible';
import type { Api } from './support/api';
import { expect, test } from './support/app';
import { addClient, openBooks } from './support/books';
import { takePictures } from './support/screens';

test.beforeEach(async ({ api }) => {
  await openBooks(api);
  await addClient(api, 'Acme Ltd', { email: 'pay@acme.example' });
});

async function newInvoice(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('button', { name: 'New invoice' }).click();
  await expect(page.getByLabel('Client')).toBeFocused();
}

function line(page: Page, number: number) {
  return page.getByRole('row', { name: `Line ${number}`, exact: true });
}

async function saved(page: Page): Promise<void> {
  await expect(page.getByTestId('save-mark')).toHaveAttribute('data-state', 'saved');
}

/** Pastes as a spreadsheet does, into whatever has the focus. */
async function paste(page: Page, text: string, html = ''): Promise<void> {
  await page.evaluate(
    ([plain, table]) => {
      const data = new DataTransfer();
      data.setData('text/plain', plain);
      if (table !== '') data.setData('text/html', table);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    [text, html] as const,
  );
}

test('opening a new invoice and leaving it creates nothing', async ({ page, api }) => {
  await newInvoice(page);
  await page.getByRole('button', { name: 'Add line' }).click();
  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('link', { name: 'Invoices' }).click();
  await expect(page.getByText('There are no invoices yet', { exact: false })).toBeVisible();
  expect((await api('invoices.count', {})).count).toBe(0);
});

test('an invoice is written without the mouse', async ({ page, api }) => {
  await newInvoice(page);
  await page.keyboard.type('acme');
  await expect(page.getByRole('option', { name: /Acme Ltd/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Client')).toHaveValue('Acme Ltd');

  await line(page, 1).getByLabel('Product').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Design');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1.5');
  await page.keyboard.press('Tab');
  await page.keyboard.type('h');
  await page.keyboard.press('Tab');
  await page.keyboard.type('80');
  await page.keyboard.press('Tab');
  await page.keyboard.type('10');
  await page.keyboard.press('Enter');
  await expect(line(page, 2).getByLabel('Product')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Hosting');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(line(page, 1).getByLabel('Description')).toBeFocused();
  await expect(line(page, 1).getByLabel('Description')).toHaveValue('Hosting');
  await expect(line(page, 2).getByLabel('Description')).toHaveValue('Design\nsecond line');
  await expect(line(page, 2).getByTestId('line-total')).toHaveText('108.00');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect(line(page, 2).getByLabel('Description')).toHaveValue('Hosting');
  await page.keyboard.press('Alt+Shift+Delete');
  await page.keyboard.press('Control+z');
  await expect(line(page, 3).getByLabel('Description')).toHaveValue('Design\nsecond line');
  await page.keyboard.press('Control+Shift+z');
  await expect(line(page, 3)).toHaveCount(0);
  await saved(page);

  const { rows } = await api('invoices.list', {});
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ clientName: 'Acme Ltd', number: null, total: 12_960 });
});

test('Tab leaves the lines again and never traps', async ({ page }) => {
  await newInvoice(page);
  await line(page, 1).getByLabel('Tax').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Add line' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(line(page, 1).getByLabel('Tax')).toBeFocused();
});

test('a block of a spreadsheet fills several lines, and can be taken back', async ({ page }) => {
  await newInvoice(page);
  await line(page, 1).getByLabel('Description').focus();
  await paste(
    page,
    'Description\tQty\tUnit price\tVAT\nDesign\t2\t80.00\t20%\nHosting\t12\t9.50\t0%\nTravel\ta few\t1,204.50\t20%',
  );
  await expect(line(page, 3).getByLabel('Description')).toHaveValue('Travel');
  await expect(line(page, 1).getByLabel('Quantity')).toHaveValue('2');
  await expect(line(page, 2).getByLabel('Unit price')).toHaveValue('9.50');
  await expect(line(page, 3).getByLabel('Unit price')).toHaveValue('1,204.50');
  await expect(page.getByText('3 lines pasted')).toBeVisible();
  await expect(page.getByText('1 cell could not be read: a few')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line(page, 2)).toHaveCount(0);
  await expect(line(page, 1).getByLabel('Description')).toHaveValue('');
});

test('text with line breaks stays one description', async ({ page }) => {
  await newInvoice(page);
  await line(page, 1).getByLabel('Description').focus();
  await page.keyboard.insertText('Design, as agreed\nand travel, too');
  await expect(line(page, 1).getByLabel('Description')).toHaveValue(
    'Design, as agreed\nand travel, too',
  );
  await expect(line(page, 2)).toHaveCount(0);
});

test('a product fills its line, and text that names none describes it', async ({ page, api }) => {
  const codes = await api('taxCodes.list', {});
  await api('products.create', {
    product: {
      code: 'CONS',
      name: 'Consulting',
      unit: 'h',
      unitPrice: 1_200_000,
      currency: (await api('businesses.get', {})).currency,
      taxCodeUid: codes[0]?.uid ?? null,
    },
  });
  await newInvoice(page);
  await line(page, 1).getByLabel('Product').focus();
  await page.keyboard.type('cons');
  await expect(page.getByRole('option', { name: /Consulting/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(line(page, 1).getByLabel('Product')).toHaveValue('Consulting');
  await expect(line(page, 1).getByLabel('Description')).toHaveValue('Consulting');
  await expect(line(page, 1).getByLabel('Unit price')).toHaveValue('120.00');
  await expect(line(page, 1).getByLabel('Unit', { exact: true })).toHaveValue('h');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Something else');
  await page.keyboard.press('Tab');
  await expect(line(page, 2).getByLabel('Description')).toHaveValue('Something else');
  await expect(line(page, 2).getByLabel('Product')).toHaveValue('');
});

test('what was typed survives a reload', async ({ page }) => {
  await newInvoice(page);
  await line(page, 1).getByLabel('Description').fill('Kept by itself');
  await page.waitForURL(/invoices\/(?!new)/);
  // Not waited for: leaving saves what was just typed.
  await line(page, 1).getByLabel('Unit price').fill('12.34');
  await page.reload();
  await expect(line(page, 1).getByLabel('Description')).toHaveValue('Kept by itself');
  await expect(line(page, 1).getByLabel('Unit price')).toHaveValue('12.34');
});

test('leaving right after typing keeps everything', async ({ page }) => {
  await newInvoice(page);
  await line(page, 1).getByLabel('Description').fill('Typed in haste');
  await page.getByRole('link', { name: 'Clients' }).click();
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('row', { name: /Draft/ }).click();
  await expect(line(page, 1).getByLabel('Description')).toHaveValue('Typed in haste');
});

test('what blocks finalising stands beside its field', async ({ page }) => {
  await newInvoice(page);
  await page.getByRole('button', { name: 'Finalise' }).click();
  await expect(page.getByLabel('Client')).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('Client: Fill this in.');
  await page.keyboard.type('Acme Ltd');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Client')).toHaveValue('Acme Ltd');
  // The name stands in the field before the client behind it is found.
  await expect(page.getByRole('heading', { name: 'Draft for Acme Ltd' })).toBeVisible();
  await line(page, 1).getByLabel('Unit price').fill('5');
  await page.getByRole('button', { name: 'Finalise' }).click();
  await expect(line(page, 1).getByLabel('Description')).toBeFocused();
  await expect(line(page, 1)).toContainText('Fill this in.');
  await page.keyboard.type('Advice');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a due date chosen by hand no longer follows the terms', async ({ page }) => {
  await newInvoice(page);
  await page.getByLabel('Issue date').fill('1/3/2026');
  await page.getByLabel('Issue date').press('Tab');
  await expect(page.getByLabel('Due date')).toHaveValue('31 Mar 2026');
  await page.getByLabel('Due date').fill('15/4/2026');
  await page.getByLabel('Due date').press('Tab');
  await expect(page.getByRole('combobox', { name: 'Payment terms' })).toHaveValue('Chosen date');
  await page.getByLabel('Issue date').fill('2/3/2026');
  await page.getByLabel('Issue date').press('Tab');
  await expect(page.getByLabel('Due date')).toHaveValue('15 Apr 2026');
});

test('typing in one of three hundred lines draws no other line again', async ({ page }) => {
  // Three hundred lines and the pages of their preview.
  test.slow();
  await newInvoice(page);
  await line(page, 1).getByLabel('Description').focus();
  const rows = Array.from({ length: 300 }, (_, index) => `Item ${index + 1}\t2\t10.00`);
  await paste(page, rows.join('\n'));
  await expect(line(page, 300).getByLabel('Description')).toHaveValue('Item 300');
  await expect(page.getByTestId('document-total')).toContainText('7,200.00');
  await line(page, 150).getByLabel('Quantity').focus();
  await page.evaluate(() => {
    const touched = new Set<string>();
    Object.assign(window, { touched });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const row = element?.closest<HTMLElement>('[role="row"]');
        if (row) touched.add(row.getAttribute('aria-label') ?? 'header');
      }
    }).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
  await page.keyboard.type('7');
  await expect(page.getByTestId('document-total')).toContainText('7,260.00');
  const touched = await page.evaluate(() => [
    ...(window as never as { touched: Set<string> }).touched,
  ]);
  expect(touched).toEqual(['Line 150']);
});

test('the editor is accessible and looks right', async ({ page }) => {
  // Eight pictures besides the work itself.
  test.slow();
  await newInvoice(page);
  await page.keyboard.type('Acme Ltd');
  await page.keyboard.press('Tab');
  await line(page, 1).getByLabel('Description').fill('Bookkeeping in November');
  await line(page, 1).getByLabel('Unit price').fill('80');
  await saved(page);
  await expect(page.getByTestId('pdf-pages').locator('canvas')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'invoice-editor');
  await page.getByRole('button', { name: 'Finalise' }).click();
  await expect(page.getByRole('dialog')).toContainText('cannot be edited afterwards');
  await expectAccessible(page);
  await takePictures(page, 'invoice-finalise');
});

test('a draft follows what another window makes of it', async ({ page, api }) => {
  await newInvoice(page);
  await line(page, 1).getByLabel('Description').fill('Written here');
  await saved(page);
  const { rows } = await api('invoices.list', {});
  const uid = rows[0]?.uid ?? '';
  const { invoice } = await api('invoices.get', { uid });
  await api('invoices.updateDraft', {
    uid,
    content: { ...invoice.content, buyerReference: 'Written elsewhere' },
  });
  await expect(page.getByLabel('Buyer reference')).toHaveValue('Written elsewhere');
  await expect(line(page, 1).getByLabel('Description')).toHaveValue('Written here');
});

/** The only draft, and how another window changes it. */
async function onlyDraft(api: Api) {
  const { rows } = await api('invoices.list', {});
  const uid = rows[0]?.uid ?? '';
  const read = async () => (await api('invoices.get', { uid })).invoice.content;
  return {
    read,
    change: async (change: Partial<Awaited<ReturnType<typeof read>>>) => {
      const base = await read();
      await api('invoices.updateDraft', { uid, content: { ...base, ...change }, base });
    },
  };
}

test('R72 a change from elsewhere leaves the line that is being started, its focus and the steps back', async ({
  page,
  api,
}) => {
  await newInvoice(page);
  await line(page, 1).getByLabel('Description').fill('Written here');
  await saved(page);
  await page.getByLabel('Buyer reference').fill('PO ');
  await saved(page);
  await page.getByRole('button', { name: 'Add line' }).click();
  await line(page, 2).getByLabel('Description').focus();
  const { change } = await onlyDraft(api);
  await change({ notes: 'Written elsewhere' });
  await expect(page.getByLabel('Notes')).toHaveValue('Written elsewhere');
  await expect(line(page, 2).getByLabel('Description')).toBeFocused();
  await expect(page.getByLabel('Buyer reference')).toHaveValue('PO ');
  await page.keyboard.type('Travel');
  await saved(page);
  await page.keyboard.press('Control+z');
  await expect(line(page, 2).getByLabel('Description')).toHaveValue('');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByLabel('Buyer reference')).toHaveValue('');
  await expect(page.getByLabel('Notes')).toHaveValue('Written elsewhere');
});

test('R31 what is typed over a change from elsewhere is one conflict, and the draft goes on', async ({
  page,
  api,
}) => {
  await newInvoice(page);
  await page.getByLabel('Client').fill('Acme');
  await page.getByRole('option', { name: /Acme Ltd/ }).click();
  await line(page, 1).getByLabel('Description').fill('Work');
  await line(page, 1).getByLabel('Unit price').fill('100');
  const notes = page.getByLabel('Notes');
  await notes.fill('Mine');
  await saved(page);
  const { change, read } = await onlyDraft(api);
  await change({ notes: 'Theirs', buyerReference: 'PO 7' });
  await expect(page.getByLabel('Buyer reference')).toHaveValue('PO 7');
  await expect(notes).toHaveValue('Mine');
  await expect(notes).toBeFocused();
  for (const words of [' and', ' more']) {
    await page.keyboard.press('End');
    await page.keyboard.type(words);
    await saved(page);
    await expect(page.getByRole('link', { name: 'Needs attention (1)' })).toBeVisible();
    await expect(notes).toBeFocused();
  }
  await expect(notes).toHaveValue('Mine and more');
  expect((await read()).notes).toBe('Theirs');

  // Once the field is left, the draft is shown as it is, and can be finalised.
  await notes.press('Shift+Tab');
  await expect(notes).toHaveValue('Theirs');
  const { conflicts } = await api('sync.attention', {});
  expect(conflicts.map(({ fields }) => fields)).toEqual([
    [{ path: 'notes', base: 'Mine', mine: 'Mine and more', theirs: 'Theirs' }],
  ]);
  await page.getByRole('button', { name: 'Finalise' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Finalise' }).click();
  await expect.poll(async () => (await api('invoices.list', {})).rows[0]?.number).toBeTruthy();
});
