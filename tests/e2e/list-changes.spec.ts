import type { Locator, Page } from '@playwright/test';

import { clientInput, type Client } from '../../src/shared/domain/client';
import type { Api } from './support/api';
import { expect, test } from './support/app';
import { addClient } from './support/books';
import { createBusiness } from './support/business';
import { activeRow, goDeep, rowsInSight, untilCounted } from './support/grid';
import { takePicture, takePictures } from './support/screens';

const COUNT = 300;
/** Marks the choice that Enter would take. */
const SELECTED = 'data-combobox-selected';

interface OpenList {
  readonly grid: Locator;
  readonly clients: readonly Client[];
}

/** A list of clients named "Client 000" and on, changed by the test as if from elsewhere. */
async function openList(api: Api, page: Page, count = COUNT): Promise<OpenList> {
  await createBusiness(api);
  const clients: Client[] = [];
  for (let at = 0; at < count; at += 1) {
    clients.push(await addClient(api, `Client ${String(at).padStart(3, '0')}`));
  }
  await page.reload();
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Clients' });
  await untilCounted(grid, count);
  return { grid, clients };
}

async function rename(api: Api, client: Client, name: string): Promise<void> {
  await api('clients.update', {
    uid: client.uid,
    client: { ...clientInput.parse(client), name },
  });
}

function named(clients: readonly Client[], name: string): Client {
  const client = clients.find((candidate) => candidate.name === name);
  if (client === undefined) throw new Error(`there is no ${name}`);
  return client;
}

test('R72 rows that come and go above leave those in sight, and Enter, where they are', async ({
  api,
  page,
}) => {
  const { grid, clients } = await openList(api, page);
  const active = await goDeep(grid);
  const before = await rowsInSight(grid);
  for (const name of ['Client 010 a', 'Client 010 b', 'Able Ltd']) await addClient(api, name);
  await untilCounted(grid, COUNT + 3);
  expect(await rowsInSight(grid)).toEqual(before);
  for (const at of [1, 2, 12, 20, 21]) {
    await api('clients.delete', {
      uid: named(clients, `Client 0${String(at).padStart(2, '0')}`).uid,
    });
  }
  await untilCounted(grid, COUNT - 2);
  expect(await rowsInSight(grid)).toEqual(before);
  expect(await activeRow(grid)).toBe(active);
  await expect(grid).toBeFocused();
  await takePicture(page, 'list-after-changes-above');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: active })).toBeVisible();

  // What came while the list was left moves nothing either.
  await addClient(api, 'Adept Ltd');
  await page.goBack();
  await untilCounted(grid, COUNT - 1);
  expect(await rowsInSight(grid)).toEqual(before);
  expect(await activeRow(grid)).toBe(active);
});

test('R72 the active row takes Enter along when it gets another name and place', async ({
  api,
  page,
}) => {
  const { grid, clients } = await openList(api, page);
  const active = await goDeep(grid);
  const before = await rowsInSight(grid);
  await rename(api, named(clients, active), 'Client 001 a');
  await expect(grid.getByText(active, { exact: true })).toBeHidden();
  await page.waitForTimeout(300);
  // The rows above its place are where they were, the rows below have closed up, or the reverse.
  const after = await rowsInSight(grid);
  const kept = before.filter((row) =>
    after.some(({ name, top }) => name === row.name && top === row.top),
  );
  expect(kept.length).toBeGreaterThanOrEqual(before.length / 2);
  expect(await activeRow(grid)).toBe('Client 001 a');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Client 001 a' })).toBeVisible();
});

test('R72 a row that moves across what is seen moves none of it', async ({ api, page }) => {
  const { grid, clients } = await openList(api, page);
  const active = await goDeep(grid);
  const before = await rowsInSight(grid);
  const [first] = before;
  await rename(api, named(clients, 'Client 003'), 'Client 290 a');
  await untilCounted(grid, COUNT);
  expect(await rowsInSight(grid)).toEqual(before);
  // The first one in sight goes: what is below stays.
  await rename(api, named(clients, first?.name ?? ''), 'Client 290 b');
  await expect(grid.getByText(first?.name ?? '', { exact: true })).toBeHidden();
  await page.waitForTimeout(300);
  expect((await rowsInSight(grid)).slice(-before.length + 2)).toEqual(before.slice(2));
  await rename(api, named(clients, 'Client 280'), 'Client 002 a');
  await page.waitForTimeout(500);
  expect((await rowsInSight(grid)).slice(-before.length + 2)).toEqual(before.slice(2));
  expect(await activeRow(grid)).toBe(active);
});

test('R72 when the active row goes, no other takes its Enter, and the arrows go on from there', async ({
  api,
  page,
}) => {
  const { grid, clients } = await openList(api, page, 60);
  const active = await goDeep(grid);
  const names = (await rowsInSight(grid)).map(({ name }) => name);
  const next = names[names.indexOf(active) + 1] ?? '';
  await api('clients.delete', { uid: named(clients, active).uid });
  await untilCounted(grid, 59);
  expect(await activeRow(grid)).toBeNull();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await expect(grid).toBeFocused();
  await page.keyboard.press('ArrowDown');
  expect(await activeRow(grid)).toBe(next);
});

test('R72 new rows show at the top of a list that is only looked at, and wait above one in use', async ({
  api,
  page,
}) => {
  const { grid } = await openList(api, page, 60);
  await addClient(api, 'Able Ltd');
  await expect(grid.getByText('Able Ltd')).toBeInViewport();
  const [first] = await rowsInSight(grid);
  expect(first?.name).toBe('Able Ltd');
  const above = page.getByRole('button', { name: 'New rows above' });
  await expect(above).toBeHidden();

  await grid.focus();
  await page.keyboard.press('ArrowDown');
  const before = await rowsInSight(grid);
  await addClient(api, 'Aardvark Ltd');
  await expect(above).toBeVisible();
  expect(await rowsInSight(grid)).toEqual(before);
  expect(await activeRow(grid)).toBe('Able Ltd');
  await takePictures(page, 'list-new-above');
  await above.click();
  await expect(grid.getByText('Aardvark Ltd')).toBeInViewport();
  await expect(above).toBeHidden();
  await expect(grid).toBeFocused();
});

test('R72 a list shorter than its window holds a row in use as well', async ({ api, page }) => {
  const { grid, clients } = await openList(api, page, 5);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  const before = await rowsInSight(grid);
  await addClient(api, 'Able Ltd');
  const above = page.getByRole('button', { name: 'New rows above' });
  await expect(above).toBeVisible();
  expect(await rowsInSight(grid)).toEqual(before);
  expect(await activeRow(grid)).toBe('Client 000');
  await above.click();
  await expect(above).toBeHidden();
  expect((await rowsInSight(grid)).map(({ name }) => name)).toEqual([
    'Able Ltd',
    ...clients.map(({ name }) => name),
  ]);
  // There is nothing to scroll to but rows.
  expect(await grid.evaluate((list) => list.scrollHeight - list.clientHeight)).toBe(0);
});

test('R72 what is deleted elsewhere is selected no longer, wherever it is', async ({
  api,
  page,
}) => {
  const { grid, clients } = await openList(api, page);
  await goDeep(grid);
  await page.keyboard.press('Control+a');
  const selected = page.getByText(/^\d+ selected$/u);
  const count = Number((await selected.textContent())?.split(' ')[0]);
  expect(count).toBeGreaterThan(90);
  const gone = named(clients, 'Client 003');
  await api('clients.delete', { uid: gone.uid });
  await expect(selected).toHaveText(`${String(count - 1)} selected`);
  const archive = page.waitForRequest((request) => request.url().includes('/clients.archive'));
  await page.getByRole('button', { name: 'Archive' }).click();
  expect((await archive).postData()).not.toContain(gone.uid);
  await expect(selected).toBeHidden();
  expect((await api('clients.count', { shelf: 'archived' })).count).toBe(count - 1);
});

test('R72 a range goes on from the row it was begun at, and a menu acts on the row it was opened on', async ({
  api,
  page,
}) => {
  const { grid } = await openList(api, page, 60);
  await page.getByRole('checkbox', { name: 'Select Client 005' }).click();
  await addClient(api, 'Able Ltd');
  await untilCounted(grid, 61);
  await page.getByRole('checkbox', { name: 'Select Client 008' }).click({ modifiers: ['Shift'] });
  await expect(page.getByText('4 selected')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Select Client 005' })).toBeChecked();

  await grid.getByText('Client 010').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: /Open/u })).toBeVisible();
  await addClient(api, 'Adept Ltd');
  await untilCounted(grid, 62);
  await page.getByRole('menuitem', { name: /Open/u }).click();
  await expect(page.getByRole('heading', { name: 'Client 010' })).toBeVisible();
});

test('R72 a change is read in few calls, however far one has gone in a list', async ({
  api,
  page,
}) => {
  const { grid } = await openList(api, page, 500);
  await grid.focus();
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(grid.getByText('Client 499')).toBeVisible({ timeout: 500 });
  }).toPass();
  const before = await rowsInSight(grid);
  let reads = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/clients.list')) reads += 1;
  });
  await addClient(api, 'Client 470 a');
  await untilCounted(grid, 501);
  expect(reads).toBeLessThanOrEqual(2);
  expect((await rowsInSight(grid)).at(-1)).toEqual(before.at(-1));
  await page.keyboard.press('Home');
  await expect(grid.getByText('Client 000')).toBeVisible();
});

test('R72 the choices of an open field stay as they are while one chooses', async ({
  api,
  page,
}) => {
  await openList(api, page, 5);
  await page.getByRole('link', { name: 'Invoices', exact: true }).click();
  await page.getByRole('button', { name: 'New invoice' }).click();
  const field = page.getByRole('textbox', { name: 'Client' });
  await field.fill('Client');
  // The newest come first, and the first of them looks chosen.
  await expect(page.getByRole('option', { name: 'Client 004' })).toHaveAttribute(SELECTED, 'true');
  await page.keyboard.press('ArrowDown');
  const chosen = page.getByRole('option', { name: 'Client 003' });
  await expect(chosen).toHaveAttribute(SELECTED, 'true');
  await addClient(api, 'Client 005');
  await page.waitForTimeout(500);
  await expect(chosen).toHaveAttribute(SELECTED, 'true');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('Client 003');
});
