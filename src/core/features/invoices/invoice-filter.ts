import type { SQL } from 'drizzle-orm';
import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';

import type { CalendarDate } from '../../../shared/domain/calendar-date';
import type { InvoiceKind, InvoiceStatus } from '../../../shared/domain/invoice';
import { unreachable } from '../../../shared/domain/result';
import { invoices } from '../../replica/schema';
import { MAIL_NEEDS_ATTENTION } from '../sends/send-repository';

/** What lists of invoices are narrowed by. */
export interface InvoiceFilter {
  readonly kind?: InvoiceKind | undefined;
  readonly statuses?: readonly InvoiceStatus[] | undefined;
  readonly clientUid?: string | undefined;
  readonly currency?: string | undefined;
  /** First and last issue date. */
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly mailNeedsAttention?: true | undefined;
}

/**
 * How an index may serve the statuses: `index` leaves the choice to SQLite; `walk` keeps it from
 * collecting and sorting every row of a status, where the index of the sort order (or the
 * client's) reaches the wanted rows sooner; `rare` collects the few rows first.
 */
export type Strategy = 'index' | 'walk' | 'rare';

/** Which filters are set: what a prepared query depends on. Their values are placeholders. */
export interface FilterShape {
  readonly kind: boolean;
  readonly statuses: readonly InvoiceStatus[] | null;
  readonly clientUid: boolean;
  readonly currency: boolean;
  readonly from: boolean;
  readonly to: boolean;
  readonly mail: boolean;
}

export function shapeOf(filter: InvoiceFilter): FilterShape {
  return {
    kind: filter.kind !== undefined,
    // One order, so that the same choice is the same query.
    statuses: filter.statuses === undefined ? null : [...new Set(filter.statuses)].sort(),
    clientUid: filter.clientUid !== undefined,
    currency: filter.currency !== undefined,
    from: filter.from !== undefined,
    to: filter.to !== undefined,
    mail: filter.mailNeedsAttention !== undefined,
  };
}

/** The values of the placeholders in `conditionsOf`. */
export function valuesOf(filter: InvoiceFilter, today: CalendarDate): Record<string, unknown> {
  const { kind, clientUid, currency, from, to } = filter;
  return { kind, clientUid, currency, from, to, today };
}

export function conditionsOf(shape: FilterShape, strategy: Strategy = 'index'): SQL | undefined {
  const conditions = and(
    isNull(invoices.deletedAt),
    // No index begins with these two: the plus tells SQLite, which would otherwise guess from each
    // bound value how many rows it leaves, and plan the query anew for it.
    shape.kind ? sql`+${invoices.kind} = ${sql.placeholder('kind')}` : undefined,
    shape.clientUid ? eq(invoices.clientUid, sql.placeholder('clientUid')) : undefined,
    shape.currency ? sql`+${invoices.currency} = ${sql.placeholder('currency')}` : undefined,
    shape.from ? gte(invoices.issueDate, sql.placeholder('from')) : undefined,
    shape.to ? lte(invoices.issueDate, sql.placeholder('to')) : undefined,
    shape.mail ? sql`${invoices.uid} IN ${MAIL_NEEDS_ATTENTION}` : undefined,
    shape.statuses === null ? undefined : statusCondition(shape.statuses, strategy),
  );
  if (strategy !== 'rare') return conditions;
  // Answered by the covering index on dates alone, or by the uids of the few e-mails.
  return sql`${invoices.id} IN (SELECT ${invoices.id} FROM ${invoices} WHERE ${conditions})`;
}

function statusCondition(statuses: readonly InvoiceStatus[], strategy: Strategy): SQL | undefined {
  if (statuses.length === 0) return sql`0`;
  // A unary plus keeps a column from being looked up in an index.
  const settlement =
    strategy === 'walk' ? sql`+${invoices.settlement}` : sql`${invoices.settlement}`;
  return or(...statuses.map((status) => isStatus(status, settlement)));
}

const today = sql.placeholder('today');

/** The same as `statusOf`, over the stored settlement. */
function isStatus(status: InvoiceStatus, settlement: SQL): SQL | undefined {
  switch (status) {
    case 'draft':
    case 'paid':
    case 'credited':
      return sql`${settlement} = ${sql.raw(`'${status}'`)}`;
    case 'sent':
      return and(
        sql`${settlement} = 'open'`,
        or(eq(invoices.kind, 'credit_note'), gte(invoices.dueDate, today)),
      );
    case 'partly_paid':
      return and(sql`${settlement} = ${sql.raw(`'${status}'`)}`, gte(invoices.dueDate, today));
    case 'overdue':
      // Written as the index on open invoices wants it.
      return sql`(${invoices.balance} > 0 AND ${invoices.dueDate} < ${today})`;
    default:
      return unreachable(status);
  }
}
