import { and, count, eq, isNull, sql } from 'drizzle-orm';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import { clientSums, invoices, orders } from '../../replica/schema';

type Summary = MethodOutput<'clients.summary'>;

const sumsOf = prepared((db) =>
  db
    .select({
      currency: clientSums.currency,
      invoiced: clientSums.invoiced,
      balance: clientSums.balance,
    })
    .from(clientSums)
    .where(eq(clientSums.clientUid, sql.placeholder('uid')))
    .orderBy(clientSums.currency)
    .prepare(),
);

const overdueOf = prepared((db) =>
  db
    .select({ currency: invoices.currency, overdue: sql<number>`sum(${invoices.balance})` })
    .from(invoices)
    .where(
      and(
        eq(invoices.clientUid, sql.placeholder('uid')),
        isNull(invoices.deletedAt),
        sql`${invoices.balance} > 0`,
        sql`${invoices.dueDate} < ${sql.placeholder('today')}`,
      ),
    )
    .groupBy(invoices.currency)
    .prepare(),
);

const invoiceCountOf = prepared((db) =>
  db
    .select({ count: count() })
    .from(invoices)
    .where(and(eq(invoices.clientUid, sql.placeholder('uid')), isNull(invoices.deletedAt)))
    .prepare(),
);

const orderCountOf = prepared((db) =>
  db
    .select({ count: count() })
    .from(orders)
    .where(and(eq(orders.clientUid, sql.placeholder('uid')), isNull(orders.deletedAt)))
    .prepare(),
);

/** What a client was invoiced, owes and owes too long, by currency; and how many documents. */
export function summariseClient(scope: ReadScope, uid: string, today: CalendarDate): Summary {
  const overdue = new Map(
    overdueOf(scope.db)
      .all({ uid, today })
      .map((row) => [row.currency, row.overdue]),
  );
  const currencies = sumsOf(scope.db)
    .all({ uid })
    .map((row) => ({ ...row, overdue: overdue.get(row.currency) ?? 0 }));
  return {
    currencies: currencies as Summary['currencies'],
    invoiceCount: invoiceCountOf(scope.db).get({ uid })?.count ?? 0,
    orderCount: orderCountOf(scope.db).get({ uid })?.count ?? 0,
  };
}

/** Whether any invoice, draft or order names the client; deleted ones do not count. */
export function hasDocuments(scope: ReadScope, uid: string): boolean {
  return (
    (invoiceCountOf(scope.db).get({ uid })?.count ?? 0) > 0 ||
    (orderCountOf(scope.db).get({ uid })?.count ?? 0) > 0
  );
}
