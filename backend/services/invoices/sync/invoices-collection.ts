import { and, eq, inArray, or } from 'drizzle-orm';

import type { SentMutation } from '../../../../src/shared/contracts/sync/protocol';
import type { InvoiceRecord } from '../../../../src/shared/contracts/sync/records';
import { invoiceRecord } from '../../../../src/shared/contracts/sync/records';
import type { BusinessUid, InvoiceUid, SeriesUid } from '../../../../src/shared/domain/ids';
import { invoiceUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { concernedUids } from '../../../kit/sync/concerned-records';
import type { SyncedCollection } from '../../../kit/sync/synced-collection';
import { lockInvoicesByUid } from '../db/bulk';
import { invoices, numberSeries } from '../db/schema';
import { applyInvoices } from './apply-invoices';
import type { PreparedInvoices } from './changed-documents';
import type { TakenPlaces } from './invoice-rules';
import { decideInvoice, placeKey } from './invoice-rules';
import { dayOf } from './today';

/** Invoices and credit notes of devices. */
export function createInvoicesCollection(
  clock: () => Date,
): SyncedCollection<'invoices', PreparedInvoices> {
  return {
    name: 'invoices',
    async prepare(transaction, tenant, mutations) {
      const records = recordsOf(mutations);
      const uids = [
        ...mutations.flatMap(concernedUids),
        ...records.flatMap(({ correctsUid }) => correctsUid ?? []),
      ];
      const now = clock();
      const today = await dayOf(transaction, tenant, now);
      const rows = await lockInvoicesByUid(transaction, tenant, invoiceUids(uids));
      return { now, today, rows, places: await placesOf(transaction, tenant, records) };
    },
    decide: (attempt, { places }) => decideInvoice(attempt, places),
    apply: applyInvoices,
  };
}

/** Whole records that a batch brings, as far as they are records at all. */
function recordsOf(mutations: readonly SentMutation[]): readonly InvoiceRecord[] {
  return mutations.flatMap(({ body }) => {
    if (body.kind !== 'finalise' && body.kind !== 'create') return [];
    const parsed = numbered.safeParse(body.record);
    return parsed.success ? [parsed.data as InvoiceRecord] : [];
  });
}

const numbered = invoiceRecord.pick({
  uid: true,
  correctsUid: true,
  seriesUid: true,
  period: true,
  sequence: true,
});

function invoiceUids(uids: readonly string[]): readonly InvoiceUid[] {
  return uids.flatMap((uid) => {
    const parsed = invoiceUid.safeParse(uid);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Which documents have the places that a batch wants. */
async function placesOf(
  transaction: Transaction,
  tenant: BusinessUid,
  records: readonly InvoiceRecord[],
): Promise<TakenPlaces> {
  const numberedRecords = records.filter((record) => placeKey(record) !== null);
  if (numberedRecords.length === 0) return { owners: new Map(), ownSeries: new Set() };
  const groups = Map.groupBy(
    numberedRecords,
    ({ seriesUid, period }) => `${seriesUid ?? ''} ${period ?? ''}`,
  );
  const wanted = [...groups.values()].map((group) => {
    const [first] = group;
    return and(
      eq(invoices.seriesUid, first?.seriesUid as SeriesUid),
      eq(invoices.period, first?.period ?? 0),
      inArray(
        invoices.sequence,
        group.map(({ sequence }) => sequence ?? 0),
      ),
    );
  });
  const { uid, seriesUid, period, sequence } = invoices;
  const taken = await transaction
    .select({ uid, seriesUid, period, sequence })
    .from(invoices)
    .where(and(eq(invoices.tenant, tenant), eq(invoices.numberClash, ''), or(...wanted)));
  const own = await transaction
    .select({ uid: numberSeries.uid })
    .from(numberSeries)
    .where(eq(numberSeries.tenant, tenant));
  return {
    owners: new Map(taken.map((row) => [placeKey(row) ?? '', row.uid])),
    ownSeries: new Set(own.map((row) => row.uid)),
  };
}
