import { expectAccessible } from './support/accessible';
import { expect, test } from './support/app';
import { takePictures } from './support/screens';

test('the welcome suggests what usually holds where the machine stands', async ({ page, api }) => {
  await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('Germany');
  await expect(page.getByRole('combobox', { name: 'Currency' })).toHaveValue(/^EUR/u);
  await expect(page.getByLabel('Business name')).toBeFocused();
  await expectAccessible(page);
  await takePictures(page, 'welcome');

  await page.getByText('I charge tax').click();
  await expect(page.getByLabel('Tax name')).toHaveValue('USt 19 %');
  await expect(page.getByLabel('Rate')).toHaveValue('19');
  await page.getByLabel('Business name').fill('Kontor Nord');
  await page.getByRole('button', { name: 'Start' }).click();

  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  const business = await api('businesses.get', {});
  expect(business).toMatchObject({ name: 'Kontor Nord', currency: 'EUR', formats: 'de-DE' });
  const taxCodes = await api('taxCodes.list', {});
  expect(taxCodes.map((code) => code.rate)).toContain(19_000);
});

test('the welcome can be skipped, and a business stands there all the same', async ({
  page,
  api,
}) => {
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  expect((await api('businesses.get', {})).name).toBe('My business');
});

test('a name left out is asked for beside its field', async ({ page }) => {
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByText('Give it a name.')).toBeVisible();
  await expect(page.getByLabel('Business name')).toBeVisible();
});
