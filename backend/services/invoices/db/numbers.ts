import { and, eq, sql } from 'drizzle-orm';

import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import { yearOf } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid, SeriesUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { InvoiceKind } from '../../../../src/shared/domain/invoice';
import { DEFAULT_PATTERNS, formatNumber } from '../../../../src/shared/domain/number-pattern';
import { CLOUD_LETTER } from '../../../../src/shared/domain/number-series';
import type { Transaction } from '../../../kit/database/database';
import { numberPeriods, numberSeries } from './schema';

/** A number with its place in its series. */
export interface TakenNumber {
  readonly number: string;
  readonly seriesUid: SeriesUid;
  readonly period: number;
  readonly sequence: number;
}

/**
 * Takes the next number of the cloud's series (DOMAIN 12): `INV-2026-C0001`, `CN-2026-C0001`, by
 * the year of the issue date. The series' row is held until the transaction ends, so numbers are
 * taken one after the other; a rollback gives the number back, so none is skipped.
 */
export async function takeNumber(
  transaction: Transaction,
  tenant: BusinessUid,
  kind: InvoiceKind,
  issueDate: CalendarDate,
): Promise<TakenNumber> {
  const { uid, letter } = await lockSeries(transaction, tenant, kind);
  const period = yearOf(issueDate);
  const [{ insertId }] = await transaction
    .insert(numberPeriods)
    .values({ tenant, seriesUid: uid, period, last: 1 })
    .onDuplicateKeyUpdate({ set: { last: sql`last_insert_id(${numberPeriods.last} + 1)` } });
  // The first number of a year tells no id.
  const sequence = insertId === 0 ? 1 : insertId;
  const number = formatNumber(
    { pattern: DEFAULT_PATTERNS[kind], letter },
    { year: period, sequence },
  );
  return { number, seriesUid: uid, period, sequence };
}

async function lockSeries(
  transaction: Transaction,
  tenant: BusinessUid,
  kind: InvoiceKind,
): Promise<{ readonly uid: SeriesUid; readonly letter: string }> {
  const find = () =>
    transaction
      .select({ uid: numberSeries.uid, letter: numberSeries.letter })
      .from(numberSeries)
      .where(and(eq(numberSeries.tenant, tenant), eq(numberSeries.kind, kind)))
      .for('update');
  const [known] = await find();
  if (known !== undefined) return known;
  // The first number of a business; another call may be at it as well.
  await transaction
    .insert(numberSeries)
    .values({ tenant, kind, uid: newUid<SeriesUid>(), letter: CLOUD_LETTER })
    .onDuplicateKeyUpdate({ set: { tenant } });
  const [made] = await find();
  if (made === undefined) throw new Error(`the ${kind} series of ${tenant} cannot be made`);
  return made;
}
