import { eq } from 'drizzle-orm';

import { newUid } from '../../shared/domain/ids';
import { DEFAULT_PATTERNS } from '../../shared/domain/number-pattern';
import type { NumberSeries } from '../../shared/domain/number-series';
import type { WriteScope } from '../replica/replica';
import { series } from '../replica/schema';
import { insertSeries, readAllSeries } from './series-repository';

/** The series that a device takes numbers from. */
export function currentSeriesOf(scope: WriteScope, deviceUid: string): readonly NumberSeries[] {
  const current = scope.db
    .select({ uid: series.uid })
    .from(series)
    .where(eq(series.isCurrent, true))
    .all();
  return readAllSeries(scope).filter(
    (one) => one.issuer === deviceUid && current.some(({ uid }) => uid === one.uid),
  );
}

/**
 * Closes the series that `from` took numbers from and opens new ones for `to` under another
 * letter, so that no number can be issued twice. Their patterns go on where they show the letter.
 */
export function replaceSeries(
  scope: WriteScope,
  { from, to, letter }: { readonly from: string; readonly to: string; readonly letter: string },
): void {
  for (const old of currentSeriesOf(scope, from)) {
    if (old.kind === 'imported') continue;
    scope.db.update(series).set({ isCurrent: false }).where(eq(series.uid, old.uid)).run();
    scope.record({
      collection: 'settings',
      uid: old.uid,
      action: 'edited',
      mutation: { kind: 'patch', fields: { isCurrent: { from: true, to: false } } },
    });
    insertSeries(scope, {
      ...old,
      uid: newUid(),
      issuer: to,
      letter,
      pattern: old.pattern.includes('{SERIES}') ? old.pattern : DEFAULT_PATTERNS[old.kind],
    });
  }
}
