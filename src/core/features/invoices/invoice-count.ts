import { and, sql } from 'drizzle-orm';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import type { InvoiceStatus } from '../../../shared/domain/invoice';
import { preparedByShape } from '../../listing/pages';
import { invoicesSearch, matchQuery } from '../../listing/search-index';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import type { ReplicaDb } from '../../replica/replica-db';
import { invoices, invoiceSums } from '../../replica/schema';
import type { FilterShape, InvoiceFilter } from './invoice-filter';
import { conditionsOf, shapeOf, valuesOf } from './invoice-filter';

type Counted = MethodOutput<'invoices.count'>;

interface CurrencySum {
  readonly currency: string;
  readonly count: number;
  readonly total: number;
  readonly balance: number;
}

/** How many documents a list has, and what they come to by currency. Reads no rows of invoices. */
export function countInvoices(
  scope: ReadScope,
  filter: InvoiceFilter & { readonly search?: string | undefined },
  today: CalendarDate,
): Counted {
  const text = filter.search?.trim() ?? '';
  if (text !== '') return countFound(scope, filter, text, today);
  const { clientUid, from, to, mailNeedsAttention } = filter;
  const isSummed =
    clientUid === undefined &&
    from === undefined &&
    to === undefined &&
    mailNeedsAttention === undefined;
  if (isSummed) return summed(sumsByStatus(scope, filter.statuses, today), filter);
  const shape = { ...shapeOf(filter), isSearch: false };
  return toCounted(counted(scope.db, shape).all(valuesOf(filter, today)));
}

function countFound(
  scope: ReadScope,
  filter: InvoiceFilter,
  text: string,
  today: CalendarDate,
): Counted {
  const match = matchQuery(scope, 'invoices_search', text);
  if (match === null) return { count: 0, totals: [] };
  const shape = { ...shapeOf(filter), isSearch: true };
  return toCounted(counted(scope.db, shape).all({ ...valuesOf(filter, today), match }));
}

const counted = preparedByShape((db: ReplicaDb, shape: FilterShape & { isSearch: boolean }) => {
  const match = sql`${invoices.id} IN (SELECT rowid FROM ${invoicesSearch} WHERE words MATCH ${sql.placeholder('match')})`;
  return db
    .select({
      currency: invoices.currency,
      count: sql<number>`count(*)`,
      total: sql<number>`sum(${invoices.signedTotal})`,
      balance: sql<number>`sum(${invoices.balance})`,
    })
    .from(invoices)
    .where(and(conditionsOf(shape), shape.isSearch ? match : undefined))
    .groupBy(invoices.currency)
    .orderBy(invoices.currency)
    .prepare();
});

interface StatusSum extends CurrencySum {
  readonly kind: string;
  readonly status: InvoiceStatus;
}

const allSums = prepared((db) => db.select().from(invoiceSums).prepare());

/** The part of the open sums that is overdue: answered by the index on open invoices alone. */
const overdueSums = prepared((db) =>
  db
    .select({
      settlement: invoices.settlement,
      currency: invoices.currency,
      count: sql<number>`count(*)`,
      total: sql<number>`sum(${invoices.signedTotal})`,
      balance: sql<number>`sum(${invoices.balance})`,
    })
    .from(invoices)
    .where(sql`${invoices.balance} > 0 AND ${invoices.dueDate} < ${sql.placeholder('today')}`)
    .groupBy(invoices.settlement, invoices.currency)
    .prepare(),
);

/** Statuses that depend on the day. */
const DATED: readonly InvoiceStatus[] = ['sent', 'partly_paid', 'overdue'];

function sumsByStatus(
  scope: ReadScope,
  wanted: readonly InvoiceStatus[] | undefined,
  today: CalendarDate,
): readonly StatusSum[] {
  const asked = DATED.filter((status) => wanted?.includes(status) ?? true);
  const needsDay = asked.length > 0 && asked.length < DATED.length;
  // All or none of them together are known without looking at the day.
  const overdue = needsDay ? overdueSums(scope.db).all({ today }) : [];
  const rest = allSums(scope.db)
    .all()
    .map((sum): StatusSum => {
      const status = sum.settlement === 'open' ? 'sent' : (sum.settlement as InvoiceStatus);
      const late =
        sum.kind === 'invoice'
          ? overdue.find(
              ({ settlement, currency }) =>
                settlement === sum.settlement && currency === sum.currency,
            )
          : undefined;
      return {
        kind: sum.kind,
        currency: sum.currency,
        status,
        count: sum.count - (late?.count ?? 0),
        total: sum.total - (late?.total ?? 0),
        balance: sum.balance - (late?.balance ?? 0),
      };
    });
  return [
    ...rest,
    ...overdue.map((sum): StatusSum => ({ ...sum, kind: 'invoice', status: 'overdue' })),
  ];
}

function summed(sums: readonly StatusSum[], filter: InvoiceFilter): Counted {
  const wanted = sums.filter(
    ({ kind, status, currency }) =>
      (filter.kind === undefined || kind === filter.kind) &&
      (filter.statuses === undefined || filter.statuses.includes(status)) &&
      (filter.currency === undefined || currency === filter.currency),
  );
  const byCurrency = new Map<string, CurrencySum>();
  for (const { currency, count, total, balance } of wanted) {
    const sum = byCurrency.get(currency) ?? { currency, count: 0, total: 0, balance: 0 };
    byCurrency.set(currency, {
      currency,
      count: sum.count + count,
      total: sum.total + total,
      balance: sum.balance + balance,
    });
  }
  return toCounted([...byCurrency.values()].filter((sum) => sum.count > 0));
}

/** How many documents have this kind, currency and one of these statuses, at most. */
export function countAtMost(scope: ReadScope, filter: InvoiceFilter): number {
  const settlements = filter.statuses?.flatMap((status) =>
    status === 'sent' ? ['open'] : status === 'overdue' ? ['open', 'partly_paid'] : [status],
  );
  return allSums(scope.db)
    .all()
    .filter(
      ({ kind, settlement, currency }) =>
        (filter.kind === undefined || kind === filter.kind) &&
        (settlements === undefined || settlements.includes(settlement)) &&
        (filter.currency === undefined || currency === filter.currency),
    )
    .reduce((count, sum) => count + sum.count, 0);
}

function toCounted(sums: readonly CurrencySum[]): Counted {
  const totals = sums
    .map(({ currency, total, balance }) => ({ currency, total, balance }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1)) as Counted['totals'];
  return { count: sums.reduce((count, sum) => count + sum.count, 0), totals };
}
