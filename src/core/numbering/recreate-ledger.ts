import { existsSync } from 'node:fs';
import { eq } from 'drizzle-orm';

import { deviceUid, newUid, type BusinessUid, type DeviceUid } from '../../shared/domain/ids';
import { nextLetter, parseNumber, provisionalLetter } from '../../shared/domain/number-pattern';
import type { Result } from '../../shared/domain/result';
import { ok, refused } from '../../shared/domain/result';
import type { BusinessPaths } from '../businesses/registry';
import { setAside } from '../businesses/set-aside';
import { openReplica, type WriteScope } from '../replica/replica';
import { meta } from '../replica/schema';
import { readFact } from '../sync/sync-state';
import { currentSeries, numberBy } from './device-series';
import { openLedger } from './ledger';
import { readAllSeries, readPeriods } from './series-repository';
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
      const device = deviceOf(scope);
      const own = currentSeries(scope).find(({ kind }) => kind === 'invoice');
      if (!own) throw new Error('this device has no invoice series');
      const parsed = parseNumber(own, lastNumber.trim());
      // A number of a closed series: an earlier try was cut off after the new series began.
      if (parsed === null && isOfAnySeries(scope, lastNumber)) return ok(undefined);
      if (parsed === null) return refused('lastNumber', 'number_not_of_series');
      const period = own.resetsYearly ? (parsed.year ?? 0) : 0;
      const known = readPeriods(scope, own.uid);
      const isLatest = known.every((one) => one.period <= period);
      const last = known.find((one) => one.period === period)?.last;
      if (!isLatest || last !== parsed.sequence) startNewSeries(scope, device);
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

/**
 * A business with other devices gets its letters from the cloud: this one registers as a new device
 * with the next connection (R3). Until then it numbers by a letter that no other device ever gets.
 */
function startNewSeries(scope: WriteScope, device: DeviceUid): void {
  const used = readAllSeries(scope).map((one) => one.letter);
  if (readFact(scope, 'account') === null) {
    numberBy(scope, device, nextLetter(used));
    return;
  }
  const next = newUid<DeviceUid>();
  scope.db.update(meta).set({ value: next }).where(eq(meta.key, 'device_uid')).run();
  numberBy(scope, next, provisionalLetter(used));
}

function deviceOf(scope: WriteScope): DeviceUid {
  const row = scope.db.select().from(meta).where(eq(meta.key, 'device_uid')).get();
  return deviceUid.parse(row?.value);
}
