import type { Invoice } from '../../src/shared/domain/invoice';
import type { Api } from './support/api';
import { expect, test } from './support/app';
import { addClient, addDraft, openBooks } from './support/books';

/** What is typed here stands against what came from elsewhere. */
async function makeConflict(api: Api, { uid, content: base }: Invoice): Promise<void> {
  await api('invoices.updateDraft', { uid, content: { ...base, notes: 'Theirs' } });
  await api('invoices.updateDraft', { uid, content: { ...base, notes: 'Mine' }, base });
}

test('R72 what needs a person stays where it is read, and the focus is not lost with an item', async ({
  api,
  page,
}) => {
  await openBooks(api);
  const client = await addClient(api, 'Acme Ltd');
  const drafts = [await addDraft(api, client, []), await addDraft(api, client, [])] as const;
  await makeConflict(api, drafts[0]);
  await page.reload();
  await page.getByRole('link', { name: 'Needs attention (1)' }).click();
  const cards = page.getByRole('article');
  await expect(cards).toHaveCount(1);
  const mine = cards.first().getByRole('button', { name: 'Keep all mine' });
  await mine.focus();
  const before = await mine.boundingBox();

  await makeConflict(api, drafts[1]);
  await expect(cards).toHaveCount(2);
  await expect(mine).toBeFocused();
  expect(await mine.boundingBox()).toEqual(before);

  // The same app's other window decides the first one.
  const { conflicts } = await api('sync.attention', {});
  const first = conflicts.find(({ uid }) => uid === drafts[0].uid);
  const decisions = (first?.fields ?? []).map((field) => ({ ...field, keep: 'theirs' as const }));
  await api('sync.resolve', { id: first?.id ?? 0, decisions });
  await expect(cards).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'How things stand' })).toBeFocused();
});
