import { clientInput } from '../../../src/shared/domain/client';
import { expect } from '../support/app';
import { addClient } from '../support/books';
import { joinBooks, openCloudBooks, test, untilSaved } from '../support/machines';

test('two computers share a business, also after one was offline', async ({ newMachine }) => {
  const [one, other] = [await newMachine(), await newMachine()];
  const joined = await openCloudBooks(one);
  const client = await addClient(one.api, 'Acme Ltd', { notes: 'Pays late' });
  await untilSaved(one.api);
  await joinBooks(other, joined);

  // A change appears on the other one by itself.
  const page = await other.openPage();
  await page.getByRole('link', { name: 'Clients' }).click();
  await expect(page.getByText('Acme Ltd')).toBeVisible();
  await addClient(one.api, 'Zenith Ltd');
  await expect(page.getByText('Zenith Ltd')).toBeVisible();

  // Both change the same field while one is offline: nothing is overwritten, both values are shown.
  await other.network.cut();
  const fields = clientInput.parse(client);
  await one.api('clients.update', { uid: client.uid, client: { ...fields, notes: 'Theirs' } });
  await other.api('clients.update', { uid: client.uid, client: { ...fields, notes: 'Mine' } });
  await expect(page.getByText(/Offline since|1 change waiting/u)).toBeVisible({ timeout: 20_000 });
  await untilSaved(one.api);
  await other.network.restore();
  await page.getByText('Needs attention (1)').click({ timeout: 40_000 });
  const conflict = page.getByRole('article', { name: 'Acme Ltd' });
  await expect(conflict.getByRole('cell', { name: 'Mine', exact: true })).toBeVisible();
  await expect(conflict.getByRole('cell', { name: 'Theirs', exact: true })).toBeVisible();
  await conflict.getByRole('button', { name: 'Keep all mine' }).click();
  await untilSaved(other.api);
  await expect
    .poll(async () => (await one.api('clients.get', { uid: client.uid })).notes)
    .toBe('Mine');
});
