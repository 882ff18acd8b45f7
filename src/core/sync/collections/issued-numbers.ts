import { eq, sql } from 'drizzle-orm';

import { prepared } from '../../replica/prepared';
import type { WriteScope } from '../../replica/replica';
import { invoices, series, seriesPeriods } from '../../replica/schema';
import { addNotice } from '../attention';
import type { SyncedRecord } from '../collection-adapter';

interface Range {
  readonly seriesUid: string;
  readonly period: number;
  start: number;
  last: number;
}

const raisePeriod = prepared((db) =>
  db
    .insert(seriesPeriods)
    .values({
      seriesUid: sql.placeholder('seriesUid'),
      period: sql.placeholder('period'),
      start: sql.placeholder('start'),
      last: sql.placeholder('last'),
    })
    .onConflictDoUpdate({
      target: [seriesPeriods.seriesUid, seriesPeriods.period],
      set: { start: sql`min(start, excluded.start)`, last: sql`max(last, excluded.last)` },
    })
    .prepare(),
);

const knownSeries = prepared((db) =>
  db
    .select({ uid: series.uid })
    .from(series)
    .where(eq(series.uid, sql.placeholder('uid')))
    .prepare(),
);

/**
 * Where the series of other devices stand, by the documents that came. A series that is not here
 * yet gets its periods when it comes (`keepPeriodsOf`).
 */
export function keepPeriods(scope: WriteScope, records: readonly SyncedRecord<'invoices'>[]): void {
  const ranges = new Map<string, Range>();
  for (const { record } of records) {
    const { seriesUid, period, sequence } = record;
    if (seriesUid === null || period === null || sequence === null) continue;
    const key = `${seriesUid} ${period}`;
    const known = ranges.get(key);
    if (known === undefined) {
      ranges.set(key, { seriesUid, period, start: sequence, last: sequence });
    } else {
      known.start = Math.min(known.start, sequence);
      known.last = Math.max(known.last, sequence);
    }
  }
  for (const range of ranges.values()) {
    if (knownSeries(scope.db).get({ uid: range.seriesUid }) === undefined) continue;
    raisePeriod(scope.db).run({ ...range });
  }
}

const rangesOf = prepared((db) =>
  db
    .select({
      period: sql<number>`${invoices.period}`,
      start: sql<number>`min(${invoices.sequence})`,
      last: sql<number>`max(${invoices.sequence})`,
    })
    .from(invoices)
    .where(sql`${invoices.seriesUid} = ${sql.placeholder('uid')} AND sequence IS NOT NULL`)
    .groupBy(invoices.period)
    .prepare(),
);

/** The periods of a series that came after documents with its numbers. */
export function keepPeriodsOf(scope: WriteScope, seriesUid: string): void {
  for (const range of rangesOf(scope.db).all({ uid: seriesUid })) {
    raisePeriod(scope.db).run({ ...range, seriesUid });
  }
}

const usedTwice = prepared((db) =>
  db
    .select({ uid: invoices.uid, number: invoices.number })
    .from(invoices)
    .where(
      sql`${invoices.uid} IN (SELECT value FROM json_each(${sql.placeholder('uids')}))
        AND (EXISTS (SELECT 1 FROM invoices AS other WHERE other.sequence IS NOT NULL
            AND other.series_uid = ${invoices.seriesUid} AND other.period = ${invoices.period}
            AND other.sequence = ${invoices.sequence} AND other.uid <> ${invoices.uid})
          OR EXISTS (SELECT 1 FROM invoices AS other
            WHERE other.number = ${invoices.number} AND other.uid <> ${invoices.uid}))`,
    )
    .prepare(),
);

/**
 * Two documents of a copied device may carry one number, and so may those of two machines that
 * printed by the same pattern before they joined one business: all stay, a person hears of it (R44).
 */
export function flagNumbersUsedTwice(
  scope: WriteScope,
  records: readonly SyncedRecord<'invoices'>[],
): void {
  const uids = records.flatMap(({ record }) => (record.sequence === null ? [] : [record.uid]));
  if (uids.length === 0) return;
  for (const { uid, number } of usedTwice(scope.db).all({ uids: JSON.stringify(uids) })) {
    addNotice(scope, 'invoices', uid, 'number_used_twice', { number: number ?? '' });
  }
}
