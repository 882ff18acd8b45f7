import type { SQL } from 'drizzle-orm';
import { and, desc, eq, lt, sql } from 'drizzle-orm';

import type { ParsedInput } from '../../../shared/contracts/app-api';
import type { InvoiceRow } from '../../../shared/contracts/app-api/invoices';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { statusOf } from '../../../shared/domain/invoice-status';
import type { DomainError, Result } from '../../../shared/domain/result';
import { ok } from '../../../shared/domain/result';
import type { Direction, Page, ReadLimit } from '../../listing/pages';
import { isAfter, isBeyond, limitTo, orderBy, preparedByShape } from '../../listing/pages';
import { isMatchBeyond, readSearchedPage, searchOf } from '../../listing/searched-list';
import { invoicesSearch } from '../../listing/search-index';
import type { ReadScope } from '../../replica/replica';
import type { ReplicaDb } from '../../replica/replica-db';
import { invoices } from '../../replica/schema';
import type { FilterShape, Strategy } from './invoice-filter';
import { deliveriesOf } from '../sends/send-repository';
import { countAtMost } from './invoice-count';
import { conditionsOf, shapeOf, valuesOf } from './invoice-filter';

type ListInput = ParsedInput<'invoices.list'>;
type SortColumn = ListInput['sort']['by'];

/** Each has an index with `id` (see the migration). */
const SORT_COLUMNS = {
  issueDate: invoices.issueDate,
  dueDate: invoices.dueDate,
  number: invoices.numberSort,
  clientName: invoices.clientSort,
  total: invoices.signedTotal,
  balance: invoices.balance,
} as const satisfies Record<SortColumn, unknown>;

const columns = {
  id: invoices.id,
  uid: invoices.uid,
  kind: invoices.kind,
  number: invoices.number,
  clientUid: invoices.clientUid,
  clientName: invoices.clientName,
  issueDate: invoices.issueDate,
  dueDate: invoices.dueDate,
  currency: invoices.currency,
  total: invoices.total,
  signedTotal: invoices.signedTotal,
  paid: invoices.paid,
  credited: invoices.credited,
  balance: invoices.balance,
  finalisedAt: invoices.finalisedAt,
};

interface ListShape extends FilterShape {
  readonly by: SortColumn;
  readonly direction: Direction;
  readonly hasPlace: boolean;
  readonly limit: ReadLimit;
  readonly strategy: Strategy;
}

/** Up to so many rows are sorted in no time; of more, a page is soon found in the sort order. */
const RARE = 2_000;

/** See `Strategy`. The index on issue dates knows everything that is filtered by. */
function strategyOf(scope: ReadScope, input: ListInput): Strategy {
  if (input.mailNeedsAttention) return 'rare';
  if (input.clientUid !== undefined) return 'walk';
  const { kind, currency, statuses } = input;
  const isFiltered = kind !== undefined || currency !== undefined || statuses !== undefined;
  if (input.sort.by === 'issueDate' || !isFiltered) return 'index';
  return countAtMost(scope, input) <= RARE ? 'rare' : 'walk';
}

const sorted = preparedByShape((db: ReplicaDb, shape: ListShape) => {
  const column = SORT_COLUMNS[shape.by];
  const order = { column, id: invoices.id, direction: shape.direction };
  return db
    .select({
      ...columns,
      sortKey: sql<string | number>`${column}`,
      isBeyond: isBeyond(order),
    })
    .from(invoices)
    .where(and(conditionsOf(shape, shape.strategy), shape.hasPlace ? isAfter(order) : undefined))
    .orderBy(...orderBy(order))
    .limit(limitTo(shape.limit))
    .prepare();
});

/** Matches come newest first: the index holds them in that order, so a page reads no more. */
const found = preparedByShape(
  (db: ReplicaDb, shape: FilterShape & { hasPlace: boolean; limit: ReadLimit }) => {
    const place: SQL | undefined = shape.hasPlace
      ? lt(invoicesSearch.rowid, sql.placeholder('id'))
      : undefined;
    return db
      .select({
        ...columns,
        sortKey: sql<string | number>`${invoices.id}`,
        isBeyond: isMatchBeyond(invoices.id),
      })
      .from(invoicesSearch)
      .crossJoin(invoices)
      .where(
        and(
          sql`${invoicesSearch.words} MATCH ${sql.placeholder('match')}`,
          place,
          eq(invoices.id, invoicesSearch.rowid),
          conditionsOf(shape),
        ),
      )
      .orderBy(desc(invoicesSearch.rowid))
      .limit(limitTo(shape.limit))
      .prepare();
  },
);

/** One page of invoices and credit notes, filtered, and sorted or searched. */
export function listInvoices(
  scope: ReadScope,
  input: ListInput,
  today: CalendarDate,
): Result<Page<InvoiceRow>, DomainError> {
  const { by, direction } = input.sort;
  const values = valuesOf(input, today);
  const shape = shapeOf(input);
  const page = readSearchedPage(searchOf(scope, 'invoices_search', input.search), input, {
    order: `${by} ${direction}`,
    sorted: (span, limit) => {
      const strategy = strategyOf(scope, input);
      const hasPlace = span.isContinued;
      return sorted(scope.db, { ...shape, by, direction, strategy, hasPlace, limit }).all({
        ...values,
        ...span.values,
      });
    },
    matches: (match, span, limit) =>
      found(scope.db, { ...shape, hasPlace: span.isContinued, limit }).all({
        ...values,
        ...span.values,
        match,
      }),
    toRow: (row) => toInvoiceRow(row, today),
  });
  return withDeliveries(scope, page);
}

/** Asked for the rows of the page alone: a join would be made for every row that is passed over. */
function withDeliveries(
  scope: ReadScope,
  page: Result<Page<InvoiceRow>, DomainError>,
): Result<Page<InvoiceRow>, DomainError> {
  if (!page.ok) return page;
  const { rows, nextCursor } = page.value;
  const deliveries = deliveriesOf(
    scope,
    rows.map(({ uid }) => uid),
  );
  if (deliveries.size === 0) return page;
  return ok({
    rows: rows.map((row) => ({ ...row, delivery: deliveries.get(row.uid) ?? null })),
    nextCursor,
  });
}

type Found = ReturnType<ReturnType<typeof sorted>['all']>[number];

function toInvoiceRow(row: Found, today: CalendarDate): InvoiceRow {
  // Stored values were parsed when they were written; parsing a page again would double its time.
  const typed = row as unknown as Omit<InvoiceRow, 'status'> &
    Pick<Found, 'finalisedAt'> &
    PaidFacts;
  return {
    uid: typed.uid,
    kind: typed.kind,
    number: typed.number,
    clientUid: typed.clientUid,
    clientName: typed.clientName,
    issueDate: typed.issueDate,
    dueDate: typed.dueDate,
    status: statusOf({ ...typed, today }),
    currency: typed.currency,
    total: row.signedTotal as InvoiceRow['total'],
    balance: typed.balance,
    delivery: null,
  };
}

interface PaidFacts {
  readonly paid: InvoiceRow['balance'];
  readonly credited: InvoiceRow['balance'];
}
