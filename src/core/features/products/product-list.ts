import type { SQL } from 'drizzle-orm';
import { and, count, desc, eq, lt, sql } from 'drizzle-orm';

import type { MethodOutput, ParsedInput } from '../../../shared/contracts/app-api';
import type { ProductRow } from '../../../shared/contracts/app-api/products';
import type { DomainError, Result } from '../../../shared/domain/result';
import { isOnShelf, shelfValue } from '../../listing/on-shelf';
import type { Direction, Page, ReadLimit } from '../../listing/pages';
import { isAfter, isBeyond, limitTo, orderBy, preparedByShape } from '../../listing/pages';
import { isMatchBeyond, readSearchedPage, searchOf } from '../../listing/searched-list';
import { productsSearch } from '../../listing/search-index';
import type { ReadScope } from '../../replica/replica';
import { products, taxCodes } from '../../replica/schema';

type ListInput = ParsedInput<'products.list'>;
type SortColumn = ListInput['sort']['by'];

/** Each has an index with the shelf before and the `id` after it (see the migration). */
const SORT_COLUMNS = {
  name: products.sortName,
  code: sql`${products.code} COLLATE NOCASE`,
  unitPrice: products.unitPrice,
  createdAt: products.createdAt,
} as const satisfies { readonly [By in SortColumn]: unknown };

const columns = {
  id: products.id,
  uid: products.uid,
  code: products.code,
  name: products.name,
  unit: products.unit,
  unitPrice: products.unitPrice,
  currency: products.currency,
  archivedAt: products.archivedAt,
  taxName: taxCodes.name,
};

const isListed: SQL | undefined = isOnShelf(products);

const hasTaxCode: SQL = eq(taxCodes.uid, products.taxCodeUid);
const matches: SQL = sql`${productsSearch.words} MATCH ${sql.placeholder('query')}`;

interface SortedShape {
  readonly by: SortColumn;
  readonly direction: Direction;
  readonly isContinued: boolean;
  readonly limit: ReadLimit;
}

const sorted = preparedByShape((db, { by, direction, isContinued, limit }: SortedShape) => {
  const order = { column: SORT_COLUMNS[by], id: products.id, direction };
  return db
    .select({
      ...columns,
      sortKey: sql<string | number>`${order.column}`,
      isBeyond: isBeyond(order),
    })
    .from(products)
    .leftJoin(taxCodes, hasTaxCode)
    .where(and(isListed, isContinued ? isAfter(order) : undefined))
    .orderBy(...orderBy(order))
    .limit(limitTo(limit))
    .prepare();
});

const found = preparedByShape((db, { isContinued, limit }: Omit<SortedShape, 'by' | 'direction'>) =>
  db
    .select({
      ...columns,
      sortKey: sql<string | number>`${products.id}`,
      isBeyond: isMatchBeyond(products.id),
    })
    .from(productsSearch)
    .crossJoin(products)
    .leftJoin(taxCodes, hasTaxCode)
    .where(
      and(
        matches,
        isContinued ? lt(productsSearch.rowid, sql.placeholder('id')) : undefined,
        eq(products.id, productsSearch.rowid),
        isListed,
      ),
    )
    .orderBy(desc(productsSearch.rowid))
    .limit(limitTo(limit))
    .prepare(),
);

/** One page of products, sorted or searched, deleted ones left out. */
export function listProducts(
  scope: ReadScope,
  input: ListInput,
): Result<Page<ProductRow>, DomainError> {
  const { by, direction } = input.sort;
  const shelf = shelfValue(input.shelf);
  return readSearchedPage(searchOf(scope, 'products_search', input.search), input, {
    order: `${by} ${direction}`,
    sorted: ({ isContinued, values }, limit) =>
      sorted(scope.db, { by, direction, isContinued, limit }).all({ ...values, ...shelf }),
    matches: (query, { isContinued, values }, limit) =>
      found(scope.db, { isContinued, limit }).all({ ...values, ...shelf, query }),
    toRow,
  });
}

type Found = ReturnType<ReturnType<typeof sorted>['all']>[number];

function toRow(row: Found): ProductRow {
  // Stored values were parsed when they were written; parsing a page again would double its time.
  const { uid, code, name, unit, unitPrice, currency, taxName, archivedAt } = row;
  return {
    uid: uid as ProductRow['uid'],
    code,
    name,
    unit,
    unitPrice,
    currency: currency as ProductRow['currency'],
    taxName,
    isArchived: archivedAt !== null,
  };
}

const counted = preparedByShape((db, isSearch: boolean) => {
  const all = db.select({ count: count() }).from(products);
  const rows = isSearch
    ? all.innerJoin(productsSearch, eq(productsSearch.rowid, products.id))
    : all;
  return rows.where(and(isListed, isSearch ? matches : undefined)).prepare();
});

/** How many products a list has in all. */
export function countProducts(
  scope: ReadScope,
  input: ParsedInput<'products.count'>,
): MethodOutput<'products.count'> {
  const search = searchOf(scope, 'products_search', input.search);
  if (search.kind === 'none') return { count: 0 };
  const isSearch = search.kind === 'matches';
  const row = counted(scope.db, isSearch).get({
    ...shelfValue(input.shelf),
    query: isSearch ? search.query : null,
  });
  return { count: row?.count ?? 0 };
}
