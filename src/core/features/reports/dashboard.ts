import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm';

import type { Dashboard } from '../../../shared/contracts/app-api/reports';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { addDays, endOfMonth, startOfMonth } from '../../../shared/domain/calendar-date';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import { invoiceSums, orders } from '../../replica/schema';

type Figures = Dashboard['currencies'][number];

/** A sum over a range of days, both ends included: read from the primary key alone. */
function sumOf(column: 'amount' | 'count', figure: string, from: string, to: string) {
  return sql<number>`(
    SELECT coalesce(sum(${sql.raw(column)}), 0) FROM day_sums
    WHERE figure = ${sql.raw(`'${figure}'`)} AND currency = currencies.currency
      AND day BETWEEN ${sql.placeholder(from)} AND ${sql.placeholder(to)}
  )`;
}

const figures = prepared((db) => {
  const currencies = db
    .selectDistinct({ currency: invoiceSums.currency })
    .from(invoiceSums)
    .as('currencies');
  return db
    .select({
      currency: currencies.currency,
      notDue: sumOf('amount', 'open', 'today', 'end'),
      days1To30: sumOf('amount', 'open', 'day30', 'day1'),
      days31To60: sumOf('amount', 'open', 'day60', 'day31'),
      days61To90: sumOf('amount', 'open', 'day90', 'day61'),
      over90: sumOf('amount', 'open', 'start', 'day91'),
      overdueCount: sumOf('count', 'open', 'start', 'day1'),
      revenueThisMonth: sumOf('amount', 'net', 'monthStart', 'monthEnd'),
      revenueThisYear: sumOf('amount', 'net', 'yearStart', 'yearEnd'),
      paidThisMonth: sumOf('amount', 'paid', 'monthStart', 'monthEnd'),
    })
    .from(currencies)
    .prepare();
});

const drafts = prepared((db) =>
  db
    .select({ count: sql<number>`coalesce(sum(${invoiceSums.count}), 0)` })
    .from(invoiceSums)
    .where(eq(invoiceSums.settlement, 'draft'))
    .prepare(),
);

const openOrders = prepared((db) =>
  db
    .select({ count: count() })
    .from(orders)
    .where(and(inArray(orders.status, ['pending', 'processing']), isNull(orders.deletedAt)))
    .prepare(),
);

/**
 * What the business earns and is owed, by currency; `home` comes first. Reads the sums by day
 * alone, never the documents. Ageing counts days past due; months and years are the calendar's.
 */
export function readDashboard(scope: ReadScope, today: CalendarDate, home: string): Dashboard {
  const rows = figures(scope.db).all(boundsOf(today));
  return {
    currencies: rows
      .map(toFigures)
      .filter(isUsed)
      .sort(
        (a, b) =>
          Number(b.currency === home) - Number(a.currency === home) ||
          (a.currency < b.currency ? -1 : 1),
      ),
    draftCount: drafts(scope.db).get()?.count ?? 0,
    overdueCount: rows.reduce((sum, { overdueCount }) => sum + overdueCount, 0),
    openOrderCount: openOrders(scope.db).get()?.count ?? 0,
  };
}

/** The days at which the ranges begin and end. */
function boundsOf(today: CalendarDate): Readonly<Record<string, string>> {
  const year = today.slice(0, 4);
  return {
    start: '0000-01-01',
    day91: addDays(today, -91),
    day90: addDays(today, -90),
    day61: addDays(today, -61),
    day60: addDays(today, -60),
    day31: addDays(today, -31),
    day30: addDays(today, -30),
    day1: addDays(today, -1),
    today,
    end: '9999-12-31',
    monthStart: startOfMonth(today),
    monthEnd: endOfMonth(today),
    yearStart: `${year}-01-01`,
    yearEnd: `${year}-12-31`,
  };
}

type Row = ReturnType<ReturnType<typeof figures>['all']>[number];

function toFigures(row: Row): Figures {
  const { notDue, days1To30, days31To60, days61To90, over90 } = row;
  const overdue = days1To30 + days31To60 + days61To90 + over90;
  // Sums of stored amounts are amounts.
  return {
    currency: row.currency,
    outstanding: notDue + overdue,
    overdue,
    ageing: { notDue, days1To30, days31To60, days61To90, over90 },
    revenueThisMonth: row.revenueThisMonth,
    revenueThisYear: row.revenueThisYear,
    paidThisMonth: row.paidThisMonth,
  } as Figures;
}

/** A currency of nothing but drafts or of long ago has nothing to tell. */
function isUsed({ currency: _currency, ageing, ...amounts }: Figures): boolean {
  return [...Object.values(ageing), ...Object.values(amounts)].some((amount) => amount !== 0);
}
