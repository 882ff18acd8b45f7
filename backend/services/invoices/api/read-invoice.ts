import type { InvoicesContext } from '../context';
import { findInvoice, findItems, isShown } from '../db/invoice-repository';
import type { InvoiceRow } from '../db/rows';
import { withItems } from '../db/whole-invoices';
import { viewOf } from './invoice-view';

/** An invoice as an answer, with its revision. */
export async function answerOf(context: InvoicesContext, invoice: InvoiceRow) {
  if (!isShown(invoice)) throw new Error(`invoice ${invoice.id} is not to be shown`);
  const { db, directory } = context;
  const { tenant, id } = invoice;
  const [found, today] = await Promise.all([
    withItems(db, tenant, [invoice], {
      heads: async () => [await findInvoice(db, tenant, id)].filter(isShown),
      items: (ids) => findItems(db, tenant, ids),
    }),
    directory.today(tenant),
  ]);
  const [whole] = found.whole;
  if (whole === undefined) throw new Error(`invoice ${id} was there and is gone`);
  return { body: viewOf(whole.invoice, whole.items, today), revision: whole.invoice.revision };
}
