import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';

import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent } from '../../../../src/shared/domain/invoice';
import type { LineItem } from '../../../../src/shared/domain/line-item';
import type { Totals } from '../../../../src/shared/domain/totals';
import type { Database, Transaction } from '../../../kit/database/database';
import type { OrderLineKey } from '../domain/order-lines';
import { itemRowsOf } from './bulk';
import { noteInvoice, noteLines } from './changes';
import type { InvoiceRow, ItemRow, NewInvoice, ShownInvoice } from './rows';
import { invoiceItems, invoices } from './schema';

type Scope = Database | Transaction;

/** Whether REST shows a document. */
export function isShown(invoice: InvoiceRow | null): invoice is ShownInvoice {
  return invoice !== null && invoice.deletedAt === null && invoice.clientId !== null;
}

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
  const inserted = { ...invoice, id: insertId };
  noteInvoice(transaction, inserted);
  return inserted;
}

/** What devices are not told: they derive it, or know nothing of it. */
const NOT_TOLD: ReadonlySet<string> = new Set<keyof InvoiceRow>([
  'clientId',
  'orderId',
  'orderNumber',
  'correctsId',
  'numberClash',
  'paid',
  'credited',
  'deliveryState',
  'deliverySendUid',
  'deliveryAttempt',
  'deliveryReason',
  'deliveryAt',
  'sentAt',
  'reminderStep',
  'overdueNotedOn',
]);

/** Changes an invoice that `lockInvoice` holds; its revision rises with every change. */
export async function saveInvoice(
  transaction: Transaction,
  invoice: InvoiceRow,
  change: Partial<Omit<InvoiceRow, 'tenant' | 'id' | 'uid' | 'revision' | 'updatedAt'>>,
  now: Date,
): Promise<InvoiceRow> {
  const changed = { ...change, revision: invoice.revision + 1, updatedAt: now };
  await transaction.update(invoices).set(changed).where(isInvoice(invoice.tenant, invoice.id));
  const saved = { ...invoice, ...changed };
  if (Object.keys(change).some((column) => !NOT_TOLD.has(column))) noteInvoice(transaction, saved);
  return saved;
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
    readonly orderLines: readonly (OrderLineKey | null)[];
  },
): Promise<void> {
  const { lines, totals, orderLines } = document;
  await transaction
    .delete(invoiceItems)
    .where(and(eq(invoiceItems.tenant, tenant), eq(invoiceItems.invoiceId, invoiceId)));
  await insertItems(transaction, tenant, invoiceId, { lines, totals, orderLines });
}

export async function insertItems(
  transaction: Transaction,
  tenant: BusinessUid,
  invoiceId: number,
  document: {
    readonly lines: readonly LineItem[];
    readonly totals: Totals;
    readonly orderLines: readonly (OrderLineKey | null)[];
  },
): Promise<void> {
  const { lines, totals, orderLines } = document;
  noteLines(transaction, tenant, invoiceId, lines);
  const rows = itemRowsOf(tenant, { invoiceId, lines, totals, orderLines });
  if (rows.length > 0) await transaction.insert(invoiceItems).values([...rows]);
}

/** A document's content, put together again from its head and its lines. */
export function contentOf(invoice: InvoiceRow, items: readonly ItemRow[]): DocumentContent {
  return { ...invoice.head, lines: items.map(lineOf) };
}

export function lineOf(item: ItemRow): LineItem {
  return {
    uid: item.lineUid,
    productUid: item.productUid,
    description: item.description,
    unit: item.unit,
    quantity: item.quantity,
    unitPrice: item.unitPrice,
    discount: item.discount,
    tax: item.tax,
    sourceLineUid: item.sourceLineUid,
  };
}

/** Finalised credit notes that correct an invoice. */
export async function findCreditNotes(
  scope: Scope,
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
): Promise<readonly InvoiceRow[]> {
  return scope
    .select()
    .from(invoices)
    .where(
      and(
        eq(invoices.tenant, tenant),
        eq(invoices.correctsUid, invoiceUid),
        isNotNull(invoices.finalisedAt),
        isNull(invoices.deletedAt),
      ),
    )
    .orderBy(asc(invoices.id));
}

function isInvoice(tenant: BusinessUid, id: number) {
  return and(eq(invoices.tenant, tenant), eq(invoices.id, id));
}
