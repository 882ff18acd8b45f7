import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';

import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent } from '../../../../src/shared/domain/invoice';
import type { LineItem } from '../../../../src/shared/domain/line-item';
import type { Totals } from '../../../../src/shared/domain/totals';
import type { Database, Transaction } from '../../../kit/database/database';
import { invoiceItems, invoices } from './schema';

/** An invoice or credit note without its lines. */
export type InvoiceRow = Omit<typeof invoices.$inferSelect, 'isOpen'>;
export type ItemRow = typeof invoiceItems.$inferSelect;
/** What a new row says; the id is the database's. */
export type NewInvoice = Omit<InvoiceRow, 'id'>;

type Scope = Database | Transaction;

/** An invoice of the tenant, deleted ones included. */
export async function findInvoice(
  scope: Scope,
  tenant: BusinessUid,
  id: number,
): Promise<InvoiceRow | null> {
  const [row] = await scope.select().from(invoices).where(isInvoice(tenant, id));
  return row ?? null;
}

export async function findInvoiceByUid(
  scope: Scope,
  tenant: BusinessUid,
  uid: InvoiceUid,
): Promise<InvoiceRow | null> {
  const [row] = await scope
    .select()
    .from(invoices)
    .where(and(eq(invoices.tenant, tenant), eq(invoices.uid, uid)));
  return row ?? null;
}

/** The same, held until the transaction ends: every change of an invoice begins with this. */
export async function lockInvoice(
  transaction: Transaction,
  tenant: BusinessUid,
  id: number,
): Promise<InvoiceRow | null> {
  const [row] = await transaction
    .select()
    .from(invoices)
    .where(isInvoice(tenant, id))
    .for('update');
  return row ?? null;
}

export async function lockInvoiceByUid(
  transaction: Transaction,
  tenant: BusinessUid,
  uid: InvoiceUid,
): Promise<InvoiceRow | null> {
  const [row] = await transaction
    .select()
    .from(invoices)
    .where(and(eq(invoices.tenant, tenant), eq(invoices.uid, uid)))
    .for('update');
  return row ?? null;
}

export async function insertInvoice(
  transaction: Transaction,
  invoice: NewInvoice,
): Promise<InvoiceRow> {
  const [{ insertId }] = await transaction.insert(invoices).values(invoice);
  return { ...invoice, id: insertId };
}

/** Changes an invoice that `lockInvoice` holds; its revision rises with every change. */
export async function saveInvoice(
  transaction: Transaction,
  invoice: InvoiceRow,
  change: Partial<Omit<InvoiceRow, 'tenant' | 'id' | 'uid' | 'revision' | 'updatedAt'>>,
  now: Date,
): Promise<InvoiceRow> {
  const changed = { ...change, revision: invoice.revision + 1, updatedAt: now };
  await transaction.update(invoices).set(changed).where(isInvoice(invoice.tenant, invoice.id));
  return { ...invoice, ...changed };
}

/** The lines of documents, each document's in order. */
export async function findItems(
  scope: Scope,
  tenant: BusinessUid,
  invoiceIds: readonly number[],
): Promise<readonly ItemRow[]> {
  if (invoiceIds.length === 0) return [];
  return scope
    .select()
    .from(invoiceItems)
    .where(and(eq(invoiceItems.tenant, tenant), inArray(invoiceItems.invoiceId, [...invoiceIds])))
    .orderBy(asc(invoiceItems.invoiceId), asc(invoiceItems.position));
}

/** Puts the lines of a document in the place of those that it had. */
export async function replaceItems(
  transaction: Transaction,
  tenant: BusinessUid,
  invoiceId: number,
  document: {
    readonly lines: readonly LineItem[];
    readonly totals: Totals;
    readonly orderItemIds: readonly (number | null)[];
  },
): Promise<void> {
  const { lines, totals, orderItemIds } = document;
  await transaction
    .delete(invoiceItems)
    .where(and(eq(invoiceItems.tenant, tenant), eq(invoiceItems.invoiceId, invoiceId)));
  await insertItems(transaction, tenant, invoiceId, { lines, totals, orderItemIds });
}

export async function insertItems(
  transaction: Transaction,
  tenant: BusinessUid,
  invoiceId: number,
  document: {
    readonly lines: readonly LineItem[];
    readonly totals: Totals;
    readonly orderItemIds: readonly (number | null)[];
  },
): Promise<void> {
  const { lines, totals, orderItemIds } = document;
  const rows = lines.map((line, position) => {
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
      orderItemId: orderItemIds[position] ?? null,
    };
  });
  if (rows.length > 0) await transaction.insert(invoiceItems).values(rows);
}

/** A document's content, put together again from its head and its lines. */
export function contentOf(invoice: InvoiceRow, items: readonly ItemRow[]): DocumentContent {
  return {
    ...invoice.head,
    lines: items.map((item) => ({
      uid: item.lineUid,
      productUid: item.productUid,
      description: item.description,
      unit: item.unit,
      quantity: item.quantity,
      unitPrice: item.unitPrice,
      discount: item.discount,
      tax: item.tax,
      sourceLineUid: item.sourceLineUid,
    })),
  };
}

/** Finalised credit notes that correct an invoice. */
export async function findCreditNotes(
  scope: Scope,
  tenant: BusinessUid,
  invoiceId: number,
): Promise<readonly InvoiceRow[]> {
  return scope
    .select()
    .from(invoices)
    .where(
      and(
        eq(invoices.tenant, tenant),
        eq(invoices.correctsId, invoiceId),
        isNotNull(invoices.finalisedAt),
        isNull(invoices.deletedAt),
      ),
    )
    .orderBy(asc(invoices.id));
}

function isInvoice(tenant: BusinessUid, id: number) {
  return and(eq(invoices.tenant, tenant), eq(invoices.id, id));
}
