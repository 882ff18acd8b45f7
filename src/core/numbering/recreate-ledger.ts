import { existsSync } from 'node:fs';
import { eq } from 'drizzle-orm';

import type { BusinessUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { DEFAULT_PATTERNS, nextLetter, parseNumber } from '../../shared/domain/number-pattern';
import type { NumberSeries } from '../../shared/domain/number-series';
import type { Result } from '../../shared/domain/result';
import { ok, refused } from '../../shared/domain/result';
import type { BusinessPaths } from '../businesses/registry';
import { setAside } from '../businesses/set-aside';
import { openReplica, type WriteScope } from '../replica/replica';
import { series } from '../replica/schema';
import { openLedger } from './ledger';
import { insertSeries, readAllSeries, readPeriods } from './series-repository';
import { settleLedger } from './settle-ledger';

/**
 * Makes a new ledger for a replica whose ledger is gone or damaged; a damaged file is set aside.
 * `lastNumber` is the last invoice number that was used, as the user knows it. When the replica
 * knows it as its last one too, nothing was lost and the series goes on; otherwise numbers may have been issued that nobody here remembers,
 * so the old series are closed and new ones with a letter begin.
 */
export function recreateLedger(
  paths: Pick<BusinessPaths, 'replica' | 'ledger' | 'setAside'>,
  uid: BusinessUid,
  lastNumber: string,
  now: () => Date,
): Result<void> {
  const replica = openReplica(paths.replica, { now, onChange: () => {} });
  try {
    const result = replica.write((scope) => {
      const own = ownSeries(scope).find(({ kind }) => kind === 'invoice');
      if (!own) throw new Error('this device has no invoice series');
      const parsed = parseNumber(own, lastNumber.trim());
      // A number of a closed series: an earlier try was cut off after the new series began.
      if (parsed === null && isOfAnySeries(scope, lastNumber)) return ok(undefined);
      if (parsed === null) return refused('lastNumber', 'number_not_of_series');
      const period = own.resetsYearly ? (parsed.year ?? 0) : 0;
      const known = readPeriods(scope, own.uid);
      const isLatest = known.every((one) => one.period <= period);
      const last = known.find((one) => one.period === period)?.last;
      if (!isLatest || last !== parsed.sequence) startNewSeries(scope);
      return ok(undefined);
    });
    if (!result.ok) return result;
    if (existsSync(paths.ledger)) setAside(paths.ledger, paths.setAside, now());
    const ledger = openLedger(paths.ledger, uid);
    settleLedger(replica, ledger);
    ledger.close();
    return result;
  } finally {
    replica.close();
  }
}

function isOfAnySeries(scope: WriteScope, number: string): boolean {
  return readAllSeries(scope).some(
    (one) => one.kind === 'invoice' && parseNumber(one, number.trim()) !== null,
  );
}

function ownSeries(scope: WriteScope): readonly NumberSeries[] {
  const device = scope.db.get<{ value: string }>(`SELECT value FROM meta WHERE key = 'device_uid'`);
  const current = scope.db
    .select({ uid: series.uid })
    .from(series)
    .where(eq(series.isCurrent, true))
    .all();
  return readAllSeries(scope).filter(
    (one) => one.issuer === device.value && current.some(({ uid }) => uid === one.uid),
  );
}

function startNewSeries(scope: WriteScope): void {
  const letter = nextLetter(readAllSeries(scope).map((one) => one.letter));
  for (const old of ownSeries(scope)) {
    if (old.kind === 'imported') continue;
    scope.db.update(series).set({ isCurrent: false }).where(eq(series.uid, old.uid)).run();
    insertSeries(scope, {
      ...old,
      uid: newUid(),
      letter,
      pattern: old.pattern.includes('{SERIES}') ? old.pattern : DEFAULT_PATTERNS[old.kind],
    });
  }
}
