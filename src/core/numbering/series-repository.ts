import { and, asc, between, eq, isNotNull } from 'drizzle-orm';

import { z } from 'zod';

import { calendarDate, type CalendarDate } from '../../shared/domain/calendar-date';
import { invoiceUid, type SeriesUid } from '../../shared/domain/ids';
import { numberSeries, type NumberSeries } from '../../shared/domain/number-series';
import { seriesRecordOf } from '../../shared/sync/wire-records';
import type { ReadScope, WriteScope } from '../replica/replica';
import { invoices, orders, series, seriesPeriods } from '../replica/schema';

export interface SeriesPeriod {
  readonly period: number;
  readonly start: number;
  /** `start - 1` while none is taken. */
  readonly last: number;
}

/** A document that carries a number of a series. */
const numberedRecord = z.object({
  uid: invoiceUid,
  number: z.string(),
  sequence: z.int(),
  period: z.int(),
  issueDate: calendarDate,
});
export type NumberedRecord = z.infer<typeof numberedRecord>;

type SeriesRow = typeof series.$inferSelect;

function toSeries(row: SeriesRow): NumberSeries {
  return numberSeries.parse(row);
}

/** All series, closed ones included: their numbers may not be printed again. */
export function readAllSeries(scope: ReadScope): readonly NumberSeries[] {
  return scope.db.select().from(series).orderBy(asc(series.id)).all().map(toSeries);
}

export function readSeries(scope: ReadScope, uid: SeriesUid): NumberSeries | null {
  const row = scope.db.select().from(series).where(eq(series.uid, uid)).get();
  return row ? toSeries(row) : null;
}

export function readPeriods(scope: ReadScope, uid: SeriesUid): readonly SeriesPeriod[] {
  return scope.db
    .select({
      period: seriesPeriods.period,
      start: seriesPeriods.start,
      last: seriesPeriods.last,
    })
    .from(seriesPeriods)
    .where(eq(seriesPeriods.seriesUid, uid))
    .orderBy(asc(seriesPeriods.period))
    .all();
}

/** Documents of a series in the order of their numbers, by issue date when a range is given. */
export function readNumbered(
  scope: ReadScope,
  uid: SeriesUid,
  range: { readonly from: CalendarDate; readonly to: CalendarDate } | null,
): readonly NumberedRecord[] {
  return scope.db
    .select({
      uid: invoices.uid,
      number: invoices.number,
      sequence: invoices.sequence,
      period: invoices.period,
      issueDate: invoices.issueDate,
    })
    .from(invoices)
    .where(
      and(
        eq(invoices.seriesUid, uid),
        isNotNull(invoices.sequence),
        range ? between(invoices.issueDate, range.from, range.to) : undefined,
      ),
    )
    .orderBy(asc(invoices.period), asc(invoices.sequence))
    .all()
    .map((row) => numberedRecord.parse(row));
}

/** Whether any document or order prints this number, whatever its series. */
export function isNumberUsed(
  scope: ReadScope,
  kind: NumberSeries['kind'],
  number: string,
): boolean {
  const found =
    kind === 'order'
      ? scope.db.select({ id: orders.id }).from(orders).where(eq(orders.number, number)).get()
      : scope.db
          .select({ id: invoices.id })
          .from(invoices)
          .where(eq(invoices.number, number))
          .get();
  return found !== undefined;
}

/** Adds a series that this device takes numbers from, and tells sync and the activity list. */
export function openSeries(scope: WriteScope, record: NumberSeries): void {
  insertSeries(scope, record);
  scope.db.update(series).set({ isCurrent: true }).where(eq(series.uid, record.uid)).run();
}

/** Adds a series that this device takes no number from, and tells sync and the activity list. */
export function insertSeries(scope: WriteScope, record: NumberSeries): void {
  scope.db
    .insert(series)
    .values({ ...record, isCurrent: false })
    .run();
  scope.record({
    collection: 'settings',
    uid: record.uid,
    action: 'created',
    mutation: { kind: 'create', record: seriesRecordOf(record) },
  });
}
