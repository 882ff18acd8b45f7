import type { Page } from '@playwright/test';

import { businessInput } from '../../src/shared/domain/business';
import { clientInput } from '../../src/shared/domain/client';
import { productInput } from '../../src/shared/domain/product';
import { expectAccessible } from './support/accessible';
import type { Api } from './support/api';
import { expect, test } from './support/app';
import { addClient, addDraft, lineOf, openBooks, usualTax } from './support/books';

/** Two windows write in one record: the second saves over what it has not seen. */
async function twice(write: (notes: string) => Promise<unknown>): Promise<void> {
  await write('Theirs');
  await write('Mine');
}

/** A record of each kind whose notes, or name, two windows have changed; answers their pages. */
async function addConflicts(api: Api) {
  const client = await addClient(api, 'Acme Ltd');
  const base = clientInput.parse(client);
  await twice((notes) =>
    api('clients.update', { uid: client.uid, client: { ...base, notes }, base }),
  );
  const product = productInput.parse({
    code: '',
    name: 'Work',
    unit: 'h',
    unitPrice: 1_000_000,
    currency: 'GBP',
    taxCodeUid: null,
  });
  const { uid: productUid } = await api('products.create', { product });
  await twice((name) =>
    api('products.update', { uid: productUid, product: { ...product, name }, base: product }),
  );
  const line = lineOf(await usualTax(api), 'Consulting', 1, 1_000_000);
  const { uid, content } = await addDraft(api, client, [line]);
  await twice((notes) =>
    api('invoices.updateDraft', { uid, content: { ...content, notes }, base: content }),
  );
  const order = await api('orders.create', {
    content: {
      clientUid: client.uid,
      currency: content.currency,
      orderDate: content.issueDate,
      buyerReference: '',
      notes: '',
      pricesIncludeTax: false,
      discount: null,
      lines: [line],
    },
  });
  await twice((notes) =>
    api('orders.update', {
      uid: order.uid,
      content: { ...order.content, notes },
      base: order.content,
    }),
  );
  const business = businessInput.parse(await api('businesses.get', {}));
  await twice((notes) =>
    api('businesses.update', { business: { ...business, notes }, base: business }),
  );
  return {
    client: `/clients/${client.uid}`,
    product: `/products/${productUid}`,
    draft: `/invoices/${uid}`,
    order: `/orders/${order.uid}`,
    settings: '/settings/documents',
  };
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, path);
}

test('R31 a record that was changed twice says so, and leads to the choice', async ({
  page,
  api,
}) => {
  await openBooks(api);
  const pages = await addConflicts(api);
  for (const [kind, path] of Object.entries(pages)) {
    await goTo(page, path);
    const words = kind === 'product' ? 'Two versions of name:' : 'Two versions of notes:';
    const note = page.getByRole('status').filter({ hasText: words });
    await expect(note, kind).toBeVisible();
    await expectAccessible(page);
    await note.getByRole('link', { name: 'choose' }).click();
    const card = page.getByRole('article').and(page.locator(':focus'));
    await expect(card, kind).toBeVisible();
  }

  // What is about other fields is told on the page that has them.
  await goTo(page, '/settings/business');
  await expect(page.getByRole('heading', { name: 'Business' })).toBeVisible();
  await expect(page.getByText('Two versions of')).toBeHidden();

  // It is gone once somebody has chosen.
  await goTo(page, pages.client);
  await page.getByRole('link', { name: 'choose' }).click();
  const card = page.getByRole('article', { name: 'Acme Ltd' }).filter({ hasText: 'Client' });
  await card.getByRole('button', { name: 'Keep all mine' }).click();
  await goTo(page, pages.client);
  await expect(page.getByRole('heading', { name: 'Acme Ltd' })).toBeVisible();
  await expect(page.getByText('Two versions of')).toBeHidden();
});

test('R37 a choice that became stale is dropped, and what is there now is shown', async ({
  page,
  api,
}) => {
  await openBooks(api);
  const client = await addClient(api, 'Acme Ltd');
  const base = clientInput.parse(client);
  const write = (own: Partial<typeof base>, on: Partial<typeof base> = {}) =>
    api('clients.update', {
      uid: client.uid,
      client: { ...base, ...on, ...own },
      base: { ...base, ...on },
    });
  await write({ notes: 'Theirs', phone: '1' });
  await write({ notes: 'Mine', phone: '2' });
  await goTo(page, '/cloud');
  const card = page.getByRole('article', { name: 'Acme Ltd' });
  const choice = (field: string, side: string) =>
    card.getByRole('radiogroup', { name: `Choice for ${field}` }).getByText(side);
  await choice('notes', 'Keep mine').click();
  await choice('phone', 'Keep mine').click();
  const [seen] = (await api('sync.attention', {})).conflicts;
  await write({ notes: 'Third' }, { notes: 'Theirs', phone: '1' });
  await expect(card.getByRole('alert')).toContainText(
    'Changed elsewhere since it was shown here: notes.',
  );
  await expect(card.getByRole('cell', { name: 'Third' })).toBeVisible();
  const apply = card.getByRole('button', { name: 'Apply choices' });
  await expect(apply).toBeDisabled();
  await expectAccessible(page);

  // Nor does the core take what was chosen between other values.
  const decisions = (seen?.fields ?? []).map((field) => ({ ...field, keep: 'mine' as const }));
  const blind = await api.result('sync.resolve', { id: seen?.id ?? 0, decisions });
  expect(blind).toMatchObject({
    error: { issues: [{ field: 'notes', code: 'changed_since_shown' }] },
  });

  await choice('notes', 'Keep theirs').click();
  await expect(card.getByRole('alert')).toBeHidden();
  await apply.click();
  await expect(card).toBeHidden();
  expect(await api('clients.get', { uid: client.uid })).toMatchObject({
    notes: 'Third',
    phone: '2',
  });
});
