import { eq } from 'drizzle-orm';

import type { DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { DEFAULT_PATTERNS } from '../../shared/domain/number-pattern';
import { numberSeries, type NumberSeries } from '../../shared/domain/number-series';
import type { ReadScope, WriteScope } from '../replica/replica';
import { series } from '../replica/schema';
import { openSeries, readAllSeries } from './series-repository';

const KINDS = ['invoice', 'credit_note', 'order'] as const;

/**
 * The series that this device takes numbers from: those it opened itself and has not closed. Other
 * devices neither know nor decide it, nor does a copy of this one that goes on under another name.
 */
export function currentSeries(scope: ReadScope): readonly NumberSeries[] {
  return scope.db
    .select()
    .from(series)
    .where(eq(series.isCurrent, true))
    .all()
    .map((row) => numberSeries.parse(row));
}

/**
 * Whether this device can number by this letter: its series have it already, or no series of this
 * replica ever had it. Anything else could print numbers a second time that are out already.
 */
export function canNumberBy(scope: ReadScope, letter: string): boolean {
  const own = currentSeries(scope);
  if (own.length > 0 && own.every((one) => one.letter === letter)) return true;
  return readAllSeries(scope).every((one) => one.kind === 'imported' || one.letter !== letter);
}

/**
 * From now on this device, whose uid is `device`, takes its numbers from series with this letter:
 * those it has when they have it, otherwise new ones that print alike, and it closes the old. What
 * was issued keeps its number (DOMAIN 13).
 */
export function numberBy(scope: WriteScope, device: DeviceUid, letter: string): void {
  const own = currentSeries(scope);
  for (const kind of KINDS) {
    const old = own.find((one) => one.kind === kind);
    if (old?.letter === letter) continue;
    if (old !== undefined) closeSeries(scope, old.uid);
    const pattern = old?.pattern.includes('{SERIES}') ? old.pattern : DEFAULT_PATTERNS[kind];
    const resetsYearly = old?.resetsYearly ?? true;
    openSeries(scope, { uid: newUid(), kind, issuer: device, letter, pattern, resetsYearly });
  }
}

function closeSeries(scope: WriteScope, uid: NumberSeries['uid']): void {
  scope.db.update(series).set({ isCurrent: false }).where(eq(series.uid, uid)).run();
}
