import type { InvoicesContext } from '../context';
import type { InvoiceRow } from '../db/invoice-repository';
import { findItems } from '../db/invoice-repository';
import { viewOf } from './invoice-view';

/** An invoice as an answer, with its revision. */
export async function answerOf(context: InvoicesContext, invoice: InvoiceRow) {
  const { tenant, id, revision } = invoice;
  const [items, today] = await Promise.all([
    findItems(context.db, tenant, [id]),
    context.directory.today(tenant),
  ]);
  return { body: viewOf(invoice, items, today), revision };
}

/** Who asks for an invoice finds it as long as it is not deleted. */
export function isThere(invoice: InvoiceRow | null): invoice is InvoiceRow {
  return invoice !== null && invoice.deletedAt === null;
}
