import type { SQL } from 'drizzle-orm';
import { and, count, desc, eq, lt, ne, sql } from 'drizzle-orm';

import type { MethodOutput, ParsedInput } from '../../../shared/contracts/app-api';
import type { ClientRow } from '../../../shared/contracts/app-api/clients';
import type { DomainError, Result } from '../../../shared/domain/result';
import { isOnShelf, shelfValue } from '../../listing/on-shelf';
import type { Direction, Page, ReadLimit } from '../../listing/pages';
import { isAfter, isBeyond, limitTo, orderBy, preparedByShape } from '../../listing/pages';
import { isMatchBeyond, readSearchedPage, searchOf } from '../../listing/searched-list';
import { clientsSearch } from '../../listing/search-index';
import type { ReadScope } from '../../replica/replica';
import { clients, clientSums } from '../../replica/schema';

type ListInput = ParsedInput<'clients.list'>;
type SortColumn = ListInput['sort']['by'];

/** Each has an index with the shelf before and the `id` after it (see the migration). */
const SORT_COLUMNS = { name: clients.sortName, createdAt: clients.createdAt } as const satisfies {
  readonly [By in SortColumn]: unknown;
};

const columns = {
  id: clients.id,
  uid: clients.uid,
  name: clients.name,
  email: clients.email,
  address: clients.address,
  archivedAt: clients.archivedAt,
  // Spelt out: drizzle leaves the tables of columns away, and both tables have a currency.
  balances: sql<string>`(
    SELECT json_group_array(json_object('currency', s.currency, 'amount', s.balance))
    FROM client_sums s WHERE s.client_uid = clients.uid AND s.balance <> 0
  )`,
};

const isListed: SQL | undefined = isOnShelf(clients);

const matches: SQL = sql`${clientsSearch.words} MATCH ${sql.placeholder('query')}`;

interface SortedShape {
  readonly by: SortColumn;
  readonly direction: Direction;
  readonly isContinued: boolean;
  readonly limit: ReadLimit;
}

const sorted = preparedByShape((db, { by, direction, isContinued, limit }: SortedShape) => {
  const order = { column: SORT_COLUMNS[by], id: clients.id, direction };
  return db
    .select({
      ...columns,
      sortKey: sql<string | number>`${order.column}`,
      isBeyond: isBeyond(order),
    })
    .from(clients)
    .where(and(isListed, isContinued ? isAfter(order) : undefined))
    .orderBy(...orderBy(order))
    .limit(limitTo(limit))
    .prepare();
});

const found = preparedByShape((db, { isContinued, limit }: Omit<SortedShape, 'by' | 'direction'>) =>
  db
    .select({
      ...columns,
      sortKey: sql<string | number>`${clients.id}`,
      isBeyond: isMatchBeyond(clients.id),
    })
    .from(clientsSearch)
    .crossJoin(clients)
    .where(
      and(
        matches,
        isContinued ? lt(clientsSearch.rowid, sql.placeholder('id')) : undefined,
        eq(clients.id, clientsSearch.rowid),
        isListed,
      ),
    )
    .orderBy(desc(clientsSearch.rowid))
    .limit(limitTo(limit))
    .prepare(),
);

/** One page of clients, sorted or searched, deleted ones left out. */
export function listClients(
  scope: ReadScope,
  input: ListInput,
): Result<Page<ClientRow>, DomainError> {
  const { by, direction } = input.sort;
  const shelf = shelfValue(input.shelf);
  return readSearchedPage(searchOf(scope, 'clients_search', input.search), input, {
    order: `${by} ${direction}`,
    sorted: ({ isContinued, values }, limit) =>
      sorted(scope.db, { by, direction, isContinued, limit }).all({ ...values, ...shelf }),
    matches: (query, { isContinued, values }, limit) =>
      found(scope.db, { isContinued, limit }).all({ ...values, ...shelf, query }),
    toRow,
  });
}

type Found = ReturnType<ReturnType<typeof sorted>['all']>[number];

function toRow(row: Found): ClientRow {
  // Stored values were parsed when they were written; parsing a page again would double its time.
  return {
    uid: row.uid as ClientRow['uid'],
    name: row.name,
    email: row.email,
    city: row.address.city,
    country: row.address.country,
    isArchived: row.archivedAt !== null,
    balances: JSON.parse(row.balances) as ClientRow['balances'],
  };
}

const counted = preparedByShape((db, isSearch: boolean) => {
  const all = db.select({ count: count() }).from(clients);
  const rows = isSearch ? all.innerJoin(clientsSearch, isFound) : all;
  return rows.where(and(isListed, isSearch ? matches : undefined)).prepare();
});

const isFound: SQL = eq(clientsSearch.rowid, clients.id);

const owed = preparedByShape((db, isSearch: boolean) => {
  const all = db
    .select({
      currency: clientSums.currency,
      amount: sql<number>`sum(${clientSums.balance})`,
    })
    .from(clientSums)
    .innerJoin(clients, eq(clients.uid, clientSums.clientUid));
  const rows = isSearch ? all.innerJoin(clientsSearch, isFound) : all;
  return rows
    .where(and(ne(clientSums.balance, 0), isListed, isSearch ? matches : undefined))
    .groupBy(clientSums.currency)
    .having(({ amount }) => ne(amount, 0))
    .orderBy(clientSums.currency)
    .prepare();
});

/** How many clients a list has in all, and what they owe by currency. */
export function countClients(
  scope: ReadScope,
  input: ParsedInput<'clients.count'>,
): MethodOutput<'clients.count'> {
  const search = searchOf(scope, 'clients_search', input.search);
  if (search.kind === 'none') return { count: 0, balances: [] };
  const isSearch = search.kind === 'matches';
  const values = {
    ...shelfValue(input.shelf),
    query: isSearch ? search.query : null,
  };
  return {
    count: counted(scope.db, isSearch).get(values)?.count ?? 0,
    balances: owed(scope.db, isSearch).all(values) as ClientRow['balances'],
  };
}
