import { and, eq, sql } from 'drizzle-orm';

import type { CalendarDate } from '../../shared/domain/calendar-date';
import { yearOf } from '../../shared/domain/calendar-date';
import { formatNumber } from '../../shared/domain/number-pattern';
import type { SeriesKind } from '../../shared/domain/number-series';
import type { Result } from '../../shared/domain/result';
import { ok, refused } from '../../shared/domain/result';
import type { BusinessContext } from '../context';
import { prepared } from '../replica/prepared';
import type { ReadScope, WriteScope } from '../replica/replica';
import { series, seriesPeriods } from '../replica/schema';
import type { NumberPlace } from './ledger';
import { isNumberUsed } from './series-repository';

/** A number with its place in its series. */
export interface TakenNumber extends NumberPlace {
  readonly number: string;
}

type Issuing = Pick<BusinessContext, 'deviceUid' | 'ledger'>;
type IssuedKind = Exclude<SeriesKind, 'imported'>;

const seriesOf = prepared((db) =>
  db
    .select()
    .from(series)
    .where(and(eq(series.kind, sql.placeholder('kind')), eq(series.isCurrent, true)))
    .prepare(),
);

const periodOf = prepared((db) =>
  db
    .select()
    .from(seriesPeriods)
    .where(
      and(
        eq(seriesPeriods.seriesUid, sql.placeholder('seriesUid')),
        eq(seriesPeriods.period, sql.placeholder('period')),
      ),
    )
    .prepare(),
);

/**
 * The number that the next document of this kind, dated `issueDate`, would get on this device.
 * The issue date decides the year (DOMAIN 12). Takes nothing.
 */
export function peekNumber(
  scope: ReadScope,
  issuing: Issuing,
  kind: IssuedKind,
  issueDate: CalendarDate,
): TakenNumber {
  const own = seriesOf(scope.db).get({ kind });
  if (!own) throw new Error(`this device has no ${kind} series`);
  const year = yearOf(issueDate);
  const period = own.resetsYearly ? year : 0;
  const state = periodOf(scope.db).get({ seriesUid: own.uid, period });
  // The ledger knows numbers that a restored backup has forgotten.
  const last = Math.max(state?.last ?? 0, issuing.ledger.highest(own.uid, period));
  const sequence = last + 1;
  return {
    seriesUid: own.uid,
    period,
    sequence,
    number: formatNumber(own, { year, sequence }),
  };
}

/**
 * Takes the next number, in the caller's transaction: a rollback gives it back, so none is skipped.
 * Refused with `number_used` when a document (of imported history) already carries it.
 */
export function takeNumber(
  scope: WriteScope,
  issuing: Issuing,
  kind: IssuedKind,
  issueDate: CalendarDate,
): Result<TakenNumber> {
  const taken = peekNumber(scope, issuing, kind, issueDate);
  if (isNumberUsed(scope, kind, taken.number)) {
    return refused('number', 'number_used', { number: taken.number });
  }
  const { seriesUid, period, sequence } = taken;
  scope.db
    .insert(seriesPeriods)
    .values({ seriesUid, period, start: sequence, last: sequence })
    .onConflictDoUpdate({
      target: [seriesPeriods.seriesUid, seriesPeriods.period],
      set: { last: sequence },
    })
    .run();
  return ok(taken);
}
