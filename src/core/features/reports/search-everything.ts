import { and, desc, eq, isNull, sql } from 'drizzle-orm';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import {
  clientsSearch,
  invoicesSearch,
  matchQuery,
  ordersSearch,
  productsSearch,
  type SearchTable,
} from '../../listing/search-index';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import { clients, invoices, orders, products } from '../../replica/schema';

type Everything = MethodOutput<'search.everything'>;

/** Enough to recognise what was meant; the lists show all. */
const LIMIT = 6;

const clientsFound = prepared((db) =>
  db
    .select({ uid: clients.uid, title: clients.name, detail: clients.email })
    .from(clientsSearch)
    .crossJoin(clients)
    .where(
      and(
        sql`${clientsSearch.words} MATCH ${sql.placeholder('query')}`,
        eq(clients.id, clientsSearch.rowid),
        isNull(clients.deletedAt),
      ),
    )
    .orderBy(desc(clientsSearch.rowid))
    .limit(LIMIT)
    .prepare(),
);

const productsFound = prepared((db) =>
  db
    .select({ uid: products.uid, title: products.name, detail: products.code })
    .from(productsSearch)
    .crossJoin(products)
    .where(
      and(
        sql`${productsSearch.words} MATCH ${sql.placeholder('query')}`,
        eq(products.id, productsSearch.rowid),
        isNull(products.deletedAt),
      ),
    )
    .orderBy(desc(productsSearch.rowid))
    .limit(LIMIT)
    .prepare(),
);

const ordersFound = prepared((db) =>
  db
    .select({ uid: orders.uid, title: orders.number, detail: orders.clientName })
    .from(ordersSearch)
    .crossJoin(orders)
    .where(
      and(
        sql`${ordersSearch.words} MATCH ${sql.placeholder('query')}`,
        eq(orders.id, ordersSearch.rowid),
        isNull(orders.deletedAt),
      ),
    )
    .orderBy(desc(ordersSearch.rowid))
    .limit(LIMIT)
    .prepare(),
);

const invoicesFound = prepared((db) =>
  db
    .select({
      uid: invoices.uid,
      title: sql<string>`coalesce(${invoices.number}, '')`,
      detail: invoices.clientName,
    })
    .from(invoicesSearch)
    .crossJoin(invoices)
    .where(
      and(
        sql`${invoicesSearch.words} MATCH ${sql.placeholder('query')}`,
        eq(invoices.id, invoicesSearch.rowid),
        isNull(invoices.deletedAt),
      ),
    )
    .orderBy(desc(invoicesSearch.rowid))
    .limit(LIMIT)
    .prepare(),
);

/**
 * The newest matches of each kind. `title` is the name or the number (empty on a draft), `detail`
 * tells two of the same title apart.
 */
export function searchEverything(scope: ReadScope, text: string): Everything {
  const found = <Row>(
    table: SearchTable,
    statement: { all(values: { readonly query: string }): Row[] },
  ): Row[] => {
    const query = matchQuery(scope, table, text);
    return query === null ? [] : statement.all({ query });
  };
  // The uids were parsed when they were stored.
  return {
    clients: found('clients_search', clientsFound(scope.db)) as Everything['clients'],
    products: found('products_search', productsFound(scope.db)) as Everything['products'],
    orders: found('orders_search', ordersFound(scope.db)) as Everything['orders'],
    invoices: found('invoices_search', invoicesFound(scope.db)) as Everything['invoices'],
  };
}
