import { and, count, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';

import type { Dashboard } from '../../../shared/contracts/app-api/reports';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { addDays, endOfMonth, startOfMonth } from '../../../shared/domain/calendar-date';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import { daySums, invoiceSums, orders } from '../../replica/schema';

type Figures = Dashboard['currencies'][number];

/** The sum of what fell due in a range of days, both ends included. */
function amountBetween(from: string, to: string) {
  const [first, last] = [sql.placeholder(from), sql.placeholder(to)];
  return sql<number>`coalesce(sum(${daySums.amount}) FILTER (WHERE ${daySums.day} BETWEEN ${first} AND ${last}), 0)`;
}

const openByAge = prepared((db) =>
  db
    .select({
      currency: daySums.currency,
      outstanding: sql<number>`sum(${daySums.amount})`,
      notDue: amountBetween('today', 'end'),
      days1To30: amountBetween('day30', 'day1'),
      days31To60: amountBetween('day60', 'day31'),
      days61To90: amountBetween('day90', 'day61'),
      over90: amountBetween('start', 'day91'),
      overdueCount: sql<number>`coalesce(sum(${daySums.count}) FILTER (WHERE ${daySums.day} < ${sql.placeholder('today')}), 0)`,
    })
    .from(daySums)
    .where(eq(daySums.figure, 'open'))
    .groupBy(daySums.currency)
    .prepare(),
);

const revenue = prepared((db) =>
  db
    .select({
      currency: daySums.currency,
      thisMonth: amountBetween('monthStart', 'monthEnd'),
      thisYear: sql<number>`sum(${daySums.amount})`,
    })
    .from(daySums)
    .where(
      and(
        eq(daySums.figure, 'net'),
        gte(daySums.day, sql.placeholder('yearStart')),
        lte(daySums.day, sql.placeholder('yearEnd')),
      ),
    )
    .groupBy(daySums.currency)
    .prepare(),
);

const paid = prepared((db) =>
  db
    .select({ currency: daySums.currency, amount: sql<number>`sum(${daySums.amount})` })
    .from(daySums)
    .where(
      and(
        eq(daySums.figure, 'paid'),
        gte(daySums.day, sql.placeholder('monthStart')),
        lte(daySums.day, sql.placeholder('monthEnd')),
      ),
    )
    .groupBy(daySums.currency)
    .prepare(),
);

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
  const period = {
    monthStart: startOfMonth(today),
    monthEnd: endOfMonth(today),
    yearStart: `${today.slice(0, 4)}-01-01`,
    yearEnd: `${today.slice(0, 4)}-12-31`,
  };
  const ageing = openByAge(scope.db).all({ today, ...daysPast(today) });
  const earned = revenue(scope.db).all(period);
  const received = paid(scope.db).all(period);
  const currencies = new Set([...ageing, ...earned, ...received].map(({ currency }) => currency));
  return {
    currencies: [...currencies]
      .sort((a, b) => Number(b === home) - Number(a === home) || (a < b ? -1 : 1))
      .map((currency) =>
        toFigures(currency, {
          open: ageing.find((row) => row.currency === currency),
          earned: earned.find((row) => row.currency === currency),
          received: received.find((row) => row.currency === currency),
        }),
      ),
    draftCount: drafts(scope.db).get()?.count ?? 0,
    overdueCount: ageing.reduce((sum, { overdueCount }) => sum + overdueCount, 0),
    openOrderCount: openOrders(scope.db).get()?.count ?? 0,
  };
}

/** The due dates at which the buckets begin and end. */
function daysPast(today: CalendarDate): Record<string, string> {
  const days = [1, 30, 31, 60, 61, 90, 91].map((days) => [`day${days}`, addDays(today, -days)]);
  return { ...Object.fromEntries(days), start: '0000-01-01', end: '9999-12-31' } as Record<
    string,
    string
  >;
}

interface Sums {
  readonly open: ReturnType<ReturnType<typeof openByAge>['all']>[number] | undefined;
  readonly earned: ReturnType<ReturnType<typeof revenue>['all']>[number] | undefined;
  readonly received: ReturnType<ReturnType<typeof paid>['all']>[number] | undefined;
}

function toFigures(currency: string, { open, earned, received }: Sums): Figures {
  const ageing = {
    notDue: open?.notDue ?? 0,
    days1To30: open?.days1To30 ?? 0,
    days31To60: open?.days31To60 ?? 0,
    days61To90: open?.days61To90 ?? 0,
    over90: open?.over90 ?? 0,
  };
  const outstanding = open?.outstanding ?? 0;
  return {
    currency,
    outstanding,
    overdue: outstanding - ageing.notDue,
    ageing,
    revenueThisMonth: earned?.thisMonth ?? 0,
    revenueThisYear: earned?.thisYear ?? 0,
    paidThisMonth: received?.amount ?? 0,
  } as Figures;
}
