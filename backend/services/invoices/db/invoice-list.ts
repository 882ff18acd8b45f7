import {
  and,
  asc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import type { SQL, SQLWrapper } from 'drizzle-orm';

import type { RestInvoiceStatus } from '../../../../src/shared/contracts/rest-v1/invoices';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { TaxSnapshot } from '../../../../src/shared/domain/tax';
import type { Database } from '../../../kit/database/database';
import { MAX_PAGE_LINES } from '../../../kit/http/paging';
import type { ListedInvoice, ListedItem, RawInvoice, RawItem } from './raw-rows';
import { listedInvoice, listedItem } from './raw-rows';
import { UNDELIVERED } from '../domain/rest-status';
import { invoiceItems, invoices } from './schema';

export interface InvoiceFilter {
  /** Goes on after this id. */
  readonly after: number;
  readonly limit: number;
  readonly status: RestInvoiceStatus | undefined;
  readonly clientId: number | undefined;
}

const shownColumns = {
  id: invoices.id,
  uid: invoices.uid,
  kind: invoices.kind,
  revision: invoices.revision,
  clientId: invoices.clientId,
  orderId: invoices.orderId,
  correctsId: invoices.correctsId,
  currency: invoices.currency,
  exchangeRate: invoices.exchangeRate,
  issueDate: invoices.issueDate,
  dueDate: invoices.dueDate,
  buyerReference: invoices.buyerReference,
  notes: invoices.notes,
  net: invoices.net,
  tax: invoices.tax,
  total: invoices.total,
  number: invoices.number,
  finalisedAt: invoices.finalisedAt,
  paid: invoices.paid,
  credited: invoices.credited,
  deliveryState: invoices.deliveryState,
  deliverySendUid: invoices.deliverySendUid,
  deliveryAttempt: invoices.deliveryAttempt,
  deliveryReason: invoices.deliveryReason,
  deliveryAt: invoices.deliveryAt,
  sentAt: invoices.sentAt,
  pdfSha256: invoices.pdfSha256,
  remindersPaused: invoices.remindersPaused,
  createdAt: invoices.createdAt,
  updatedAt: invoices.updatedAt,
};

/**
 * A page of documents that are not deleted, by id: one query. Its rows are read as the driver gives
 * them: mapping hundreds of them column by column costs more than all the rest of the call.
 */
export async function listInvoices(
  db: Database,
  tenant: BusinessUid,
  filter: InvoiceFilter,
  today: CalendarDate,
): Promise<readonly ListedInvoice[]> {
  const query = db
    .select(shownColumns)
    .from(invoices)
    .where(
      and(
        eq(invoices.tenant, tenant),
        gt(invoices.id, filter.after),
        isNull(invoices.deletedAt),
        // Documents of clients that are not known here are none of REST's.
        filter.clientId === undefined
          ? isNotNull(invoices.clientId)
          : eq(invoices.clientId, filter.clientId),
        filter.status === undefined ? undefined : hasStatus(filter.status, today),
      ),
    )
    .orderBy(asc(invoices.id))
    .limit(filter.limit);
  return (await rawRows<RawInvoice>(db, query)).map(listedInvoice);
}

/** Documents of a page read anew, but for those that were deleted meanwhile. */
export async function listInvoicesAgain(
  db: Database,
  tenant: BusinessUid,
  ids: readonly number[],
): Promise<readonly ListedInvoice[]> {
  const query = db
    .select(shownColumns)
    .from(invoices)
    .where(
      and(
        eq(invoices.tenant, tenant),
        inArray(invoices.id, [...ids]),
        isNull(invoices.deletedAt),
        isNotNull(invoices.clientId),
      ),
    );
  return (await rawRows<RawInvoice>(db, query)).map(listedInvoice);
}

/** The lines of a page, each document's in order, and one more than it holds: one query. */
export async function listItems(
  db: Database,
  tenant: BusinessUid,
  ids: readonly number[],
): Promise<readonly ListedItem[]> {
  if (ids.length === 0) return [];
  const query = db
    .select({
      id: invoiceItems.id,
      invoiceId: invoiceItems.invoiceId,
      description: invoiceItems.description,
      quantity: invoiceItems.quantity,
      unitPrice: invoiceItems.unitPrice,
      total: invoiceItems.total,
      unit: invoiceItems.unit,
      tax: invoiceItems.tax,
    })
    .from(invoiceItems)
    // Integers of our own: as text they cost nothing, as parameters a tenth of the call.
    .where(
      and(
        eq(invoiceItems.tenant, tenant),
        sql`${invoiceItems.invoiceId} in (${sql.raw(ids.map(Number).join(','))})`,
      ),
    )
    .orderBy(asc(invoiceItems.invoiceId), asc(invoiceItems.position))
    .limit(MAX_PAGE_LINES + 1);
  // Most lines of a page carry one of a few taxes.
  const taxes = new Map<string, TaxSnapshot>();
  return (await rawRows<RawItem>(db, query)).map((row) => listedItem(row, taxes));
}

async function rawRows<T>(db: Database, query: SQLWrapper): Promise<readonly T[]> {
  const [rows] = await db.execute(query);
  return rows as unknown as readonly T[];
}

/** `restStatusOf` in SQL; a test holds the two together. */
function hasStatus(status: RestInvoiceStatus, today: CalendarDate): SQL | undefined {
  const isFinalised = isNotNull(invoices.finalisedAt);
  const isInvoice = eq(invoices.kind, 'invoice');
  const balance = sql`(${invoices.total} - ${invoices.paid} - ${invoices.credited})`;
  const isPaid = and(isInvoice, sql`${balance} <= 0`);
  const isOpen = or(eq(invoices.kind, 'credit_note'), sql`${balance} > 0`);
  const isLate = and(isInvoice, lt(invoices.dueDate, today));
  const isNotLate = or(eq(invoices.kind, 'credit_note'), gte(invoices.dueDate, today));
  const isUndelivered = and(
    isNull(invoices.sentAt),
    inArray(invoices.deliveryState, [...UNDELIVERED]),
  );
  const isOut = or(
    isNotNull(invoices.sentAt),
    isNull(invoices.deliveryState),
    notInArray(invoices.deliveryState, [...UNDELIVERED]),
  );
  switch (status) {
    case 'draft':
      return or(isNull(invoices.finalisedAt), and(isOpen, isNotLate, isUndelivered));
    case 'sent':
      return and(isFinalised, isOpen, isNotLate, isOut);
    case 'overdue':
      return and(isFinalised, isOpen, isLate);
    case 'paid':
      return and(isFinalised, isPaid);
  }
}
