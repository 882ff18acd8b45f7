import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { SyncCollection } from '../../../shared/contracts/sync/collections';
import { COLLECTION_ORDER } from '../../../shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../../shared/contracts/sync/collections';
import { ok } from '../../../shared/domain/result';
import type { BusinessContext } from '../../context';
import { expectConsistent, step, Story } from '../../features/documents/testing/story';
import { openTestBusiness } from '../../testing/open-test-business';
import { adapterOf } from '../adapters';
import type { SyncedRecord } from '../collection-adapter';

const TABLES: Readonly<Record<SyncCollection, string>> = {
  settings: `SELECT uid FROM tax_codes UNION ALL SELECT uid FROM series`,
  clients: `SELECT uid FROM clients`,
  products: `SELECT uid FROM products`,
  orders: `SELECT uid FROM orders`,
  assets: `SELECT sha256 AS uid FROM assets`,
  invoices: `SELECT uid FROM invoices`,
  payments: `SELECT uid FROM payments`,
  sends: `SELECT uid FROM sends`,
  documents: `SELECT i.uid FROM documents JOIN invoices i ON i.id = invoice_id`,
};

/** Everything that a replica holds, deleted records included, as it travels. */
function recordsOf({ replica }: BusinessContext): Map<SyncCollection, SyncedRecord[]> {
  const all = new Map<SyncCollection, SyncedRecord[]>();
  for (const collection of COLLECTION_ORDER) {
    const uids = replica.connection.prepare<[], string>(TABLES[collection]).pluck().all();
    const records = uids.map((uid) =>
      replica.read((scope) => adapterOf(collection).read(scope, uid)),
    );
    all.set(
      collection,
      records.flatMap((record) => (record === null ? [] : [onWire(collection, record)])),
    );
  }
  return all;
}

function onWire(collection: SyncCollection, { record, deleted }: SyncedRecord): SyncedRecord {
  const text: unknown = JSON.parse(JSON.stringify(record));
  return { record: SYNC_COLLECTIONS[collection].record.parse(text), deleted };
}

/** Stores pages in the order given; what waits for its base is tried again after each. */
function storeAll(
  { replica }: BusinessContext,
  pages: readonly (readonly [SyncCollection, readonly SyncedRecord[]])[],
): void {
  let waiting: (readonly [SyncCollection, SyncedRecord])[] = [];
  for (const [collection, page] of pages) {
    replica.write((scope) => {
      const left = adapterOf(collection).store(scope, page);
      waiting.push(...left.map((record) => [collection, record] as const));
      waiting = waiting.filter(
        ([name, record]) => adapterOf(name).store(scope, [record]).length > 0,
      );
      return ok(undefined);
    });
  }
  expect(waiting).toEqual([]);
}

/** What follows from the records, without what each file counts for itself. */
function derivedOf({ replica }: BusinessContext): unknown {
  const all = (query: string): unknown[] => replica.connection.prepare(query).all();
  return {
    days: all(`SELECT * FROM day_sums ORDER BY figure, currency, day`),
    clients: all(
      `SELECT * FROM client_sums WHERE invoiced <> 0 OR balance <> 0 ORDER BY client_uid, currency`,
    ),
    invoiceSums: all(
      `SELECT * FROM invoice_sums WHERE count <> 0 ORDER BY kind, settlement, currency`,
    ),
    invoices: all(
      `SELECT uid, client_name, client_sort, number_sort, subtotal, discount_amount, net, tax, total,
         signed_total, paid, credited, balance, settlement, deleted_at IS NULL AS stands
       FROM invoices ORDER BY uid`,
    ),
    orders: all(
      `SELECT uid, status, client_name, client_sort, number_sort, net, tax, total,
         deleted_at IS NULL AS stands FROM orders ORDER BY uid`,
    ),
    // Orders are numbered by each device alone: their records do not say in which series.
    periods: all(
      `SELECT series_uid, period, last FROM series_periods
       WHERE last > 0 AND series_uid NOT IN (SELECT uid FROM series WHERE kind = 'order')
       ORDER BY series_uid, period`,
    ),
    invoiceWords: all(
      `SELECT term, count(*) AS n FROM invoices_search_terms GROUP BY term ORDER BY term`,
    ),
    orderWords: all(
      `SELECT term, count(*) AS n FROM orders_search_terms GROUP BY term ORDER BY term`,
    ),
    clientWords: all(
      `SELECT term, count(*) AS n FROM clients_search_terms GROUP BY term ORDER BY term`,
    ),
  };
}

const story = fc.array(step, { minLength: 25, maxLength: 35, size: 'max' });

describe('records of another device', () => {
  it('R57 are stored with all that follows from them, whatever comes first', async () => {
    await fc.assert(
      fc.asyncProperty(
        story,
        story,
        fc.integer({ min: 1, max: 9 }),
        fc.shuffledSubarray([...COLLECTION_ORDER], { minLength: COLLECTION_ORDER.length }),
        async (first, second, pageSize, order) => {
          const [from, to] = [openTestBusiness(), openTestBusiness()];
          try {
            const told = new Story(from);
            for (const each of first) await told.tell(each);
            const early = recordsOf(from.context);
            for (const each of second) await told.tell(each);
            const late = recordsOf(from.context);
            storeAll(to.context, pagesOf(early, COLLECTION_ORDER, pageSize));
            expectConsistent(to.context);
            storeAll(to.context, pagesOf(late, order, pageSize + 3));
            expectSame(to.context, late);
            expect(derivedOf(to.context)).toEqual(derivedOf(from.context));
            expectConsistent(to.context);
            const outbox = to.context.replica.connection.prepare('SELECT count(*) FROM outbox');
            const settings = outbox.pluck().get();
            storeAll(to.context, pagesOf(late, order, 200));
            expect(derivedOf(to.context)).toEqual(derivedOf(from.context));
            expect(outbox.pluck().get()).toBe(settings);
          } finally {
            from.close();
            to.close();
          }
        },
      ),
      { numRuns: 8 },
    );
  }, 240_000);
});

function pagesOf(
  records: ReadonlyMap<SyncCollection, readonly SyncedRecord[]>,
  order: readonly SyncCollection[],
  size: number,
): (readonly [SyncCollection, readonly SyncedRecord[]])[] {
  return order.flatMap((collection) => {
    const all = records.get(collection) ?? [];
    const pages: (readonly [SyncCollection, readonly SyncedRecord[]])[] = [];
    for (let index = 0; index < all.length; index += size) {
      pages.push([collection, all.slice(index, index + size)]);
    }
    return pages;
  });
}

function expectSame(
  { replica }: BusinessContext,
  records: ReadonlyMap<SyncCollection, readonly SyncedRecord[]>,
): void {
  for (const [collection, all] of records) {
    const stored = all.map(({ record }) =>
      replica.read((scope) => adapterOf(collection).read(scope, record.uid)),
    );
    expect(stored).toEqual(all);
  }
}
