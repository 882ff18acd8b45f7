import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { ScratchDatabase } from '../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../kit/testing/scratch-database';
import { listInvoices, listInvoicesAgain, listItems } from './db/invoice-list';
import { findItems } from './db/invoice-repository';
import { invoiceItems } from './db/schema';
import { withItems } from './db/whole-invoices';
import type { ScratchContext } from './testing/scratch-context';
import { createScratchContext, createTenant, makeInvoice, must } from './testing/scratch-context';
import { changeInvoice, deleteInvoice } from './use-cases/change-invoice';

const line = (price: number, description = 'Work') => ({
  description,
  quantity: 1,
  unit_price: price,
});

let scratch: ScratchDatabase;
let context: ScratchContext;
let tenant: BusinessUid;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database, 'invoices');
  context = createScratchContext(scratch, '2026-11-22T10:00:00Z');
  tenant = await createTenant(context);
});

afterAll(() => scratch.drop());

/** Reads the page of all documents, with something that happens between its heads and its lines. */
async function readAround(between: () => Promise<unknown>) {
  const today = await context.directory.today(tenant);
  const filter = { after: 0, limit: 100, status: undefined, clientId: undefined };
  const rows = await listInvoices(scratch.db, tenant, filter, today);
  let isOver = false;
  const { whole } = await withItems(scratch.db, tenant, rows, {
    heads: (ids) => listInvoicesAgain(scratch.db, tenant, ids),
    async items(ids) {
      if (!isOver) await between();
      isOver = true;
      return listItems(scratch.db, tenant, ids);
    },
  });
  return whole;
}

it('reads a draft whole that is edited while it is read, and none that is deleted', async () => {
  const edited = await makeInvoice(context, tenant, { status: 'draft', items: [line(100)] });
  const deleted = await makeInvoice(context, tenant, { status: 'draft', items: [line(1)] });
  const final = await makeInvoice(context, tenant, { items: [line(7)] });
  const found = await readAround(async () => {
    const items = [line(20), line(30)];
    must(await changeInvoice(context, tenant, edited.id, { items }, null));
    must(await deleteInvoice(context, tenant, deleted.id, null));
  });
  expect(
    found.map(({ invoice, items }) => [
      invoice.id,
      invoice.total,
      items.map((item) => Number(item.total)),
    ]),
  ).toEqual([
    [edited.id, 5_000, [2_000, 3_000]],
    [final.id, 700, [700]],
  ]);
});

it('keeps which order line each of two lines of the same name stands for', async () => {
  const draft = await makeInvoice(context, tenant, {
    status: 'draft',
    items: [line(10), line(20)],
  });
  await scratch.db.transaction(async (transaction) => {
    const items = await findItems(transaction, tenant, [draft.id]);
    for (const [index, item] of items.entries()) {
      await transaction
        .update(invoiceItems)
        .set({ orderItemId: 41 + index })
        .where(and(eq(invoiceItems.tenant, tenant), eq(invoiceItems.id, item.id)));
    }
  });
  const items = [line(11), line(20), line(5)];
  must(await changeInvoice(context, tenant, draft.id, { items }, null));
  const after = await findItems(scratch.db, tenant, [draft.id]);
  expect(after.map((item) => item.orderItemId)).toEqual([41, 42, null]);
});
