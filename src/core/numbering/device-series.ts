import { and, eq } from 'drizzle-orm';

import type { DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { DEFAULT_PATTERNS } from '../../shared/domain/number-pattern';
import type { NumberSeries } from '../../shared/domain/number-series';
import type { ReadScope, WriteScope } from '../replica/replica';
import { series } from '../replica/schema';
import { insertSeries, readAllSeries } from './series-repository';

const KINDS = ['invoice', 'credit_note', 'order'] as const;

/** The series that a device takes numbers from. */
export function currentSeriesOf(scope: ReadScope, device: DeviceUid): readonly NumberSeries[] {
  const current = new Set(
    scope.db
      .select({ uid: series.uid })
      .from(series)
      .where(and(eq(series.issuer, device), eq(series.isCurrent, true)))
      .all()
      .map(({ uid }) => uid),
  );
  return readAllSeries(scope).filter(({ uid }) => current.has(uid));
}

/**
 * Whether a device can number by this letter: its series have it already, or no series of this
 * replica ever had it. Anything else could print numbers a second time that are out already.
 */
export function canNumberBy(scope: ReadScope, device: DeviceUid, letter: string): boolean {
  const own = currentSeriesOf(scope, device);
  if (own.length > 0 && own.every((one) => one.letter === letter)) return true;
  return readAllSeries(scope).every((one) => one.kind === 'imported' || one.letter !== letter);
}

/**
 * From now on the device takes its numbers from series with this letter: those it has when they
 * have it, otherwise new ones, and the old are closed. What was issued keeps its number (DOMAIN 13).
 */
export function numberBy(scope: WriteScope, device: DeviceUid, letter: string): void {
  const own = currentSeriesOf(scope, device);
  for (const kind of KINDS) {
    const old = own.find((one) => one.kind === kind);
    if (old?.letter === letter) continue;
    if (old !== undefined) closeSeries(scope, old);
    const pattern = old?.pattern.includes('{SERIES}') ? old.pattern : DEFAULT_PATTERNS[kind];
    insertSeries(scope, {
      uid: newUid(),
      kind,
      issuer: device,
      letter,
      pattern,
      resetsYearly: old?.resetsYearly ?? true,
    });
  }
}

/** The series of a device go on under its new uid. */
export function passSeriesOn(scope: WriteScope, from: DeviceUid, to: DeviceUid): void {
  for (const one of currentSeriesOf(scope, from)) {
    scope.db.update(series).set({ issuer: to }).where(eq(series.uid, one.uid)).run();
    scope.record({
      collection: 'settings',
      uid: one.uid,
      action: 'edited',
      mutation: { kind: 'patch', fields: { issuer: { from, to } } },
    });
  }
}

function closeSeries(scope: WriteScope, one: NumberSeries): void {
  scope.db.update(series).set({ isCurrent: false }).where(eq(series.uid, one.uid)).run();
  scope.record({
    collection: 'settings',
    uid: one.uid,
    action: 'edited',
    mutation: { kind: 'patch', fields: { isCurrent: { from: true, to: false } } },
  });
}
