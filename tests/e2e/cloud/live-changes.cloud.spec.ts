import { clientInput, type Client } from '../../../src/shared/domain/client';
import { expect } from '../support/app';
import { addClient } from '../support/books';
import { activeRow, goDeep, rowsInSight, untilCounted } from '../support/grid';
import { joinBooks, openCloudBooks, test, untilSaved } from '../support/machines';
import { takePicture } from '../support/screens';

test('R72 a change from elsewhere leaves focus, scroll and typing alone', async ({
  newMachine,
}) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  const clients = new Map<string, Client>();
  for (let number = 100; number < 220; number += 1) {
    const name = `Client ${String(number)}`;
    clients.set(name, await addClient(one.api, name));
  }
  const change = async (client: Client | undefined, own: Partial<Client>): Promise<void> => {
    if (client === undefined) throw new Error('there is no such client');
    await one.api('clients.update', {
      uid: client.uid,
      client: clientInput.parse({ ...client, ...own }),
    });
  };
  const edited = await addClient(one.api, 'Acme Ltd', { notes: 'Pays late' });
  await untilSaved(one.api);
  await joinBooks(other, joined);
  const page = await other.openPage();

  // The rows in sight stay in their place on the screen while others come, go and move above them
  // and across them.
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Clients' });
  await untilCounted(grid, 121);
  const active = await goDeep(grid);
  const before = await rowsInSight(grid);
  const names = async () =>
    (await other.api('clients.list', { limit: 200 })).rows.map(({ name }) => name);
  const untilThere = async (name: string): Promise<void> => {
    await expect.poll(names, { timeout: 20_000 }).toContain(name);
    await page.waitForTimeout(500);
  };
  await change(clients.get('Client 103'), { name: 'Client 215 a' });
  await one.api('clients.delete', { uid: clients.get('Client 102')?.uid ?? '' });
  await addClient(one.api, 'Client 100 a');
  await addClient(one.api, 'Able Ltd');
  await untilThere('Able Ltd');
  await untilCounted(grid, 122);
  expect(await rowsInSight(grid)).toEqual(before);
  expect(await activeRow(grid)).toBe(active);
  await expect(grid).toBeFocused();
  await takePicture(page, 'list-after-sync');

  // The row the keys are on is renamed and sorts away: Enter opens it, and no other.
  await change(clients.get(active), { name: 'Client 100 b' });
  await untilThere('Client 100 b');
  expect(await activeRow(grid)).toBe('Client 100 b');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Client 100 b' })).toBeVisible();
  await page.goBack();

  // The search keeps the focus.
  await page.getByRole('searchbox').focus();
  await addClient(one.api, 'Zenith Ltd');
  await untilThere('Zenith Ltd');
  await expect(page.getByRole('searchbox')).toBeFocused();

  // A form that is being written in keeps its words and its caret; the fields beside follow.
  await page.getByRole('searchbox').fill('Acme');
  await page.getByText('Acme Ltd').click();
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  const notes = page.getByLabel('Notes');
  await notes.fill('Call before noon');
  await notes.press('Home');
  await one.api('clients.update', {
    uid: edited.uid,
    client: { ...clientInput.parse(edited), phone: '555 0100' },
  });
  const phone = async () => (await other.api('clients.get', { uid: edited.uid })).phone;
  await expect.poll(phone, { timeout: 20_000 }).toBe('555 0100');
  await expect(page.getByLabel('Phone')).toHaveValue('555 0100');
  await expect(notes).toBeFocused();
  await expect(notes).toHaveValue('Call before noon');
  expect(await notes.evaluate((element) => (element as HTMLTextAreaElement).selectionStart)).toBe(
    0,
  );

  // A field that is written in on both sides is told of, and either may stand.
  await one.api('clients.update', {
    uid: edited.uid,
    client: { ...clientInput.parse(edited), phone: '555 0100', notes: 'Pays early' },
  });
  const note = page.getByText('Changed elsewhere while you were typing: Notes');
  await expect(note).toBeVisible({ timeout: 20_000 });
  await expect(notes).toHaveValue('Call before noon');
  await page.getByRole('button', { name: 'Take what is there now' }).click();
  await expect(notes).toHaveValue('Pays early');
  await expect(note).toBeHidden();
  await notes.fill('Call before noon');
  await page.getByRole('button', { name: 'Save' }).click();
  await untilSaved(other.api);
  await expect
    .poll(async () => {
      const { phone: number, notes: words } = await one.api('clients.get', { uid: edited.uid });
      return [number, words];
    })
    .toEqual(['555 0100', 'Call before noon']);
});

test('R71 a change on one machine shows on the open page of another in no time', async ({
  newMachine,
}, info) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  await addClient(one.api, 'Acme Ltd');
  await untilSaved(one.api);
  await joinBooks(other, joined);
  const page = await other.openPage();
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  await expect(page.getByText('Acme Ltd')).toBeVisible();
  const times: number[] = [];
  for (const name of ['Client 1', 'Client 2', 'Client 3', 'Client 4', 'Client 5']) {
    await addClient(one.api, name);
    const saved = performance.now();
    await page.getByText(name).waitFor();
    times.push(Math.round(performance.now() - saved));
    await untilSaved(one.api);
  }
  info.annotations.push({
    type: 'ms until another page shows a change',
    description: times.join(', '),
  });
  const median = times.toSorted((a, b) => a - b)[2];
  // Meant is 2 s (bench/sync/live.ts measures it); a busy machine may take its time.
  expect(median).toBeLessThan(5_000);
});

test('R71 the page tells of the network and of being looked at, and what waits goes at once', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  await openCloudBooks(machine);
  const page = await machine.openPage();
  for (const [name, sign] of [
    ['Acme Ltd', () => window.dispatchEvent(new Event('online'))],
    ['Bright Ltd', () => window.dispatchEvent(new Event('focus'))],
    ['Corner Ltd', () => document.dispatchEvent(new Event('visibilitychange'))],
  ] as const) {
    await machine.network.cut();
    await addClient(machine.api, name);
    await expect
      .poll(
        async () => {
          const { phase, retryAt } = await machine.api('sync.status', {});
          return phase === 'offline' && Date.parse(retryAt ?? '') - Date.now() > 5_000;
        },
        { timeout: 60_000, intervals: [100] },
      )
      .toBe(true);
    await machine.network.restore();
    const began = Date.now();
    await page.evaluate(sign);
    await untilSaved(machine.api);
    expect(Date.now() - began).toBeLessThan(4_000);
  }
});
