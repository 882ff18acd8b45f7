import { expectAccessible } from '../support/accessible';
import { expect } from '../support/app';
import { addClient } from '../support/books';
import { openCloudBooks, test, untilSaved } from '../support/machines';
import { takePictures } from '../support/screens';

const REFUSALS = [
  {
    status: 409,
    code: 'update_required',
    mark: 'Update needed',
    words: 'Install the update to bring your changes to the cloud.',
  },
  {
    status: 403,
    code: 'forbidden',
    mark: 'No access any more',
    words: 'Your account is no longer a member of this business, or may only look at it.',
  },
] as const;

for (const { status, code, mark, words } of REFUSALS) {
  test(`work goes on where the cloud answers ${code}`, async ({ newMachine }) => {
    const machine = await newMachine();
    await openCloudBooks(machine);
    const page = await machine.openPage();
    await machine.network.refuse(status, code);
    await addClient(machine.api, 'Acme Ltd');
    await page.getByRole('link', { name: mark }).click();
    await expect(page.getByText(words)).toBeVisible();
    await takePictures(page, `cloud-${code}`);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Clients' }).click();
    await expect(page.getByText('Acme Ltd')).toBeVisible();

    await machine.network.restore();
    await machine.api('sync.now', {});
    await untilSaved(machine.api);
  });
}
