import { expect, test } from './support/app';
import { openBooks } from './support/books';
import { startInBrowserShell } from './support/drivers';
import { childrenOf } from './support/processes';

test('what was typed survives a killed core and a killed shell', async ({
  app,
  api,
  page,
  browser,
}) => {
  const { pid } = app.browserShell!;
  await openBooks(api);
  await page.getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('button', { name: 'New invoice' }).click();
  const saved = page.getByTestId('save-mark');
  await page.getByLabel('Description').fill('Before the crash');
  await expect(saved).toHaveAttribute('data-state', 'saved');

  const [core] = childrenOf(pid);
  process.kill(core!, 'SIGKILL');
  await page.getByLabel('Unit price').fill('77');
  await expect(saved).toHaveAttribute('data-state', 'saved', { timeout: 20_000 });

  await page.context().close();
  process.kill(pid, 'SIGKILL');
  const next = await startInBrowserShell(browser, app.dataDirectory);
  const again = await next.openPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  await again.getByRole('link', { name: 'Invoices' }).click();
  await again.getByRole('row', { name: /Draft/ }).click();
  await expect(again.getByLabel('Description')).toHaveValue('Before the crash');
  await expect(again.getByLabel('Unit price')).toHaveValue('77.00');
  await again.context().close();
  await next.stop();
});
