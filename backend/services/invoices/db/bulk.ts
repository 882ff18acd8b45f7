import { and, asc, eq, inArray } from 'drizzle-orm';

import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { LineItem } from '../../../../src/shared/domain/line-item';
import type { Totals } from '../../../../src/shared/domain/totals';
import type { Transaction } from '../../../kit/database/database';
import { insertRows } from '../../../kit/database/insert-rows';
import type { OrderLineKey } from '../domain/order-lines';
import type { InvoiceRow, ItemRow, NewInvoice } from './rows';
import { frozenDocuments, invoiceItems, invoices } from './schema';

/** Many rows by few statements, for batches of devices. What devices are told, the caller tells. */

/** Documents by uid, held until the transaction ends: in one order, whoever asks. */
export async function lockInvoicesByUid(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly InvoiceUid[],
): Promise<ReadonlyMap<InvoiceUid, InvoiceRow>> {
  if (uids.length === 0) return new Map();
  const rows = await transaction
    .select()
    .from(invoices)
    .where(and(eq(invoices.tenant, tenant), inArray(invoices.uid, [...new Set(uids)])))
    .orderBy(asc(invoices.uid))
    .for('update');
  return new Map(rows.map((row) => [row.uid, row]));
}

/** Stores new documents; their ids by uid. */
export async function insertInvoices(
  transaction: Transaction,
  tenant: BusinessUid,
  rows: readonly NewInvoice[],
): Promise<ReadonlyMap<InvoiceUid, number>> {
  if (rows.length === 0) return new Map();
  await insertRows(transaction, invoices, rows);
  const uids = rows.map(({ uid }) => uid);
  const ids = await transaction
    .select({ id: invoices.id, uid: invoices.uid })
    .from(invoices)
    .where(and(eq(invoices.tenant, tenant), inArray(invoices.uid, uids)));
  return new Map(ids.map(({ uid, id }) => [uid, id]));
}

/** Overwrites documents that the caller holds, found by their primary key. */
export async function overwriteInvoices(
  transaction: Transaction,
  rows: readonly InvoiceRow[],
): Promise<void> {
  await insertRows(transaction, invoices, rows, { overwriteBut: ['tenant', 'id', 'uid'] });
}

export interface DocumentLines {
  readonly invoiceId: number;
  readonly lines: readonly LineItem[];
  readonly totals: Totals;
  readonly orderLines: readonly (OrderLineKey | null)[];
}

/** Puts lines in the place of those that documents had. */
export async function replaceAllItems(
  transaction: Transaction,
  tenant: BusinessUid,
  documents: readonly DocumentLines[],
  areNew: boolean,
): Promise<void> {
  if (documents.length === 0) return;
  if (!areNew) {
    const ids = documents.map(({ invoiceId }) => invoiceId);
    await transaction
      .delete(invoiceItems)
      .where(and(eq(invoiceItems.tenant, tenant), inArray(invoiceItems.invoiceId, ids)));
  }
  const rows = documents.flatMap((document) => itemRowsOf(tenant, document));
  for (let start = 0; start < rows.length; start += ITEMS_AT_ONCE) {
    await insertRows(transaction, invoiceItems, rows.slice(start, start + ITEMS_AT_ONCE));
  }
}

/** Five hundred documents may have half a million lines. */
const ITEMS_AT_ONCE = 2_000;

export function itemRowsOf(
  tenant: BusinessUid,
  { invoiceId, lines, totals, orderLines }: DocumentLines,
): readonly Omit<ItemRow, 'id'>[] {
  return lines.map((line, position) => {
    const amounts = totals.lines[position];
    if (amounts === undefined) throw new Error('a line without its amounts');
    return {
      tenant,
      invoiceId,
      position,
      lineUid: line.uid,
      description: line.description,
      unit: line.unit,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      total: amounts.total,
      tax: line.tax,
      discount: line.discount,
      productUid: line.productUid,
      sourceLineUid: line.sourceLineUid,
      orderItemId: orderLines[position]?.id ?? null,
      orderLineUid: orderLines[position]?.uid ?? null,
    };
  });
}

/** Keeps the papers of documents; what is finalised decides over what stood there. */
export async function keepPapers(
  transaction: Transaction,
  rows: readonly (typeof frozenDocuments.$inferInsert)[],
): Promise<void> {
  const overwriteBut = ['tenant', 'invoiceUid'] as const;
  await insertRows(transaction, frozenDocuments, rows, { overwriteBut });
}
