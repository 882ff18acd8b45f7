import { clientInput } from '../../../src/shared/domain/client';
import { expect } from '../support/app';
import { addClient } from '../support/books';
import { joinBooks, openCloudBooks, test, untilSaved } from '../support/machines';

test('R72 a change from elsewhere leaves focus, scroll and typing alone', async ({
  newMachine,
}) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  for (let number = 10; number < 90; number += 1) {
    await addClient(one.api, `Client ${String(number)}`);
  }
  const edited = await addClient(one.api, 'Acme Ltd', { notes: 'Pays late' });
  await untilSaved(one.api);
  await joinBooks(other, joined);
  const page = await other.openPage();

  // A list that is scrolled stays where it is, with the focus in the search.
  await page.getByRole('link', { name: 'Clients', exact: true }).click();
  const grid = page.getByRole('grid');
  await expect(page.getByText('Client 15')).toBeVisible();
  await grid.evaluate((element) => element.scrollTo({ top: 900 }));
  await page.getByRole('searchbox').focus();
  const before = await grid.evaluate((element) => element.scrollTop);
  expect(before).toBeGreaterThan(0);
  const names = async () =>
    (await other.api('clients.list', { limit: 200 })).rows.map(({ name }) => name);
  await addClient(one.api, 'Zenith Ltd');
  await expect.poll(names, { timeout: 20_000 }).toContain('Zenith Ltd');
  await page.waitForTimeout(500);
  expect(await grid.evaluate((element) => element.scrollTop)).toBe(before);
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

test('R71 the network that comes back is told by the page, and what waits goes at once', async ({
  newMachine,
}) => {
  const machine = await newMachine();
  await openCloudBooks(machine);
  const page = await machine.openPage();
  await machine.network.cut();
  await addClient(machine.api, 'Acme Ltd');
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
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await untilSaved(machine.api);
  expect(Date.now() - began).toBeLessThan(4_000);
});
