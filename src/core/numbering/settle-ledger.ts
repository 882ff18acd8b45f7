import type { Replica } from '../replica/replica';
import type { NumberLedger, NumberPlace } from './ledger';

/**
 * Settles what a crash left between replica and ledger, before anything else is issued: an
 * intention whose document was committed is confirmed, any other is withdrawn (it was never
 * acknowledged, its number is free). Numbers that the replica knows are then known to both.
 */
export function settleLedger(replica: Replica, ledger: NumberLedger): void {
  const isIssued = replica.connection.prepare<[string, string], { found: number }>(
    'SELECT 1 AS found FROM invoices WHERE uid = ? AND number = ?',
  );
  for (const entry of ledger.unsettled()) {
    if (isIssued.get(entry.invoiceUid, entry.number)) ledger.confirm(entry);
    else ledger.withdraw(entry);
  }
  const periods = replica.connection
    .prepare<[], NumberPlace>(
      `SELECT series_uid AS seriesUid, period, last AS sequence FROM series_periods
       WHERE last >= start`,
    )
    .all();
  for (const place of periods) {
    if (ledger.highest(place.seriesUid, place.period) < place.sequence) ledger.raise(place);
  }
}
